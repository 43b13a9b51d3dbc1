"""The form of a course: its fields in order, and what stands in each when the page opens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kinetamine.errors import nearest
from kinetamine.web.simulations.choices import choices, defaults, genotypes

START: Mapping[str, str] = {
    "regimen": "0.5 mg/kg iv over 40 min, three times weekly for 2 weeks",
    "person.weight_kg": "70",
}
"""What is treated where an address holds no course: six infusions, a person of 70 kg and 40 years."""
_OF_THE_PAGE = frozenset({"v", "vial", "vial_of"})
_NO_FIELDS = frozenset({"events", "parameters", "person_changes", "times_h"})
"""What Python says of a course, and no field here."""


@dataclass(frozen=True, kw_only=True)
class Number:
    """A field that takes a number; its name is its place in the request."""

    name: str
    label: str
    unit: str = ""
    hint: str = ""


PERSON = (
    Number(name="person.weight_kg", label="Weight", unit="kg"),
    Number(name="person.age_y", label="Age", unit="years"),
)
BODY = (
    Number(name="person.height_cm", label="Height", unit="cm"),
    Number(name="person.heart_rate_bpm", label="Heart rate at rest", unit="/min"),
    Number(name="person.systolic_mmhg", label="Systolic pressure", unit="mmHg"),
    Number(name="person.diastolic_mmhg", label="Diastolic pressure", unit="mmHg"),
)
HISTORY = (
    Number(name="person.failed_treatments", label="Failed treatments", hint="Antidepressants tried in full."),
    Number(name="person.previous_sessions", label="Earlier sessions", hint="Of ketamine, before day 1."),
)
SIMULATION = (
    Number(name="follow_up_days", label="Follow-up", unit="days", hint="After the last dose."),
    Number(name="people", label="Virtual people", hint="20 to 1000 for bands; 0 for none."),
    Number(name="seed", label="Seed", hint="The same seed draws the same people."),
)


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A condition: the outcome that follows it, and the scores before treatment that it starts from."""

    title: str
    name: str
    scores: tuple[Number, ...] = ()


CONDITIONS = (
    Condition(
        title="Depression",
        name="depression",
        scores=(Number(name="person.madrs", label="MADRS before", unit="of 60"),),
    ),
    Condition(title="Relapse", name="relapse"),
    Condition(
        title="Anxiety",
        name="anxiety",
        scores=(Number(name="person.hama", label="HAM-A before", unit="of 56"),),
    ),
    Condition(
        title="PTSD",
        name="ptsd",
        scores=(
            Number(name="person.caps5", label="CAPS-5 before", unit="of 80"),
            Number(name="person.pcl5", label="PCL-5 before", unit="of 80"),
        ),
    ),
    Condition(
        title="Chronic pain",
        name="chronic_pain",
        scores=(Number(name="person.pain_nrs", label="Pain before, 0–10", unit="of 10"),),
    ),
    Condition(
        title="Suicidal ideation",
        name="suicidal_ideation",
        scores=(Number(name="person.ssi", label="SSI before", unit="of 38"),),
    ),
)


@dataclass(frozen=True)
class CourseForm:
    """What stands in the fields: the address first, then what a course is by itself."""

    query: Mapping[str, str]

    def value(self, name: str) -> str:
        """The text in a field; what an address with a course leaves out was left out of the course too."""
        start = {} if self.is_given() else START
        return self.query.get(name, start.get(name, self.default(name)))

    def is_given(self) -> bool:
        """Whether the address says anything of a course, be it that its regimen is empty."""
        return any(key in fields() or key.startswith("set.") for key in self.query)

    def ignored(self) -> str:
        """Keys of the address that no field here has, each with the one that may have been meant."""
        known = sorted(fields() | _OF_THE_PAGE)
        unknown = [key for key in self.query if key not in known and not key.startswith("set.")]
        near = {key: nearest(key, known) for key in unknown}
        return ", ".join(f"{key} (did you mean {like}?)" if like else key for key, like in near.items())

    def default(self, name: str) -> str:
        """What the simulator takes where nothing is said, as text."""
        return _text(defaults().get(name))

    def has(self, name: str, choice: str) -> bool:
        """Whether one of several is chosen."""
        return choice in self._chosen(name)

    def others(self, name: str, known: Sequence[str]) -> list[str]:
        """What is chosen of several and is none of the known: it stays, for the server to refuse it at its field."""
        return [one for one in self._chosen(name) if one and one not in known]

    def _chosen(self, name: str) -> list[str]:
        return [one.strip() for one in self.value(name).split(",")]

    def settings(self) -> str:
        """Numbers that replace the library's, a line each."""
        pairs = ((key.removeprefix("set."), value) for key, value in self.query.items() if key.startswith("set."))
        return "\n".join(f"{name} = {value}" for name, value in pairs)

    def mixed(self) -> bool:
        """Whether the mechanism is a mixture other than the usual."""
        return "=" in self.value("mechanism") and self.value("mechanism") != self.default("mechanism")


def fields() -> frozenset[str]:
    """Every field of a course by the key that it has in an address."""
    return frozenset({*START, *defaults()}) - _NO_FIELDS


def form_values(query: Mapping[str, str]) -> dict[str, Any]:
    """What the template of the form needs."""
    return {
        "form": CourseForm(query),
        "choices": choices(),
        "genotypes": (("", "not typed"), *((one, one) for one in genotypes())),
        "conditions": CONDITIONS,
        "numbers": {"person": PERSON, "body": BODY, "history": HISTORY, "simulation": SIMULATION},
    }


def _text(value: object) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, tuple):
        return ",".join(value)
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)
