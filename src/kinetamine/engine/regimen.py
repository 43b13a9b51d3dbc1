"""Regimens: doses on one clock, which compose, print themselves and become event records."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

from kinetamine.engine.dose import BETWEEN_DEVICES_H, Dose, Salt, is_whole, route_name
from kinetamine.engine.events import Event, Form
from kinetamine.engine.listing import figure, length, plain_table
from kinetamine.engine.person import Person
from kinetamine.engine.schedule import DAY_H
from kinetamine.errors import FieldError

_HEADINGS = ("dose", "day", "time h", "stated", "mg", "mg base", "mg/kg", "form", "salt", "route", "over", "total mg")


@dataclass(frozen=True, kw_only=True)
class DoseRow:
    """One row of the expanded doses; each nasal device has its own.

    Attributes:
        number: of the dose, from 1; the devices of one dose share it.
        day: from 1.
        amount_mg: of the stated salt; ``base_mg`` of ketamine base.
        mg_per_kg: of ketamine base; None when the weight is not known.
        device, devices: which device of how many.
        cumulative_mg: base given so far, this row included.
    """

    number: int
    day: int
    time_h: float
    stated: str
    amount_mg: float
    base_mg: float
    mg_per_kg: float | None
    form: Form
    salt: Salt
    route: str
    duration_h: float
    device: int
    devices: int
    cumulative_mg: float


@dataclass(frozen=True)
class Regimen:
    """Doses in time order; immutable, and every method gives a new one."""

    doses: tuple[Dose, ...] = ()

    def __post_init__(self) -> None:
        """Sort by time; doses at one time keep their order."""
        object.__setattr__(self, "doses", tuple(sorted(self.doses, key=lambda dose: dose.time_h)))

    @classmethod
    def of(cls, *doses: Dose) -> Regimen:
        """The regimen of these doses."""
        return cls(doses)

    @classmethod
    def parse(cls, text: str, known_routes: Collection[str] = ()) -> Regimen:
        """Read the clinic's words, such as ``0.5 mg/kg iv over 40 min, twice weekly for 3 weeks``.

        Raises:
            FieldError: something cannot be understood; it quotes the words.
        """
        from kinetamine.engine import clinic_words  # noqa: PLC0415 - the parser makes doses, not the other way round

        return cls(clinic_words.parse(text, known_routes))

    def __len__(self) -> int:
        """How many doses, devices not counted."""
        return len(self.doses)

    def __iter__(self) -> Iterator[Dose]:
        """The doses in time order."""
        return iter(self.doses)

    def __add__(self, other: Regimen) -> Regimen:
        """Both on the same clock."""
        return Regimen((*self.doses, *other.doses))

    @property
    def end_h(self) -> float:
        """When the last drug of the last dose is given; 0 for no doses."""
        return max((dose.end_h for dose in self.doses), default=0.0)

    def delayed(self, by_h: float) -> Regimen:
        """Everything later by so many hours."""
        return Regimen(tuple(dose.delayed(by_h) for dose in self.doses))

    def then(self, other: Regimen, after_h: float = 0.0) -> Regimen:
        """The other regimen afterwards; its clock starts ``after_h`` hours after the last drug of this one is given."""
        _require_hours("after_h", after_h)
        return self + other.delayed(self.end_h + after_h)

    def repeat(self, times: int, every_h: float) -> Regimen:
        """The whole regimen so many times in all, from start to start ``every_h`` hours."""
        if not is_whole(times, at_least=1):
            raise FieldError("times", times, "a whole number, 1 or more")
        _require_hours("every_h", every_h)
        return Regimen(tuple(dose.delayed(turn * every_h) for turn in range(times) for dose in self.doses))

    def events(self, person: Person, known_routes: Collection[str] = ()) -> tuple[Event, ...]:
        """The dose records in time order, in mg of ketamine base for this person.

        Raises:
            FieldError: a dose is per kg and the weight is not known.
            UnknownNameError: a route is not among those known.
        """
        for dose in self.doses:
            route_name(dose.route, known_routes)
        events = (event for dose in self.doses for event in dose.events(person))
        return tuple(sorted(events, key=lambda event: event.time_h))

    def table(self, person: Person) -> tuple[DoseRow, ...]:
        """The expanded doses, row by row."""
        parts = [
            (number, device, dose)
            for number, dose in enumerate(self.doses, start=1)
            for device in range(1, dose.device_count + 1)
        ]
        parts.sort(key=lambda part: _time_h(part[1], part[2]))
        given = accumulate(dose.base_mg(person) / dose.device_count for _, _, dose in parts)
        return tuple(_row(part, total, person) for part, total in zip(parts, given, strict=True))

    def describe(self, person: Person) -> str:
        """The expanded doses as a plain text table."""
        return plain_table(_HEADINGS, [_cells(row) for row in self.table(person)])


def _require_hours(field: str, value: float) -> None:
    if not 0.0 <= value < float("inf"):
        raise FieldError(field, value, "a number of hours, 0 or more")


def _time_h(device: int, dose: Dose) -> float:
    return dose.time_h + (device - 1) * BETWEEN_DEVICES_H


def _row(part: tuple[int, int, Dose], cumulative_mg: float, person: Person) -> DoseRow:
    number, device, dose = part
    time_h = _time_h(device, dose)
    base_mg = dose.base_mg(person) / dose.device_count
    return DoseRow(
        number=number,
        day=int(time_h // DAY_H) + 1,
        time_h=time_h,
        stated=dose.stated,
        amount_mg=dose.mg(person) / dose.device_count,
        base_mg=base_mg,
        mg_per_kg=base_mg / person.weight_kg if person.weight_kg else None,
        form=dose.form,
        salt=dose.salt,
        route=dose.route,
        duration_h=dose.duration_h,
        device=device,
        devices=dose.device_count,
        cumulative_mg=cumulative_mg,
    )


def _cells(row: DoseRow) -> tuple[str, ...]:
    device = f" (device {row.device} of {row.devices})" if row.devices > 1 else ""
    return (
        str(row.number),
        str(row.day),
        figure(row.time_h),
        row.stated,
        figure(row.amount_mg),
        figure(row.base_mg),
        figure(row.mg_per_kg),
        row.form.value,
        row.salt,
        row.route.replace("_", " ") + device,
        length(row.duration_h),
        figure(row.cumulative_mg),
    )
