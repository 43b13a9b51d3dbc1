"""NONMEM's rules: what one row of an event table may say, as an event or an observation."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from kinetamine import units
from kinetamine.engine.dose import FORM_WORDS, SALT_WORDS, above_most, route_name
from kinetamine.engine.events import Event, EventId, Form, Modelled
from kinetamine.engine.table_cells import Row
from kinetamine.errors import UnknownNameError

# What other software means by numbers that NONMEM does not have.
_FOREIGN_EVID = {
    "5": "5 replaces an amount in rxode2",
    "6": "6 multiplies an amount in rxode2",
    "7": "7 is a transit or phantom dose in rxode2",
    "8": "8 replaces an amount in mrgsolve",
}
_KNOWN_EVID = "0 observation, 1 dose, 2 other, 3 reset or 4 reset and dose"
_DOSE_ONLY = ("AMT", "RATE", "DUR", "II", "ADDL", "SS")
_MOST_ADDITIONAL = 5000
_CONSISTENT = 1e-6


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One measurement, or the wish for a prediction where ``missing``.

    Attributes:
        output: which quantity (DVID), and ``compartment`` (CMT) where it is read; None when the table has none.
        value: DV; None when blank. Zero is a value.
        missing: MDV; whatever the value, it is not to be used.
        below_limit: CENS or BLQ; the value is somewhere below ``limit`` (LLOQ, or else DV as Monolix has it).
    """

    time_h: float
    output: str | None = None
    compartment: str | None = None
    value: float | None = None
    missing: bool = False
    below_limit: bool = False
    limit: float | None = None
    occasion: int = 1
    row: int = 0


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What the caller states for every dose of a table that does not say it, and the routes there are."""

    form: Form | None = None
    route: str | None = None
    known_routes: Collection[str] = ()


def record(row: Row, time_h: float, stated: Stated) -> Event | Observation:
    """The event or observation of a row.

    Raises:
        RowError: a cell holds what it must not.
    """
    evid = _evid(row)
    if evid is EventId.OBSERVATION:
        _require_blank(row, "an observation")
        return _observation(row, time_h)
    if evid in {EventId.OTHER, EventId.RESET}:
        _require_blank(row, "a record that is no dose")
        return Event(time_h=time_h, evid=evid, compartment=row.text("CMT"), occasion=_occasion(row), row=row.number)
    return _dose(row, time_h, evid, stated)


def _evid(row: Row) -> EventId:
    given = row.text("EVID")
    if given is None:  # what speaks of a dose is one
        return EventId.DOSE if any(row.number_in(column) for column in _DOSE_ONLY) else EventId.OBSERVATION
    if given in _FOREIGN_EVID:
        raise row.error("EVID", f"{_KNOWN_EVID}; {_FOREIGN_EVID[given]} and has no meaning here")
    return EventId(row.whole("EVID", 0, tuple(EventId)))


def _require_blank(row: Row, what: str) -> None:
    for column in _DOSE_ONLY:
        if row.number_in(column):
            raise row.error(column, f"0 or nothing in {what}")


def _occasion(row: Row) -> int:
    occasion = row.whole("OCC", 1)
    if occasion < 1:
        raise row.error("OCC")
    return occasion


def _observation(row: Row, time_h: float) -> Observation:
    value, limit = row.number_in("DV"), row.number_in("LLOQ")
    below = bool(row.whole(_censoring_column(row), 0, (0, 1)))
    missing = bool(row.whole("MDV", int(value is None and not below), (0, 1)))
    limit = value if below and limit is None else limit
    if limit is None and below:
        raise row.error("LLOQ", "the limit that the value is below, here or as DV")
    if value is None and not missing and not below:
        raise row.error("DV", "a number, since MDV is 0 (write 0 for zero, MDV 1 for not measured)")
    return Observation(
        time_h=time_h,
        output=row.text("DVID"),
        compartment=row.text("CMT"),
        value=value,
        missing=missing,
        below_limit=below,
        limit=limit,
        occasion=_occasion(row),
        row=row.number,
    )


def _censoring_column(row: Row) -> str:
    if row.text("CENS") is not None and row.text("BLQ") is not None and row.text("CENS") != row.text("BLQ"):
        raise row.error("BLQ", "the same as CENS, or only one of the two columns")
    return "BLQ" if row.text("CENS") is None else "CENS"


def _dose(row: Row, time_h: float, evid: EventId, stated: Stated) -> Event:
    row.whole("MDV", 1, (0, 1))
    steady_state = row.whole("SS", 0, (0, 1, 2))
    interval_h, additional = _repeats(row)
    amount, rate = row.number_in("AMT") or 0.0, _rate(row)
    endless = amount == 0.0 and steady_state == 1 and rate > 0.0 and interval_h == 0.0
    if amount < 0.0 or (amount == 0.0 and not endless):
        raise row.error("AMT", "mg above 0 (0 only for an infusion that never stops: SS 1, RATE above 0, II 0)")
    if steady_state and interval_h == 0.0 and not endless:
        raise row.error("II", "the hours between doses that have reached the steady state SS asks for")
    duration_h = _duration_h(row, amount, rate)
    base = _base_per_mg(row)
    rate = 0.0 if duration_h is not None else rate
    return Event(
        time_h=time_h,
        evid=evid,
        amount_mg=amount * base,
        form=_form(row, stated),
        **_way(row, stated),
        rate_mg_per_h=rate * base if rate > 0.0 else rate,
        duration_h=duration_h,
        interval_h=interval_h,
        additional=additional,
        steady_state=steady_state,
        occasion=_occasion(row),
        row=row.number,
    )


def require_possible(row: Row, *, weight_kg: float | None) -> None:
    """Refuse a dose above what the clinic's words may say, too.

    Raises:
        RowError: it names the row and AMT.
    """
    amount, rate = row.number_in("AMT") or 0.0, row.number_in("RATE") or 0.0
    duration_h = row.number_in("DUR") or (amount / rate if rate > 0.0 else 0.0)
    endless = amount == 0.0 and rate > 0.0
    expected = above_most(rate if endless else amount, duration_h, weight_kg)
    if expected:
        raise row.error("RATE" if endless else "AMT", expected)


def _repeats(row: Row) -> tuple[float, int]:
    interval_h, additional = row.number_in("II") or 0.0, row.whole("ADDL", 0)
    if interval_h < 0.0:
        raise row.error("II")
    if not 0 <= additional <= _MOST_ADDITIONAL:
        raise row.error("ADDL", f"a whole number of additional doses, 0 to {_MOST_ADDITIONAL}")
    if additional and interval_h == 0.0:
        raise row.error("II", f"the hours between the doses that ADDL {additional} asks for")
    if interval_h and not additional and not row.whole("SS", 0, (0, 1, 2)):
        raise row.error("II", "0 or nothing, since neither ADDL nor SS asks for more doses")
    return interval_h, additional


def _rate(row: Row) -> float:
    rate = row.number_in("RATE") or 0.0
    if rate < 0.0:
        row.whole("RATE", 0, tuple(Modelled))
    return rate


def _duration_h(row: Row, amount: float, rate: float) -> float | None:
    duration_h = row.number_in("DUR")
    if duration_h is None:
        return None
    if duration_h <= 0.0:
        raise row.error("DUR")
    if rate == 0.0:
        return duration_h
    if rate < 0.0 or not math.isclose(rate * duration_h, amount, rel_tol=_CONSISTENT):
        raise row.error("DUR", f"AMT / RATE, or only one of RATE and DUR (RATE is {rate:g}, AMT {amount:g})")
    return duration_h  # RATE is there for software that has no DUR


def _base_per_mg(row: Row) -> float:
    given = row.text("SALT") or "base"
    if given.casefold() not in SALT_WORDS:
        raise row.error("SALT", "base or hydrochloride", SALT_WORDS)
    return units.BASE_PER_HYDROCHLORIDE if SALT_WORDS[given.casefold()] == "hydrochloride" else 1.0


def _form(row: Row, stated: Stated) -> Form:
    given = row.text("FORM")
    if given is None and stated.form is not None:
        return stated.form
    if given is None or given.casefold() not in FORM_WORDS:
        expected = ", ".join(form.value for form in Form) + ' (or form="..." for the whole table)'
        raise row.error("FORM", expected, FORM_WORDS)
    return FORM_WORDS[given.casefold()]


def _way(row: Row, stated: Stated) -> dict[str, str | None]:
    route, compartment = row.text("ROUTE"), row.text("CMT")
    if route is not None and compartment is not None:
        raise row.error("CMT", "nothing in a dose that has a ROUTE: the route says where it goes")
    if route is None and compartment is None:
        route = stated.route
    try:
        name = None if route is None else route_name(route, stated.known_routes)
    except UnknownNameError as error:
        raise row.error("ROUTE", "one of " + ", ".join(error.known), error.known) from error
    return {"route": name, "compartment": compartment}
