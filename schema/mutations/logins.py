"""Whom a login stands for: by invitation."""

from dataclasses import dataclass

from graph.errors import InvalidRequest
from graph.logins import accept, claim
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.plan.ask import Ask

_LOGIN = "login:"


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """That the login is bound."""

    accepted: bool


@dataclass(frozen=True, slots=True)
class LoginClaimed:
    """That the claim was taken."""

    claimed: bool


async def accept_invitation(ask: Ask) -> InvitationAccepted:
    """Answer `acceptInvitation`; raises InvalidRequest."""
    await accept(ask.database, _login(ask), ask.given["code"], ask.now)
    return InvitationAccepted(accepted=True)


async def claim_login(ask: Ask) -> LoginClaimed:
    """Answer `claimLogin`; raises InvalidRequest."""
    words = ask.given.get("words") or ""
    await claim(ask.database, _login(ask), ask.given["worker_key"], words, ask.now)
    return LoginClaimed(claimed=True)


def _login(ask: Ask) -> str:
    if not ask.viewer.name.startswith(_LOGIN):
        raise InvalidRequest("FORBIDDEN", "sign in with a token of the issuer first")
    return ask.viewer.name.removeprefix(_LOGIN)


_ACCEPTED = made(
    "InvitationAccepted",
    "That a login stands for a person or organisation from now on.",
    field("accepted", bool, "True."),
)

_CLAIMED = made(
    "LoginClaimed",
    "That an officer will be shown the claim, if there is such a worker.",
    field("claimed", bool, "True, whether there is such a worker or not."),
)

MUTATIONS = (
    asked(
        "claimLogin",
        _CLAIMED,
        "Say that the login that asks is a worker's; an officer of her union decides "
        "(`approveLoginClaim`). A later claim replaces an earlier.",
        claim_login,
        argument("worker_key", str, "Key of the worker's record.", required=True),
        argument("words", str, "How the officer may know you."),
    ),
    asked(
        "acceptInvitation",
        _ACCEPTED,
        "Bind the login that asks to whom an invitation is for; it counts from the next request.",
        accept_invitation,
        argument("code", str, "The code of the invitation.", required=True),
    ),
)
