"""What one person can do with the records of their clinic: the only door that there is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

from kinetamine.clinic.access import content, credentials, double_check, policy, trail
from kinetamine.clinic.access.act import Act, Due
from kinetamine.clinic.access.member import Member, Proof
from kinetamine.clinic.access.policy import AUDIT, CREDENTIAL, SIGHT, Action, Scope
from kinetamine.clinic.access.trail import ANY, Asked, Seen, Waiting
from kinetamine.clinic.access.whole import EXPORTED, Whole, whole
from kinetamine.clinic.audit import inspection
from kinetamine.clinic.audit.row import REFUSED, Entry
from kinetamine.clinic.audit.verify import Finding
from kinetamine.clinic.database import Database
from kinetamine.clinic.records import KINDS, AuditRow, Clinic, Order, Person, Record, Revision, Signature, Task, User
from kinetamine.clinic.refusals import ConflictError, NotAllowedError, Refusal
from kinetamine.errors import FieldError, UnknownNameError

R = TypeVar("R", bound=Record)
_MOST = 1000


def records_for(database: Database, member: Member) -> Records:
    """The records that this person may see; nobody has any without being somebody."""
    return Records(database, member)


class Records:
    """One person's view of one clinic. Each call is one transaction, and one row on the audit."""

    def __init__(self, database: Database, member: Member) -> None:
        """Made by ``records_for``."""
        self._database, self._member = database, member

    def get(self, kind: type[R], record_id: str) -> R:
        """One record.

        Raises:
            Refusal: not signed in, not allowed, or there is none; as for every call below.
        """
        with self._act(Action.READ, kind.kind, record_id) as act:
            found = act.find(kind, record_id)
            act.log(record_id)
            return found

    def find(self, kind: type[R], *, limit: int = 500, skip: int = 0, **equals: Any) -> list[R]:
        """Records whose fields equal what is given, in the order they were made."""
        _check_limit(limit)
        if skip < 0:
            raise FieldError("skip", skip, "0 or more")
        with self._act(Action.READ, kind.kind) as act:
            found = _matching(act, kind, equals, limit, skip)
            act.log(found=[one.id for one in found], asked=content.told(equals))
            return found

    def newest(self, kind: type[R], *, limit: int, **equals: Any) -> list[R]:
        """The same, the newest first."""
        _check_limit(limit)
        with self._act(Action.READ, kind.kind) as act:
            found = _matching(act, kind, equals, limit, 0, newest_first=True)
            act.log(found=[one.id for one in found], asked=content.told(equals))
            return found

    def require(self, action: Action, kind: type[Record]) -> None:
        """Refuse now what would be refused later, such as the blank form of something that nobody may send.

        Raises:
            Refusal: not signed in, or not allowed.
        """
        with self._refusing(action, kind.kind, ""), self._database.unlogged() as transaction:
            Act(transaction, self._member, action, kind.kind)

    def log(self, refusal: Refusal) -> None:
        """Write down what was refused before the records were asked."""
        if not refusal.is_logged:
            kind, record_id = getattr(refusal, "kind", ""), str(getattr(refusal, "record_id", ""))[:36]
            self._log_refused(refusal, getattr(refusal, "action", Action.READ), kind, record_id)

    def bar(self, action: Action, kind: type[Record], why: str) -> NoReturn:
        """Refuse what the role would be allowed, for another reason.

        Raises:
            NotAllowedError: always; it is on the audit.
        """
        with self._refusing(action, kind.kind, ""):
            raise NotAllowedError(action, kind.kind, why)

    def history(self, kind: type[Record], record_id: str) -> Sequence[Revision]:
        """Every earlier version of a record, the oldest first: who changed what, when and why."""
        with self._act(Action.READ, kind.kind, record_id) as act:
            act.find(kind, record_id)
            found = act.revisions(kind.kind, record_id)
            act.log(record_id, history=len(found))
            return found

    def add(self, record: R, due: Due | None = None) -> R:
        """Store a new record; see ``add_all``."""
        return self.add_all([record], due)[0]

    def add_all(self, records: Sequence[R], due: Due | None = None) -> list[R]:
        """Store new records of one kind, all or none, and with them the tasks that are due because of them.

        An entry that was sent before, by its ``client_id``, is given back as it was stored.

        Raises:
            ConflictError: another entry has that ``client_id``, or the name is taken.
        """
        if not records:
            return []
        kind = records[0].kind
        if any(one.kind != kind for one in records) or kind not in KINDS:
            raise FieldError("records", "several kinds", "records of one kind")
        barred = "sign the record instead" if kind == Signature.kind else ""
        with self._act(Action.ADD, kind, barred=barred) as act:
            for one in records:
                _check_new(one)
            stored = [_stored_or_put(act, one) for one in records]
            new = [one for one, again in stored if not again]
            ids, tasks = [one.id for one, _ in stored], act.follow(new, due)
            more = {"tasks": [one.id for one in tasks]} if tasks else {}
            act.log(ids[0] if len(ids) == 1 else "", [*new, *tasks], ids=ids, again=len(stored) - len(new), **more)
            return [one for one, _ in stored]

    def follow_up(self, kind: type[R], record_ids: Sequence[str], due: Due) -> list[Task]:
        """Open what is due because of records that are stored already; what was opened before stays as it is."""
        with self._act(Action.ADD, Task.kind) as act:
            tasks = act.follow([act.find(kind, one) for one in record_ids], due)
            act.log("", tasks, ids=[one.id for one in tasks])
            return tasks

    def correct(self, kind: type[R], record_id: str, why: str, due: Due | None = None, **values: Any) -> R:
        """Put another entry in the place of one that can only be appended; the original stays, and points nowhere.

        What is due because of the correction is stored with it.

        Raises:
            ConflictError: somebody corrected it already; correct that one.
        """
        content.check_names(kind, values)
        _check_why(why)
        barred = "" if "corrects_id" in content.columns(kind) else "it is changed, not corrected"
        with self._act(Action.ADD, kind.kind, record_id, barred=barred) as act:
            original = act.find(kind, record_id)
            if act.scope is Scope.OWN and original.made_by != act.user.id:
                raise NotAllowedError(Action.ADD, kind.kind, "you did not make it")
            copied = {name: getattr(original, name) for name in content.given(kind)}
            wanted = kind(**copied | values | {"corrects_id": record_id, "why": why})
            for already in _matching(act, kind, {"corrects_id": record_id}, 1, 0):
                if getattr(already, "client_id", None) != getattr(wanted, "client_id", ""):
                    said = f"{act.name(already.made_by)} corrected it: {already.id}"
                    raise ConflictError(kind.kind, record_id, [said])
            corrected, again = _stored_or_put(act, wanted)
            new = [] if again else [corrected]
            tasks = act.follow(new, due)
            more = {"tasks": [one.id for one in tasks]} if tasks else {}
            act.log(corrected.id, [*new, *tasks], corrects=record_id, fields=content.told(values), **more)
            return corrected

    def change(self, kind: type[R], record_id: str, version: int, why: str, **values: Any) -> R:
        """Write over some fields of a record that was seen in this version; what it was is kept.

        Raises:
            ConflictError: it is no longer that version; it says who changed what.
        """
        content.check_names(kind, values)
        _check_why(why)
        barred = "it stays as it is; add a correction" if kind.append_only else ""
        if kind is Clinic and "code" in values:
            barred = "its people sign in under its code"
        with self._act(Action.CHANGE, kind.kind, record_id, barred=barred) as act:
            record = act.find(kind, record_id)
            if record.version != version:
                raise act.conflict(record, version)
            _check_unique(act, kind, values, but=record_id)
            revision = act.change(record, values, why)
            if isinstance(record, User) and not record.active:  # let in again, they sign in again
                credentials.end(act.transaction, record.id)
            names = [] if revision is None else list(revision.names)
            act.log(record_id, [] if revision is None else [record, revision], version=record.version, fields=names)
            return record

    def sign(self, record: Record, meaning: str, proof: Proof) -> Signature:
        """Put one's name under a record in the version that was seen; not twice, whatever it means.

        Raises:
            ConflictError: it has changed since, or this person signed it already.
        """
        kind = type(record)
        with self._act(Action.SIGN, kind.kind, record.id) as act:
            if not proof.holds(act.user.id, act.transaction.now, act.transaction.keys.sign_in):
                raise NotAllowedError(Action.SIGN, kind.kind, "give your password and a code again")
            held = act.find(kind, record.id)
            if held.version != record.version:
                raise act.conflict(held, record.version)
            wanted = Signature(signed_kind=kind.kind, signed_id=held.id, signed_version=held.version, meaning=meaning)
            mine = {"signed_kind": kind.kind, "signed_id": held.id, "signed_version": held.version}
            if _matching(act, Signature, mine | {"made_by": act.user.id}, 1, 0):
                raise ConflictError(kind.kind, held.id, ["you signed this version already"])
            signature = act.put(wanted)
            act.log(held.id, [signature], version=held.version, meaning=meaning)
            return signature

    def begin_check(
        self, order_id: str, version: int, shown: Mapping[str, Any], worked: Mapping[str, Any], proof: Proof
    ) -> Order:
        """Sign what one worked out for an order; nobody can read it before another person has worked it out too."""
        with self._act(Action.SIGN, Order.kind, order_id) as act:
            double_check.require_proof(act, proof)
            done = double_check.put_away(act, version, shown, worked, order_id)
            act.log(order_id, done.rows, version=done.order.version, meaning=done.meaning)
            return done.order

    def finish_check(self, order_id: str, version: int, finish: double_check.Finish, proof: Proof) -> Order:
        """Sign what one worked out as the second person; only ``finish`` is given the first result."""
        with self._act(Action.SIGN, Order.kind, order_id) as act:
            double_check.require_proof(act, proof)
            done = double_check.take_out(act, version, finish, order_id)
            act.log(order_id, done.rows, version=done.order.version, meaning=done.meaning)
            return done.order

    def export(self, kind: type[R], *, person_id: str | None = None) -> list[R]:
        """Every record of a kind, of one person or of all, to take away."""
        with self._act(Action.EXPORT, kind.kind) as act:
            equals = {} if person_id is None else {kind.owner or "person_id": person_id}
            found = _matching(act, kind, equals, None, 0)
            act.log(person_id or "", found=[one.id for one in found])
            return found

    def everything(self, person_id: str) -> Whole:
        """The whole record of one person, to take away; with the rows of the audit for who may export that."""
        with self._act(Action.EXPORT, Person.kind, person_id) as act:
            for kind in EXPORTED:
                if policy.scope(act.user.roles, kind.kind, Action.EXPORT) is not Scope.CLINIC:
                    raise NotAllowedError(Action.EXPORT, kind.kind)
            with_audit = policy.scope(act.user.roles, AUDIT, Action.EXPORT) is not None
            found = whole(act.transaction.session, act.find(Person, person_id), with_audit=with_audit)
            act.log(person_id, found=found.counts)
            return found

    def audit(self, asked: Asked = ANY, *, after: int = 0, limit: int = 500) -> list[AuditRow]:
        """Rows of the audit that are about this clinic, the oldest first."""
        _check_limit(limit)
        with self._act(Action.READ, AUDIT) as act:
            found = trail.rows(act, asked, after, limit)
            act.log(after=after, found=len(found), asked=asked.told)
            return found

    def latest(self, asked: Asked = ANY, *, before: int | None = None, limit: int = 100) -> list[AuditRow]:
        """The same, the newest first, from a row on backwards."""
        _check_limit(limit)
        with self._act(Action.READ, AUDIT) as act:
            found = trail.latest(act, asked, before, limit)
            act.log(found=len(found), asked=asked.told)
            return found

    def seen_by(self, person_id: str, asked: Asked = ANY, *, before: int | None = None, limit: int = 100) -> Seen:
        """Who looked at one person's record or wrote in it, the newest first; the reading of a list counts too."""
        _check_limit(limit)
        with self._act(Action.READ, SIGHT, person_id) as act:
            act.find(Person, person_id)
            ids = trail.ids_of(act, person_id)
            act.log(person_id, asked=asked.told)
        with self._database.snapshot() as session:
            return trail.about(session, self._member.clinic_id, ids, asked, limit, before)

    def waiting(self) -> Waiting:
        """How many tasks are open and how many of them are overdue, without a look at any."""
        with self._act(Action.READ, Task.kind) as act:
            found = trail.waiting(act)
            act.log(counted=found.open)
            return found

    def verify_audit(self) -> Finding:
        """Walk the whole audit, and hold the records against it, as ``kinetamine clinic verify-audit`` does."""
        with self._act(Action.READ, AUDIT) as act:
            act.log(verify="asked")
        found = inspection.inspect(self._database)
        with self._act(Action.READ, AUDIT) as act:
            act.log(verify="done", rows=found.rows, problems=len(found.problems))
        return found

    def set_credential(self, user_id: str, password: str, totp: str) -> tuple[str, str]:
        """A hashed password and a second factor for somebody of the clinic; what they sign in under."""
        with self._act(Action.CHANGE, CREDENTIAL, user_id) as act:
            user = act.find(User, user_id)
            member = Member(user.id, user.clinic_id, user.name)
            credential = credentials.put(act.transaction, member, password, totp)
            act.log(user_id, [credential])
            return credentials.sign_in_name(act.transaction, member)

    @contextmanager
    def _act(self, action: Action, kind: str, record_id: str = "", *, barred: str = "") -> Iterator[Act]:
        """One call; a refusal undoes all of it, and is written down by itself."""
        with self._refusing(action, kind, record_id):
            if barred:
                raise NotAllowedError(action, kind, barred)
            with self._database.transaction() as transaction:
                yield Act(transaction, self._member, action, kind)

    @contextmanager
    def _refusing(self, action: Action, kind: str, record_id: str) -> Iterator[None]:
        try:
            yield
        except Refusal as refusal:
            self._log_refused(refusal, action, kind, record_id)
            raise

    def _log_refused(self, refusal: Refusal, action: str, kind: str, record_id: str) -> None:
        with self._database.transaction() as transaction:
            transaction.log(
                Entry(
                    actor=self._member.user_id,
                    action=action,
                    kind=kind,
                    clinic_id=self._member.clinic_id,
                    record_id=record_id,
                    outcome=REFUSED,
                    detail={"status": refusal.status, "reason": type(refusal).__name__},
                )
            )
        refusal.is_logged = True


