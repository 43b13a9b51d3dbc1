"""What the clinic's side refuses; each error owns its sentence, and the status a web page answers with.

KinetamineError
└── ClinicError
    ├── Refusal                    somebody asked for what they may not have: always on the audit
    │   ├── NotSignedInError       nobody is signed in, or no longer (401)
    │   ├── NotAllowedError        the role does not allow it (403)
    │   ├── NoSuchRecordError      there is none that this person could see (404)
    │   ├── ConflictError          somebody else was first (409)
    │   └── ReadingRefused         a reading that belongs to no session here (409)
    │       ├── NoOpenSessionError     no session is open at the chair; it may be sent again later
    │       ├── OtherPatientError      it is of somebody else than the person in the chair
    │       └── OtherSessionError      it was read before the session at the chair was opened
    ├── AuditError                 the audit, or its anchor, is not what was written
    ├── DatabaseError              the database is not fit to be used
    └── BackupError                a backup cannot be read, or not be put back
"""

from __future__ import annotations

from collections.abc import Sequence

from kinetamine.errors import KinetamineError


class ClinicError(KinetamineError):
    """Anything the clinic's side raises on purpose, besides wrong input."""


class Refusal(ClinicError):  # noqa: N818 - the base; its leaves are errors
    """Somebody asked for what they may not have; ``is_logged`` once that stands on the audit."""

    status = 400
    is_logged = False


class NotSignedInError(Refusal):
    """Nobody is signed in, or no longer; the sentence never says why, so that nobody can be found out by asking."""

    status = 401

    def __init__(self) -> None:
        """One sentence for every reason."""
        super().__init__("not signed in, or no longer; sign in again")


class NotAllowedError(Refusal):
    """The role does not allow it."""

    status = 403

    def __init__(self, action: str, kind: str, reason: str = "your role does not allow it") -> None:
        """Say what was asked, and why not."""
        self.action, self.kind = action, kind
        super().__init__(f"you may not {action} {kind.replace('_', ' ')}: {reason}")


class NoSuchRecordError(Refusal):
    """There is none; the same sentence for what another clinic holds."""

    status = 404

    def __init__(self, kind: str, record_id: str) -> None:
        """Name what was looked for."""
        self.kind, self.record_id = kind, record_id
        super().__init__(f"there is no {kind.replace('_', ' ')} {record_id!r}")


class ConflictError(Refusal):
    """Somebody else was first."""

    status = 409

    def __init__(self, kind: str, record_id: str, changes: Sequence[str]) -> None:
        """Say who changed what since; nothing was overwritten."""
        self.kind, self.record_id, self.changes = kind, record_id, tuple(changes)
        said = "; ".join(changes) or "it is not the version you saw"
        super().__init__(f"nothing was saved: the {kind.replace('_', ' ')} changed meanwhile ({said})")


class ReadingRefused(Refusal):
    """A reading that belongs to no session here."""

    status = 409


class NoOpenSessionError(ReadingRefused):
    """No session is open at the chair, or several, so that nobody knows whose the reading is."""

    def __init__(self, chair: str, how_many: int = 0) -> None:
        """Say at which."""
        open_now = "no session is open" if how_many == 0 else f"{how_many} sessions are open"
        super().__init__(f"nothing was saved: {open_now} at chair {chair!r}; keep the readings and send them again")


class OtherPatientError(ReadingRefused):
    """It is of somebody else; the sentence does not say who sits there."""

    def __init__(self, chair: str) -> None:
        """Say at which chair."""
        super().__init__(f"nothing was saved: the message names another patient than the person at chair {chair!r}")


class OtherSessionError(ReadingRefused):
    """It was read before the session was opened, so that it may be of whoever was there before."""

    def __init__(self, chair: str, at: str, opened_at: str) -> None:
        """Say both times: the device's clock may be wrong."""
        super().__init__(
            f"nothing was saved: by the device's clock it was read at {at}, before the session at chair {chair!r} was "
            f"opened at {opened_at}; it may be of somebody else, or that clock is wrong"
        )


class AuditError(ClinicError):
    """The audit, or its anchor, is not what was written."""


class DatabaseError(ClinicError):
    """The database is not fit to be used."""


class BackupError(ClinicError):
    """A backup cannot be read, or not be put back."""
