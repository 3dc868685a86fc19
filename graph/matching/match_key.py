"""The id of a match: what is needed to compute it again, in an opaque text."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date

from graph.errors import InvalidRequest


@dataclass(frozen=True, slots=True)
class MatchKey:
    """Which job, under which model and day, put whom before whom."""

    job: str
    version: str
    as_of: date
    asking: str
    shown: str

    @property
    def encoded(self) -> str:
        """The id as clients see it."""
        text = "\n".join((self.job, self.version, self.as_of.isoformat(), self.asking, self.shown))
        return urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decoded(cls, match_id: str) -> "MatchKey":
        """Read an id; raises InvalidRequest if it is none of ours."""
        try:
            padded = match_id + "=" * (-len(match_id) % 4)
            job, version, day, asking, shown = urlsafe_b64decode(padded).decode().split("\n")
            return cls(job, version, date.fromisoformat(day), asking, shown)
        except ValueError as error:
            raise InvalidRequest(
                "BAD_MATCH_ID", "this is not the id of a match", ("matchId",)
            ) from error
