"""How much a partner may ask: a bucket of cost that refills, and operations at once."""

import asyncio
import logging
import time
from collections.abc import Mapping
from math import ceil
from types import TracebackType

from graph.database import Database
from graph.errors import GraphError, InvalidRequest
from graph.writes.budgets import Spent, settle
from schema.partner import Partner

log = logging.getLogger(__name__)

SETTLED_SECONDS = 1.0
REQUEST = 1


class OverBudget(InvalidRequest):
    """The partner may not spend so much, or not now; `seconds` until it may ask again."""

    def __init__(self, message: str, cost: Mapping[str, int], seconds: int | None = None) -> None:
        wait = "" if seconds is None else f"; ask again in {seconds} s"
        super().__init__(
            "COST_LIMIT_EXCEEDED" if seconds is None else "RATE_LIMITED", message + wait
        )
        self.extensions = {"cost": dict(cost)}
        self.seconds = seconds


class Bucket:
    """What one partner has left in this process."""

    def __init__(self, partner: Partner) -> None:
        self.partner = partner
        self.running = 0
        self.spent = 0.0
        self._level = float(partner.budget)
        self._at = time.monotonic()

    @property
    def level(self) -> float:
        """What is left now."""
        now = time.monotonic()
        filled = self._level + self.partner.restore * (now - self._at)
        self._level, self._at = min(filled, self.partner.budget), now
        return self._level

    def take(self, cost: float) -> None:
        """Charge so much; raises OverBudget."""
        partner, level = self.partner, self.level
        if cost > partner.budget:
            raise OverBudget(
                f"this may cost {cost:.0f}, more than the {partner.budget} that can be saved up; "
                "ask for smaller pages or less at once",
                self.told(requested=int(cost)),
            )
        if cost > level:
            raise OverBudget(
                f"this may cost {cost:.0f} and {max(level, 0):.0f} are left",
                self.told(requested=int(cost)),
                max(1, ceil((cost - level) / partner.restore)),
            )
        self.correct(cost)

    def correct(self, difference: float) -> None:
        """Charge what is known only afterwards; what is negative is given back."""
        self._level -= difference
        self.spent += difference

    def told(self, **more: int) -> dict[str, int]:
        """What a client hears of its costs."""
        left = max(0, int(self.level))
        return {**more, "available": left, "restoreRate": self.partner.restore}

    @property
    def headers(self) -> tuple[tuple[bytes, bytes], ...]:
        """`RateLimit` and `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers."""
        partner, left = self.partner, max(0, int(self.level))
        fills = ceil((partner.budget - left) / partner.restore)
        window = ceil(partner.budget / partner.restore)
        return (
            (b"ratelimit", b'"cost";r=%d;t=%d' % (left, fills)),
            (b"ratelimit-policy", b'"cost";q=%d;w=%d' % (partner.budget, window)),
        )

    def settled(self, level: float, spent: float) -> None:
        """Take over what all processes have left, less what was spent meanwhile."""
        self.spent -= spent
        self._level, self._at = level - self.spent, time.monotonic()


class Turn:
    """One operation of a partner while it runs; `requested` is what it was charged before."""

    def __init__(self, bucket: Bucket) -> None:
        self.bucket = bucket
        self.requested = REQUEST

    def __enter__(self) -> "Turn":
        bucket = self.bucket
        if bucket.running >= bucket.partner.running:
            text = f"{bucket.running} operations of this partner are running, which is its limit"
            raise OverBudget(text, bucket.told(), 1)
        bucket.take(REQUEST)
        bucket.running += 1
        return self

    def pay(self, cost: int) -> None:
        """Charge what the operation may cost at most."""
        self.bucket.take(cost)
        self.requested += cost

    def end(self, actual: int) -> None:
        """Charge what the operation did cost in place of what it was charged before."""
        self.bucket.correct(actual - self.requested)

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.bucket.running -= 1


class Budgets:
    """The buckets of all partners that ask this process."""

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def of(self, partner: Partner) -> Bucket:
        """The bucket of a partner, under its present limits."""
        bucket = self._buckets.get(partner.name)
        if bucket is None:
            bucket = self._buckets[partner.name] = Bucket(partner)
        bucket.partner = partner
        return bucket

    async def settle(self, database: Database) -> None:
        """Tell the graph what was spent, learn what is left."""
        buckets = [b for b in self._buckets.values() if b.spent]
        spent = {b.partner.name: b.spent for b in buckets}
        rows = [
            Spent(b.partner.name, b.partner.budget, b.partner.restore, b.spent) for b in buckets
        ]
        if rows:
            left = await settle(database, rows, time.time())
            for name, level in left.items():
                self._buckets[name].settled(level, spent[name])

    async def keep_settling(self, database: Database) -> None:
        """Settle once a second, for ever; without a database every process counts alone."""
        while True:
            await asyncio.sleep(SETTLED_SECONDS)
            try:
                await self.settle(database)
            except GraphError as error:
                log.warning("budgets are not settled: %s", type(error).__name__)
