"""Whom a login stands for: by invitation."""

from dataclasses import dataclass

from graph.errors import InvalidRequest
from graph.logins import accept
from schema.asked import asked
from schema.derived.fields import argument, field, made
from schema.plan.ask import Ask

_LOGIN = "login:"


@dataclass(frozen=True, slots=True)
class InvitationAccepted:
    """That the login is bound."""

    accepted: bool


async def accept_invitation(ask: Ask) -> InvitationAccepted:
    """Answer `acceptInvitation`; raises InvalidRequest."""
    if not ask.viewer.name.startswith(_LOGIN):
        raise InvalidRequest("FORBIDDEN", "sign in with a token of the issuer first")
    login = ask.viewer.name.removeprefix(_LOGIN)
    await accept(ask.database, login, ask.given["code"], ask.now)
    return InvitationAccepted(accepted=True)


_ACCEPTED = made(
    "InvitationAccepted",
    "That a login stands for a person or organisation from now on.",
    field("accepted", bool, "True."),
)

MUTATIONS = (
    asked(
        "acceptInvitation",
        _ACCEPTED,
        "Bind the login that asks to whom an invitation is for; it counts from the next request.",
        accept_invitation,
        argument("code", str, "The code of the invitation.", required=True),
    ),
)
