"""Workers who sign in themselves: one claim is approved, one declined, one waits for an officer."""

from datetime import date

from loaders.sample.programme.script import Script


def logins(script: Script) -> None:
    """Claims of the last year."""
    for n, name in enumerate(("known", "stranger", "unseen")):
        script.claim(date(2019, 10, 8), f"apprentice{n}", name)
    city = script.city
    script.say(date(2019, 10, 9), "approveLoginClaim", city, login_claim_id="$known")
    script.say(date(2019, 10, 9), "declineLoginClaim", city, login_claim_id="$stranger")
