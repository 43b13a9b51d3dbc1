"""How far somebody reaches, for pages that hold what is not meant for whom it is about."""

from __future__ import annotations

from kinetamine.clinic.access import Action, Scope, policy
from kinetamine.clinic.records import Record
from kinetamine.clinic.web.visit import Visit


def own_alone(visit: Visit, kind: type[Record]) -> bool:
    """Whether they read only what is about themselves, whatever other roles they have."""
    return policy.scope(visit.badge.roles, kind.kind, Action.READ) is Scope.OWN
