"""Who asks: the visit of somebody who is signed in, as every page and every program is given it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends
from starlette.requests import Request

from kinetamine.clinic.access import Action, Member, Records, policy, records_for
from kinetamine.clinic.access.intake import Intake
from kinetamine.clinic.accounts import Accounts, Badge
from kinetamine.clinic.accounts.devices import Devices
from kinetamine.clinic.care.floor import Floor
from kinetamine.clinic.database import Database
from kinetamine.clinic.refusals import NotSignedInError
from kinetamine.clinic.web.settings import ServeSettings

COOKIE, SECURE_COOKIE = "kinetamine_clinic", "__Host-kinetamine_clinic"
_MENU = (
    ("/", "Board", "session", Action.READ),
    ("/people", "People", "person", Action.READ),
    ("/tasks", "Tasks", "task", Action.READ),
    ("/ledger", "Ledger", "ledger_entry", Action.READ),
    ("/audit", "Audit", "audit", Action.READ),
    ("/users", "Users", "user", Action.CHANGE),
    ("/devices", "Devices", "device", Action.READ),
)
"""Pages by address: whoever may do that to records of that kind is shown the way there."""


@dataclass(frozen=True)
class Services:
    """What the server has at hand for every request."""

    database: Database
    accounts: Accounts
    settings: ServeSettings
    intake: Intake
    devices: Devices
    floor: Floor = field(default_factory=Floor)


@dataclass(frozen=True)
class Visit:
    """One request.

    Attributes:
        badge: who it is, with their roles as of now, and the clinic.
        services: what the server has at hand.
    """

    badge: Badge
    services: Services

    @property
    def member(self) -> Member:
        """Who it is."""
        return self.badge.member

    @cached_property
    def records(self) -> Records:
        """The only way to data."""
        return records_for(self.services.database, self.member)

    @property
    def zone(self) -> ZoneInfo:
        """Of the clock on the clinic's wall."""
        return self.badge.zone

    def may(self, action: Action, kind: str) -> bool:
        """Whether their roles reach so far; for what is shown only: ``records`` itself refuses."""
        return policy.scope(self.badge.roles, kind, action) is not None

    def is_patient(self) -> bool:
        """Whether they see their own alone."""
        return set(self.badge.roles) == {"patient"}

    @property
    def menu(self) -> list[tuple[str, str]]:
        """The pages that they may open."""
        if self.is_patient():
            return [("/mine", "My forms")]
        return [(path, name) for path, name, kind, action in _MENU if self.may(action, kind)]


def cookie_name(settings: ServeSettings) -> str:
    """A name that browsers tie to this host and to HTTPS, where it is spoken."""
    return SECURE_COOKIE if settings.secure else COOKIE


def token_of(request: Request) -> str:
    """What a browser or a program brought; empty: nothing."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() == "bearer":
        return token.strip()
    services: Services = request.app.state.services
    return request.cookies.get(cookie_name(services.settings), "")


def _visit(request: Request) -> Visit:
    """Who asks.

    Raises:
        NotSignedInError: nobody is signed in, or no longer.
    """
    services: Services = request.app.state.services
    token = token_of(request)
    if not token:
        raise NotSignedInError
    visit = Visit(services.accounts.badge(token), services)
    request.state.visit = visit
    return visit


SignedIn = Annotated[Visit, Depends(_visit)]
"""For a route's argument: a visit of somebody who is signed in; otherwise the answer is 401."""
