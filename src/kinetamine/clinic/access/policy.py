"""What a role may do, as a table; whatever is not in it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from kinetamine.clinic.records import Role


class Action(StrEnum):
    """What one may ask of a kind of record."""

    READ = "read"
    ADD = "add"
    CHANGE = "change"
    SIGN = "sign"
    EXPORT = "export"


class Scope(StrEnum):
    """Of whose records."""

    CLINIC = "clinic"
    OWN = "own"


AUDIT = "audit"
"""The audit itself, as a kind: it can be read and exported, and nothing else."""
CREDENTIAL = "credential"
"""Passwords and second factors, as a kind: they can be set, and never read."""
SIGHT = "sight"
"""Rows of the audit about one person, as a kind: who looked at their record, or wrote in it."""
_LETTERS = {"R": Action.READ, "A": Action.ADD, "C": Action.CHANGE, "S": Action.SIGN, "X": Action.EXPORT}

# Read, Add, Change, Sign, eXport; "-" is nothing. A patient's are their own alone.
# A correction of what is only appended is an addition.
_TABLE = """
                physician nurse  monitor therapist auditor admin patient device
clinic          R         R      R       R         R       RC    R       -
user            R         R      R       R         R       RAC   -       -
device          -         -      -       -         RX      RAC   -       -
person          RACX      RAC    R       R         RX      -     R       -
enrolment       RACX      R      -       R         RX      -     R       -
consent         RACSX     RACS   R       RACS      RX      -     R       -
order           RACSX     RS     R       -         RX      -     -       -
session         RACSX     RACS   RC      R         RX      -     R       -
session_event   RAX       RA     RA      R         RX      -     -       A
score           RAX       RA     RA      RA        RX      -     RA      -
ledger_entry    RASX      RAS    R       -         RX      -     -       -
task            RACX      RAC    RAC     RAC       RX      -     R       -
signature       RX        R      R       R         RX      -     -       -
credential      -         -      -       -         -       C     -       -
audit           -         -      -       -         RX      R     -       -
sight           R         -      -       -         R       -     R       -
"""


def _read(table: str) -> Mapping[tuple[Role, str], frozenset[Action]]:
    head, *lines = (line.split() for line in table.strip().splitlines())
    return MappingProxyType(
        {
            (Role(role), kind): frozenset(_LETTERS[letter] for letter in letters.replace("-", ""))
            for kind, *cells in lines
            for role, letters in zip(head, cells, strict=True)
        }
    )


POLICY = _read(_TABLE)


def scope(roles: Iterable[str], kind: str, action: Action) -> Scope | None:
    """How far somebody's roles reach together; None where they do not reach at all."""
    able = {role for role in map(Role, roles) if action in POLICY.get((role, kind), frozenset())}
    if not able:
        return None
    return Scope.OWN if able == {Role.PATIENT} else Scope.CLINIC
