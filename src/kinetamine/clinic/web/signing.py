"""What several pages ask: whose hand it is, password and code again; and how a second factor is shown."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from kinetamine.clinic.access import Proof, records_for
from kinetamine.clinic.care import ledger
from kinetamine.clinic.care.hand import hand
from kinetamine.clinic.care.ledger import Witness
from kinetamine.clinic.care.told import ToldError
from kinetamine.clinic.refusals import NotSignedInError
from kinetamine.clinic.signature import Signature
from kinetamine.clinic.web.forms import Form
from kinetamine.clinic.web.visit import Visit

SECRET = frozenset({"password", "password_again", "old_password", "code", "witness_password", "witness_code"})
"""Fields that are never sent back."""
WRONG = "is wrong, or the code was used already; each is taken once. After several wrong attempts, wait a while."


def signing(visit: Visit) -> Signature:
    """The hand of whoever is signed in, now."""
    return hand(visit.badge, visit.services.database.clock())


def again(form: Form) -> Form:
    """What was typed, to be shown again: all but passwords and codes."""
    return Form({name: list(form.all(name)) for name in form if name not in SECRET})


def proved(visit: Visit, form: Form) -> Proof:
    """That whoever is signed in is still there.

    Raises:
        ToldError: password or code is missing or wrong.
    """
    _require_typed(form, "password", "code")
    try:
        return visit.services.accounts.prove(visit.member, form.typed("password"), form.typed("code"))
    except NotSignedInError as error:
        raise ToldError("code", f"Your password or code {WRONG}") from error


def witnessed(visit: Visit, form: Form) -> Witness:
    """Who stands beside, and that it is them.

    Raises:
        ToldError: name, password or code is missing or wrong, it is the same person, or one who may not witness.
    """
    _require_typed(form, "witness_name", "witness_password", "witness_code")
    name = form.typed("witness_name")
    if name.casefold() == visit.member.name.casefold():
        raise ToldError("witness_name", "Another person must have seen it.")
    try:
        member, proof = visit.services.accounts.witness(
            visit.member, name, form.typed("witness_password"), form.typed("witness_code")
        )
    except NotSignedInError as error:
        raise ToldError("witness_code", f"The witness's name, password or code {WRONG}") from error
    ledger.may_witness(visit.records, member)
    return Witness(member=member, records=records_for(visit.services.database, member), proof=proof)


def secret_in(address: str) -> str:
    """The secret of a second factor's address, in fours, as one can read it out."""
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def _require_typed(form: Form, *names: str) -> None:
    for name in names:
        if not form.typed(name):
            raise ToldError(name, "This is needed to sign.")
