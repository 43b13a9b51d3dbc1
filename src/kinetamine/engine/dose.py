"""One dose as a prescriber states it, and what that comes to in mg of ketamine base."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeGuard, get_args

from kinetamine import units
from kinetamine.engine.events import Event, Form
from kinetamine.engine.person import Person
from kinetamine.errors import FieldError, UnknownNameError, nearest

Salt = Literal["base", "hydrochloride"]

ROUTES = {
    "intravenous": ("iv", "intravenously"),
    "intramuscular": ("im", "intramuscularly"),
    "subcutaneous": ("sc", "sq", "subcut", "subcutaneously"),
    "intranasal": ("nasal", "nasally", "intranasally", "spray", "nasal spray"),
    "oral": ("po", "orally", "by mouth", "tablet", "oral tablet", "oral solution", "capsule"),
    "oral_prolonged_release": ("oral prolonged release", "prolonged release", "prolonged release tablet"),
    "sublingual": ("sl", "sublingually", "lozenge", "oral lozenge", "troche", "wafer"),
    "film": ("oral film", "thin film", "oral thin film", "sublingual film", "buccal film"),
    "rectal": ("pr", "rectally"),
}
"""Route names and the words for them; a lozenge dissolves in the mouth, so it is sublingual."""
FORM_WORDS = {
    "ketamine": Form.RACEMIC,
    "racemic": Form.RACEMIC,
    "racemic ketamine": Form.RACEMIC,
    "esketamine": Form.ESKETAMINE,
    "s-ketamine": Form.ESKETAMINE,
    "s ketamine": Form.ESKETAMINE,
    "spravato": Form.ESKETAMINE,
    "arketamine": Form.ARKETAMINE,
    "r-ketamine": Form.ARKETAMINE,
    "r ketamine": Form.ARKETAMINE,
}
"""Words for the molecule; ketamine without more is the racemate."""
SALT_WORDS: dict[str, Salt] = {"base": "base", "hydrochloride": "hydrochloride", "hcl": "hydrochloride"}
"""Words for what the milligrams are of."""

NASAL_DEVICE_MG = 28.0
"""mg of esketamine base in one nasal device (Spravato label)."""
BETWEEN_DEVICES_H = 5.0 / 60.0
"""From one nasal device to the next (Spravato label: 5 minutes)."""
MOST_MG_PER_KG = 15.0
"""A single dose above this is taken for a slip: anaesthesia by muscle uses up to 13 mg/kg (Ketalar label)."""
MOST_MG = 2000.0
_MOST_H = 1.0
_TOLERANCE = 1e-9
_UNITS = ("mg", "mg/kg", "mg/h", "mg/kg/h", "ug/kg/min", "g", "ug")
_ALL_UNITS = "mg, mg/kg, mg/h, mg/kg/h or ug/kg/min"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """The unit of a dose taken apart: a mass, perhaps per kg, perhaps per hour."""

    mg: float
    per_kg: bool
    per_h: float | None

    @classmethod
    def parse(cls, text: str) -> Unit:
        """Read ``mg``, ``mg/kg``, ``mg/h``, ``ug/kg/min`` and the like.

        Raises:
            FieldError: it is not a mass, a mass per kg, or one of these per time.
        """
        mass, *per = text.replace("μ", "µ").split("/")  # the Greek letter and the micro sign look alike
        per_kg = per[:1] == ["kg"]
        time = per[1:] if per_kg else per
        try:
            hours = [units.convert(1.0, unit, "h") for unit in time]
            milligrams = units.convert(1.0, mass, "mg")
        except FieldError as error:
            raise FieldError("unit", text, _ALL_UNITS, nearest(text, _UNITS)) from error
        if len(hours) > 1:
            raise FieldError("unit", text, _ALL_UNITS, nearest(text, _UNITS))
        return cls(mg=milligrams, per_kg=per_kg, per_h=1.0 / hours[0] if hours else None)


@dataclass(frozen=True, kw_only=True)
class Dose:
    """One dose at one time; ``amount`` is of the stated ``salt`` and ``form``.

    Attributes:
        unit: mg, mg/kg or another mass; per time (mg/h, mg/kg/h, ug/kg/min) the amount is a rate for ``duration_h``.
        duration_h: 0 for a bolus, otherwise an infusion at constant rate.
        devices: nasal devices the dose is split into, 5 min apart; None for what the label says,
            one per 28 mg of esketamine.
    """

    amount: float
    route: str
    unit: str = "mg"
    form: Form = Form.RACEMIC
    salt: Salt = "base"
    duration_h: float = 0.0
    time_h: float = 0.0
    devices: int | None = None

    def __post_init__(self) -> None:
        """Settle the route's name; refuse what nobody can give."""
        object.__setattr__(self, "form", _known_form(self.form))
        object.__setattr__(self, "route", route_name(self.route))
        _require_salt(self.salt)
        _require_above_zero("amount", self.amount, f"an amount above 0 {self.unit}")
        _require_at_least_zero("time_h", self.time_h)
        _require_at_least_zero("duration_h", self.duration_h)
        if Unit.parse(self.unit).per_h is not None and self.duration_h == 0.0:
            raise FieldError("duration_h", self.duration_h, f"more than 0 h, for a rate of {self.stated}")
        self._check_devices()
        self._check_most()

    @property
    def stated(self) -> str:
        """The amount as given, such as ``0.5 mg/kg``."""
        return f"{self.amount:g} {self.unit}"

    @property
    def end_h(self) -> float:
        """When the last of it is given."""
        return self.time_h + self.duration_h + (self.device_count - 1) * BETWEEN_DEVICES_H

    @property
    def device_count(self) -> int:
        """How many devices give it; 1 for anything that is not a nasal spray."""
        if self.devices is not None:
            return self.devices
        by_label = self.route == "intranasal" and self.form is Form.ESKETAMINE and self.salt == "base"
        whole = self.amount / NASAL_DEVICE_MG
        return round(whole) if by_label and self.unit == "mg" and whole >= 1.0 and whole == round(whole) else 1

    def mg(self, person: Person) -> float:
        """The amount in mg of the stated salt.

        Raises:
            FieldError: it is per kg and the weight is not known, or it is absurd for that weight.
        """
        unit = Unit.parse(self.unit)
        weight = person.require_weight(f"a dose of {self.stated}") if unit.per_kg else 1.0
        amount = self._total(unit) * weight
        if person.weight_kg is not None:
            self._refuse_above(amount / person.weight_kg, "mg/kg", MOST_MG_PER_KG)
        self._refuse_above(amount, "mg", MOST_MG)
        return amount

    def base_mg(self, person: Person) -> float:
        """The amount in mg of ketamine base."""
        return self.mg(person) * (units.BASE_PER_HYDROCHLORIDE if self.salt == "hydrochloride" else 1.0)

    def delayed(self, by_h: float) -> Dose:
        """The same dose, later."""
        return replace(self, time_h=self.time_h + by_h)

    def events(self, person: Person) -> tuple[Event, ...]:
        """The dose records: one, or one per nasal device."""
        each_mg = self.base_mg(person) / self.device_count
        return tuple(
            Event(
                time_h=self.time_h + device * BETWEEN_DEVICES_H,
                amount_mg=each_mg,
                form=self.form,
                route=self.route,
                duration_h=self.duration_h or None,
            )
            for device in range(self.device_count)
        )

    def _total(self, unit: Unit) -> float:
        return self.amount * unit.mg * (1.0 if unit.per_h is None else unit.per_h * self.duration_h)

    def _check_devices(self) -> None:
        if self.devices is None:
            return
        if not is_whole(self.devices, at_least=1):
            raise FieldError("devices", self.devices, "a whole number of devices, 1 or more")
        if self.devices > 1 and self.route != "intranasal":
            raise FieldError("devices", self.devices, f"1 device for a dose that is {self.route}, not intranasal")

    def _check_most(self) -> None:
        unit = Unit.parse(self.unit)
        if unit.per_kg:
            self._refuse_above(self._total(unit), "mg/kg", MOST_MG_PER_KG)
        else:
            self._refuse_above(self._total(unit), "mg", MOST_MG)

    def _refuse_above(self, amount: float, unit: str, most: float) -> None:
        in_an_hour = _in_an_hour(amount, self.duration_h)
        if in_an_hour > most * (1.0 + _TOLERANCE):
            raise FieldError("amount", f"{in_an_hour:g} {unit}", f"at most {most:g} {unit} in one dose or hour")


