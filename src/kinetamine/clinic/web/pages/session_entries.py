"""What the session's page sends: entries, corrections, answers to alarms, and that somebody leaves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import JSONResponse, Response

from kinetamine.clinic.access import Action
from kinetamine.clinic.care import discharge, rems, session
from kinetamine.clinic.care.session import NotTakenError
from kinetamine.clinic.care.sitting import Sitting, keep_up
from kinetamine.clinic.records import Session, SessionEvent, Signature
from kinetamine.clinic.refusals import NotAllowedError, NotSignedInError
from kinetamine.clinic.session.wire import DISCHARGED, Told
from kinetamine.clinic.web import session_json
from kinetamine.clinic.web.json_bodies import posted_json
from kinetamine.clinic.web.pages.session import fresh, looked
from kinetamine.clinic.web.signing import signing
from kinetamine.clinic.web.visit import SignedIn, Visit
from kinetamine.errors import FieldError, InputError
from kinetamine.web import problems
from kinetamine.web.interface import refused

router = APIRouter()
Sent = Annotated[Mapping[str, Any], Depends(posted_json)]
_MOST = 500
_UNMET = "let leave with something unmet"


@router.post("/api/sessions/{session_id}/entries")
def enter(visit: SignedIn, session_id: str, sent: Sent) -> Response:
    """Take entries in: all of them, or none and which one is wrong at which field."""
    listed = sent.get("entries")
    if not isinstance(listed, list) or len(listed) > _MOST:
        raise FieldError("entries", type(listed).__name__, f"a list of at most {_MOST} entries")
    visit.records.get(Session, session_id)
    _require_own(visit, sent)
    sitting = visit.services.floor.sitting(session_id) or fresh(visit, session_id)
    try:
        rows = session.enter(visit.records, sitting, [_one(given) for given in listed])
    except NotTakenError as error:
        return refused(problems.problem_of(error) | {"at": error.field, "client_id": error.client_id})
    floor, now = visit.services.floor, visit.services.database.clock()
    floor.entered(session_id, rows)
    sitting = floor.sitting(session_id) or sitting.merged(rows)
    floor.changed(keep_up(visit.records, sitting, rows, now))
    rems.remind_after(visit.records, sitting, rows, visit.zone, now)
    return _shown(visit, session_id, stored=[one.client_id for one in rows])


@router.post("/api/sessions/{session_id}/discharge")
def let_leave(visit: SignedIn, session_id: str, sent: Sent) -> Response:
    """Somebody leaves; with something unmet, only by a physician, who gives a reason and proves who they are.

    Where they have left by themselves, the session is closed.
    """
    texts = {name: str(sent.get(name) or "") for name in ("client_id", "why", "password", "code")}
    client_id = session.named(texts["client_id"])
    sitting = fresh(visit, session_id)
    _require_own(visit, sent)
    signature = signing(visit)
    if discharge.discharged(sitting) is None:
        try:
            found = discharge.may_leave(sitting, signature, texts["why"])
            told = Told(happened=DISCHARGED, content={}, note=found.why)
            said = session.Sent(client_id=client_id, device_time=signature.at, told=told)
            session.require_storable(visit.records, session_id, said)
            if found.overridden and not discharge.has_left(sitting, signature.at):
                _sign(visit, sitting, texts["password"], texts["code"])
        except NotSignedInError:
            wrong = FieldError("password", "", "your password and a code that was not used yet")
            return refused(problems.problem_of(wrong) | {"at": "password"})
        except InputError as error:
            return refused(problems.problem_of(error) | {"at": getattr(error, "field", "")})
        rows = discharge.let_leave(visit.records, sitting, found, client_id)
        visit.services.floor.entered(session_id, rows)
    elif sitting.is_open:  # the server was stopped half-way
        discharge.close(visit.records, sitting, signature.at)
    sitting = fresh(visit, session_id)
    rems.remind(visit.records, sitting, visit.zone, signature.at)
    return _shown(visit, session_id, stored=[client_id])


def _require_own(visit: Visit, sent: Mapping[str, Any]) -> None:
    """Somebody else may have signed in by now, in another tab of the same browser."""
    if sent.get("by", visit.member.user_id) != visit.member.user_id:
        raise NotAllowedError(Action.ADD, SessionEvent.kind, "somebody else made it, and must sign in to send it")


def _sign(visit: Visit, sitting: Sitting, password: str, code: str) -> None:
    """Sign that they leave; a signature that was left over, where the server was stopped after it, holds."""
    proof = visit.services.accounts.prove(visit.member, password, code)
    signed = visit.records.find(
        Signature,
        signed_kind=Session.kind,
        signed_id=sitting.session.id,
        signed_version=sitting.session.version,
        meaning=_UNMET,
        made_by=visit.member.user_id,
        limit=1,
    )
    if not signed:
        visit.records.sign(sitting.session, _UNMET, proof)


def _one(given: object) -> session.Sent:
    """One entry; where it cannot even be read, its name is told where it has one."""
    if not isinstance(given, Mapping):
        raise FieldError("entries", type(given).__name__, "entries, each with its fields by name")
    try:
        return session.sent(given)
    except InputError as error:
        raise NotTakenError(str(given.get("client_id", "")), error) from error


def _shown(visit: Visit, session_id: str, **more: Any) -> JSONResponse:
    floor = visit.services.floor
    look = floor.look(session_id, visit.services.database.clock()) or looked(visit, session_id)
    found = {"picture": session_json.picture(look, floor)}
    return JSONResponse(found | more, headers={"Cache-Control": "no-store"})