def _stored_or_put(act: Act, record: R) -> tuple[R, bool]:
    """Store a new one; or find it, where it was sent before."""
    if "client_id" in content.columns(type(record)):
        for stored in _matching(act, type(record), {"client_id": getattr(record, "client_id", None)}, 1, 0):
            return same(stored, record), True
    _check_unique(act, type(record), {name: getattr(record, name) for name in content.given(type(record))})
    return act.put(record), False


def _check_new(record: Record) -> None:
    """A correction is asked for by name, with a reason."""
    for name in ("corrects_id", "why"):
        if getattr(record, name, None) is not None:
            raise FieldError(name, getattr(record, name), "nothing; `correct` puts an entry in another's place")


def _check_unique(act: Act, kind: type[Record], values: dict[str, Any], but: str = "") -> None:
    """Names that only one may have; the database refuses a second too."""
    for name in {"user": ("name",), "person": ("number",), "device": ("name",)}.get(kind.kind, ()):
        wanted = values.get(name)
        if isinstance(wanted, str) and any(one.id != but for one in _matching(act, kind, {name: wanted}, 2, 0)):
            raise ConflictError(kind.kind, "", [f"there is one with that {name} already"])


def same(stored: R, record: R) -> R:
    """The stored entry, where the one that was sent again says the same."""
    content.check(record)
    if content.filled_in(stored) != content.filled_in(record):
        raise ConflictError(record.kind, stored.id, ["another entry was sent under this client_id"])
    return stored


def _matching(
    act: Act, kind: type[R], equals: dict[str, Any], limit: int | None, skip: int, *, newest_first: bool = False
) -> list[R]:
    table, query = content.columns(kind), act.query(kind)
    searchable = {name: column for name, column in table.items() if not hasattr(column.type, "use")}
    for name, value in equals.items():
        if name not in searchable:
            raise UnknownNameError(f"field of {kind.kind} to search by", name, tuple(searchable))
        if isinstance(value, str) and "\0" in value:
            raise FieldError(name, value, "text without a null character")
        query = query.where(searchable[name] == value)
    order = (kind.made_at.desc(), kind.id.desc()) if newest_first else (kind.made_at, kind.id)
    return list(act.transaction.session.scalars(query.order_by(*order).offset(skip).limit(limit)))


def _check_limit(limit: int) -> None:
    if not 1 <= limit <= _MOST:
        raise FieldError("limit", limit, f"1 to {_MOST}")


def _check_why(why: str) -> None:
    if not why.strip():
        raise FieldError("why", why, "the reason, in words")