def above_most(amount_mg: float, duration_h: float, weight_kg: float | None) -> str:
    """What is expected instead of a dose that nobody gives; nothing for one that is possible."""
    in_an_hour = _in_an_hour(amount_mg, duration_h)
    if in_an_hour > MOST_MG * (1.0 + _TOLERANCE):
        return f"at most {MOST_MG:g} mg in one dose or hour"
    if weight_kg is not None and in_an_hour / weight_kg > MOST_MG_PER_KG * (1.0 + _TOLERANCE):
        return f"at most {MOST_MG_PER_KG:g} mg/kg in one dose or hour, which is {MOST_MG_PER_KG * weight_kg:g} mg"
    return ""


def _in_an_hour(amount: float, duration_h: float) -> float:
    # A pump that runs for days, as in intensive care, is judged by what it gives in one hour.
    return amount * min(1.0, _MOST_H / duration_h) if duration_h else amount


def route_name(word: str, known_routes: Collection[str] = ()) -> str:
    """The route a word stands for; a word that stands for none is taken as a name of its own.

    Raises:
        FieldError: there is no word at all.
        UnknownNameError: ``known_routes`` are given and it is none of them.
    """
    if not word.strip():
        raise FieldError("route", word, "a route such as intravenous or intranasal")
    plain = _plain(word)
    names = route_words(known_routes)
    if plain in names and ("_" not in word or known_routes):
        return names[plain]
    if known_routes:
        raise UnknownNameError("route", word, sorted(known_routes))
    return plain.replace(" ", "_")  # a word with an underscore is a library's name already


