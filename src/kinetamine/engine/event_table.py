"""NONMEM event tables: read into events, observations and covariates per person, and written back without loss."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from pathlib import Path
from typing import TYPE_CHECKING, cast

from kinetamine.engine import table_covariates as covariate
from kinetamine.engine.dose import FORM_WORDS
from kinetamine.engine.events import Event, EventId, Form
from kinetamine.engine.listing import figure, length, plain_table
from kinetamine.engine.person import Person, Sex
from kinetamine.engine.regimen import Regimen
from kinetamine.engine.schedule import DAY_H
from kinetamine.engine.table_cells import Row, about, hours_since_first, read_rows
from kinetamine.engine.table_columns import NUMBERS, TEXT_ID, TEXTS, check_columns, covariates_in, unknown
from kinetamine.engine.table_covariates import Course, Interpolation, Value
from kinetamine.engine.table_records import Observation, Stated, record, require_possible
from kinetamine.errors import FieldError

if TYPE_CHECKING:
    import pandas as pd

_MISSING = "."
_HEADINGS = ("row", "day", "time h", "mg base", "form", "to", "over", "steady state", "total mg")


@dataclass(frozen=True, kw_only=True)
class EventTable:
    """What one person was given and what was measured.

    Attributes:
        identity: as the table has it.
        events: doses, resets and other events; II and ADDL as written, see ``expand``.
        covariates: values by time, by field of Person or else by column.
        interpolation: how values carry between the times; None when none of them changes.
        ignored: columns of the table that nothing uses; those of numbers are covariates all the same.
        comments: rows of the table that its column C says to leave out.
    """

    identity: str
    events: tuple[Event, ...] = ()
    observations: tuple[Observation, ...] = ()
    covariates: Mapping[str, Course] = field(default_factory=dict)
    interpolation: Interpolation | None = None
    ignored: tuple[str, ...] = field(default=(), compare=False)
    comments: tuple[int, ...] = field(default=(), compare=False)

    @property
    def notes(self) -> tuple[str, ...]:
        """What of the table was left aside, in sentences."""
        unused = ", ".join(self.ignored)
        skipped = ", ".join(map(str, self.comments))
        notes = f"columns not used: {unused}", f"rows left out, as column C marks them: {skipped}"
        return tuple(note for note, any_of in zip(notes, (self.ignored, self.comments), strict=True) if any_of)

    def covariate(self, name: str, time_h: float) -> Value:
        """The value of a covariate at a time.

        Raises:
            FieldError: the table does not have it.
        """
        if name not in self.covariates:
            raise FieldError("covariate", name, "one of " + ", ".join(self.covariates))
        return covariate.value_at(self.covariates[name], time_h, self.interpolation)

    def person(self, time_h: float = 0.0) -> Person:
        """The person as of a time; covariates that Person does not have are left out."""
        values = {name: self.covariate(name, time_h) for name in self.covariates}
        return Person(**covariate.person_fields(values))  # type: ignore[arg-type]  # checked when read

    def describe(self) -> str:
        """The expanded doses as a plain text table."""
        doses = [event for event in expand(self.events) if event.is_dose]
        given = accumulate(event.amount_mg for event in doses)
        return plain_table(_HEADINGS, [_listed(event, total) for event, total in zip(doses, given, strict=True)])


def read_event_table(
    source: str | Path | pd.DataFrame,
    *,
    form: Form | str | None = None,
    route: str | None = None,
    covariate_interpolation: Interpolation | None = None,
    sex_codes: Mapping[str, Sex] | None = None,
    restart_after_reset: bool = False,
    known_routes: Collection[str] = (),
) -> dict[str, EventTable]:
    """Read an event table, person by person.

    Args:
        source: path of a CSV file, CSV text, or a data frame; headers in any case, ``.`` or nothing for missing.
        form: of every dose, where the table has no FORM.
        route: of every dose that has neither ROUTE nor CMT; without it the model's own default holds.
        covariate_interpolation: locf or nocb; must be named when a covariate changes within a person.
        sex_codes: what numbers in SEX mean.
        restart_after_reset: TIME may start again at a reset; the clock of the result goes on.
        known_routes: the routes there are; any name is taken when none are given.

    Raises:
        RowError: a cell holds what it must not; it names the row and the column.
        FieldError: the table as a whole lacks something.
    """
    columns, every = read_rows(source)
    rows = [row for row in every if not row.is_comment]
    check_columns(columns, rows)
    stated = Stated(form=None if form is None else _form(form), route=route, known_routes=known_routes)
    extra = covariates_in(columns, rows)
    people, tables = dict(_people(rows)), {}
    for identity, own in people.items():
        with about(identity if len(people) > 1 else ""):
            times = _clock(own, restart=restart_after_reset)
            courses = {covariate.field_of(column): covariate.course(column, own, times, sex_codes) for column in extra}
            records = [record(row, time, stated) for row, time in zip(own, times, strict=True)]
            table = _table(identity, records, {name: course for name, course in courses.items() if course})
            _require_possible(table, own, times)
            tables[identity] = table
    comments = tuple(row.number for row in every if row.is_comment)
    tables = {identity: replace(one, ignored=unknown(columns), comments=comments) for identity, one in tables.items()}
    return _with_interpolation(tables, covariate_interpolation)


def write_event_table(tables: Mapping[str, EventTable], path: str | Path | None = None) -> str:
    """The CSV text of a table, written to a file too where a path is given.

    Columns are upper case and amounts are of base; columns of words come last, for NONMEM to drop. An infusion of
    a given length has RATE beside DUR. Identities that are not whole numbers are numbered, and USUBJID keeps them.
    """
    names = list(dict.fromkeys(name for table in tables.values() for name in table.covariates))
    whole = all(identity.isascii() and identity.isdigit() for identity in tables)
    names.sort(key=covariate.is_text)
    words = [covariate.column_of(name) for name in names if covariate.is_text(name)]
    numbers = [covariate.column_of(name) for name in names if not covariate.is_text(name)]
    header = [*NUMBERS, *numbers, *TEXTS, *words, *([] if whole else [TEXT_ID])]
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, header, restval=_MISSING, lineterminator="\n")
    writer.writeheader()
    for number, (identity, table) in enumerate(tables.items(), start=1):
        who = {"ID": identity} if whole else {"ID": str(number), TEXT_ID: identity}
        for cells in _written(table, names):
            writer.writerow(who | cells)
    if path is not None:
        Path(path).write_text(buffer.getvalue(), encoding="utf-8")
    return buffer.getvalue()


def regimen_table(regimen: Regimen, person: Person, identity: str = "1") -> EventTable:
    """A regimen for a person as an event table, to be written for other software."""
    events = regimen.events(person)
    start_h = events[0].time_h if events else 0.0
    courses = {name: ((start_h, value),) for name, value in covariate.covariates_of(person).items()}
    return EventTable(identity=identity, events=events, covariates=courses)


def expand(events: Iterable[Event]) -> tuple[Event, ...]:
    """Every dose of its own: ADDL spelled out in time order; SS stays with the first dose of its record.

    What a reset does to doses still to come is the solver's affair; here each is listed.
    """
    listed = (dose for event in events for dose in _each(event))
    return tuple(sorted(listed, key=lambda event: event.time_h))


def _each(event: Event) -> Iterator[Event]:
    yield replace(event, additional=0, interval_h=event.interval_h if event.steady_state else 0.0)
    if not event.additional:
        return
    once = replace(event, evid=EventId.DOSE, additional=0, interval_h=0.0, steady_state=0)
    for repeat in range(1, event.additional + 1):
        yield replace(once, time_h=event.time_h + repeat * event.interval_h)


def _listed(event: Event, total_mg: float) -> tuple[str, ...]:
    # A rate's length holds for complete bioavailability, and a modelled one is the model's affair.
    over_h = event.duration_h or 0.0
    if event.rate_mg_per_h:
        over_h = event.amount_mg / event.rate_mg_per_h
    endless = event.rate_mg_per_h > 0.0 and event.amount_mg == 0.0
    return (
        str(event.row),
        str(int(event.time_h // DAY_H) + 1),
        figure(event.time_h),
        f"{figure(event.rate_mg_per_h)} per h" if endless else figure(event.amount_mg),
        event.form.value,
        event.route or event.compartment or "default",
        "for ever" if endless else length(over_h if over_h >= 0.0 else None),
        str(event.steady_state),
        figure(total_mg),
    )


def _form(given: Form | str) -> Form:
    word = given.casefold()
    if word not in FORM_WORDS:
        raise FieldError("form", given, "one of " + ", ".join(form.value for form in Form))
    return FORM_WORDS[word]


def _people(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    seen: set[str] = set()
    for identity, own in groupby(rows, key=_identity):
        first, *others = own
        if identity in seen:
            raise first.error("ID", f"the rows of {identity} together; other people's rows come between")
        seen.add(identity)
        yield identity, [first, *others]


def _identity(row: Row) -> str:
    if "ID" not in row.cells:
        return "1"
    identity = row.text(TEXT_ID) or row.text("ID")
    if identity is None:
        raise row.error("ID", "who it is, in every row")
    return identity.removesuffix(".0")  # data frames make 1.0 of 1


def _clock(rows: Sequence[Row], *, restart: bool) -> list[float]:
    """Times that never go back; after a reset that starts TIME again they go on from the time of the last row."""
    times = hours_since_first(rows)
    offset, last = 0.0, 0.0
    for place, row in enumerate(rows):
        if times[place] + offset < last:
            if not restart or row.text("EVID") not in {"3", "4"}:
                allowed = " (a reset may start again with restart_after_reset=True)"
                raise row.error("TIME", f"{last:g} h or later, as the row before{allowed}")
            offset = last - times[place]
        times[place] += offset
        last = times[place]
    return times


def _require_possible(table: EventTable, rows: Sequence[Row], times_h: Sequence[float]) -> None:
    """Refuse an absurd dose by the weight of its time."""
    weights = table.covariates.get("weight_kg", ())
    for row, time_h in zip(rows, times_h, strict=True):
        weight = covariate.value_at(weights, time_h, None) if weights else None
        require_possible(row, weight_kg=cast("float | None", weight))


def _table(identity: str, records: Sequence[Event | Observation], covariates: Mapping[str, Course]) -> EventTable:
    return EventTable(
        identity=identity,
        events=tuple(entry for entry in records if isinstance(entry, Event)),
        observations=tuple(entry for entry in records if isinstance(entry, Observation)),
        covariates=covariates,
    )


def _with_interpolation(tables: dict[str, EventTable], given: Interpolation | None) -> dict[str, EventTable]:
    varying = {
        covariate.column_of(name)
        for table in tables.values()
        for name, course in table.covariates.items()
        if len({value for _, value in course}) > 1
    }
    covariate.require_interpolation(given, varying)
    return {identity: replace(table, interpolation=given) for identity, table in tables.items()}


def _written(table: EventTable, names: Sequence[str]) -> Iterator[dict[str, str]]:
    records: list[Event | Observation] = [*table.observations, *table.events]
    # Rows of a table keep their order; without rows an observation comes before a dose, as a trough.
    records.sort(key=lambda entry: (entry.time_h, entry.row))
    # Every row has every covariate: NONMEM carries none forward and reads nothing as zero.
    known = [name for name in names if name in table.covariates]
    for entry in records:
        cells = _event_cells(entry) if isinstance(entry, Event) else _observation_cells(entry)
        values = {covariate.column_of(name): table.covariate(name, entry.time_h) for name in known}
        yield cells | {column: _cell(value) for column, value in values.items()}


def _event_cells(event: Event) -> dict[str, str]:
    cells = {"TIME": event.time_h, "EVID": int(event.evid), "CMT": event.compartment, "OCC": event.occasion, "MDV": 1}
    if event.is_dose:
        cells |= {
            "AMT": event.amount_mg,
            "RATE": event.amount_mg / event.duration_h if event.duration_h else float(event.rate_mg_per_h),
            "DUR": event.duration_h,
            "II": event.interval_h,
            "ADDL": event.additional,
            "SS": event.steady_state,
            "ROUTE": event.route,
            "FORM": event.form.value.removesuffix(" ketamine"),  # NONMEM takes a space for the next cell
            "SALT": "base",
        }
    return {column: _cell(value) for column, value in cells.items()}


def _observation_cells(observation: Observation) -> dict[str, str]:
    cells = {
        "TIME": observation.time_h,
        "EVID": 0,
        "CMT": observation.compartment,
        "OCC": observation.occasion,
        "DV": observation.value,
        "MDV": int(observation.missing),
        "DVID": observation.output,
        "CENS": int(observation.below_limit),
        "LLOQ": observation.limit,
    }
    return {column: _cell(value) for column, value in cells.items()}


def _cell(value: object) -> str:
    """Whole numbers without a point, others with every digit they need to come back the same."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        return str(int(value))
    return _MISSING if value in {None, ""} else str(value)