def route_words(known_routes: Collection[str] = ()) -> dict[str, str]:
    """Every word for a route and the route's name; only known routes where they are given.

    Args:
        known_routes: names, or a mapping from each name to further words for it, as a library's entries give.
    """
    words = {word: name for name, synonyms in ROUTES.items() for word in (name.replace("_", " "), *synonyms)}
    if known_routes:
        words = {word: name for word, name in words.items() if name in known_routes}
    if isinstance(known_routes, Mapping):
        words |= {_plain(word): name for name, synonyms in known_routes.items() for word in synonyms}
    # A library's own entry, such as oral_film, comes before what the words mean in general.
    return words | {name.replace("_", " "): name for name in known_routes}


def _plain(word: str) -> str:
    """A word as the clinic's text is read: small letters, no stops, hyphens as spaces."""
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").replace(".", "").split())


def is_whole(value: object, at_least: int) -> bool:
    """Whether it is a whole number and large enough; True and False are no numbers."""
    return isinstance(value, int) and not isinstance(value, bool) and value >= at_least


def _known_form(form: object) -> Form:
    names = [known.value for known in Form]
    if form not in names:
        raise FieldError("form", form, "one of " + ", ".join(names), nearest(str(form), names))
    return Form(form)


def _require_salt(salt: object) -> None:
    if salt not in get_args(Salt):
        raise FieldError("salt", salt, "base or hydrochloride", nearest(str(salt), get_args(Salt)))


def _require_above_zero(field: str, value: object, expected: str) -> None:
    if not _is_number(value) or value <= 0.0:
        raise FieldError(field, value, expected)


def _require_at_least_zero(field: str, value: object) -> None:
    if not _is_number(value) or value < 0.0:
        raise FieldError(field, value, "a number of hours, 0 or more")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
