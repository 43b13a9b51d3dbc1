"""What an arm of a comparison can change, and changes worth a try, for the page to offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from kinetamine import catalogue
from kinetamine.course import CYP2B6_ENTRIES
from kinetamine.engine.person import Ancestry, Hepatic, Sex
from kinetamine.web.simulations.arm import LOOKS


@dataclass(frozen=True, kw_only=True)
class Field:
    """A key of a course that an arm can change.

    Attributes:
        path: the key; those of the person after a point.
        kind: text, number, choice or parameter (any number of the library, by name).
        options: pairs of value and words, for a choice.
        start: what stands in it at first.
    """

    path: str
    group: str
    label: str
    kind: str
    unit: str = ""
    options: tuple[tuple[str, str], ...] = ()
    start: str = ""


@dataclass(frozen=True, kw_only=True)
class Preset:
    """An arm that answers a question people ask.

    Attributes:
        words: how the question ends: what if this person ...
        dose: a dose in words that takes the place of the base's, at the base's schedule.
    """

    key: str
    group: str
    words: str
    name: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    dose: str = ""


_IS, _TOOK, _HAD, _INSTEAD = "… were different", "… took or had", "… had another dose or form", "… got, instead"
_BESIDE, _MODEL, _IDEA = "… got, beside it", "… as another model of kinetics sees it", "… by a rival hypothesis"
_OWN = {"regimen": None}
"""A treatment with a course of its own needs no sessions."""
PRESETS = (
    Preset(key="kg110", group=_IS, words="weighed 110 kg", name="110 kg", changes={"person": {"weight_kg": 110}}),
    Preset(key="kg50", group=_IS, words="weighed 50 kg", name="50 kg", changes={"person": {"weight_kg": 50}}),
    Preset(key="y70", group=_IS, words="were 70 years old", name="70 years", changes={"person": {"age_y": 70}}),
    Preset(
        key="failed6",
        group=_IS,
        words="had 6 failed treatments before",
        name="6 failed treatments",
        changes={"person": {"failed_treatments": 6}},
    ),
    Preset(
        key="hypertension",
        group=_IS,
        words="had hypertension, 150/95 mmHg at rest",
        name="Hypertension",
        changes={"person": {"hypertension": True, "systolic_mmhg": 150, "diastolic_mmhg": 95}},
    ),
    Preset(
        key="rifampicin",
        group=_TOOK,
        words="took rifampicin",
        name="With rifampicin",
        changes={"person": {"comedication": ["rifampicin"]}},
    ),
    Preset(
        key="clarithromycin",
        group=_TOOK,
        words="took clarithromycin (matters if ketamine is swallowed)",
        name="With clarithromycin",
        changes={"person": {"comedication": ["clarithromycin"]}},
    ),
    Preset(
        key="ticlopidine",
        group=_TOOK,
        words="took ticlopidine (matters if ketamine is swallowed)",
        name="With ticlopidine",
        changes={"person": {"comedication": ["ticlopidine"]}},
    ),
    Preset(
        key="grapefruit",
        group=_TOOK,
        words="drank grapefruit juice (matters if ketamine is swallowed)",
        name="With grapefruit juice",
        changes={"person": {"comedication": ["grapefruit"]}},
    ),
    Preset(
        key="liver",
        group=_TOOK,
        words="had moderate liver impairment",
        name="Liver impairment",
        changes={"person": {"hepatic": "moderate"}},
    ),
    Preset(
        key="spray",
        group=_HAD,
        words="had the spray: esketamine 84 mg",
        name="Spray, esketamine 84 mg",
        dose="esketamine 84 mg intranasal",
    ),
    Preset(key="mg1", group=_HAD, words="had 1 mg/kg by vein", name="1 mg/kg by vein", dose="1 mg/kg iv over 40 min"),
    Preset(
        key="slow",
        group=_HAD,
        words="had 0.5 mg/kg over 100 min",
        name="Over 100 min",
        dose="0.5 mg/kg iv over 100 min",
    ),
    Preset(key="im", group=_HAD, words="had 0.5 mg/kg into a muscle", name="Into a muscle", dose="0.5 mg/kg im"),
    Preset(key="sc", group=_HAD, words="had 0.5 mg/kg under the skin", name="Under the skin", dose="0.5 mg/kg sc"),
    Preset(
        key="tablet",
        group=_HAD,
        words="had prolonged-release tablets, 120 mg",
        name="Tablet, 120 mg",
        dose="120 mg prolonged-release tablet",
    ),
    Preset(
        key="film",
        group=_HAD,
        words="had a film: esketamine 100 mg",
        name="Film, esketamine 100 mg",
        dose="esketamine 100 mg film",
    ),
    Preset(key="lozenge", group=_HAD, words="had a lozenge, 100 mg", name="Lozenge, 100 mg", dose="100 mg sublingual"),
    Preset(
        key="midazolam",
        group=_INSTEAD,
        words="midazolam at each session",
        name="Midazolam",
        changes={"comparator": "midazolam"},
    ),
    Preset(
        key="placebo",
        group=_INSTEAD,
        words="saline at each session (placebo)",
        name="Placebo",
        changes={"comparator": "placebo"},
    ),
    Preset(
        key="ect",
        group=_INSTEAD,
        words="ECT, three a week for 4 weeks",
        name="ECT",
        changes={"comparator": "ect", **_OWN, "follow_up_days": 28},
    ),
    Preset(
        key="ssri",
        group=_INSTEAD,
        words="an SSRI, daily for 6 weeks",
        name="SSRI",
        changes={"comparator": "ssri", **_OWN, "follow_up_days": 42},
    ),
    Preset(
        key="psychotherapy",
        group=_INSTEAD,
        words="psychotherapy, weekly for 8 weeks",
        name="Psychotherapy",
        changes={"comparator": "psychotherapy", **_OWN, "follow_up_days": 56},
    ),
    Preset(
        key="with_ssri",
        group=_BESIDE,
        words="an SSRI, newly started",
        name="Ketamine and an SSRI",
        changes={"background": ["ssri"]},
    ),
    Preset(
        key="clements", group=_MODEL, words="Clements 1981", name="Clements 1981", changes={"model": "clements_1981"}
    ),
    Preset(key="herd", group=_MODEL, words="Herd 2007b", name="Herd 2007b", changes={"model": "herd_2007b"}),
)
"""In the order in which the page offers them; those of hypotheses follow from the library."""
OPENING = ("rifampicin", "spray", "midazolam")
"""What the page opens with, beside the base."""


def choices() -> dict[str, Any]:
    """Fields, presets and names of regimens, for the page."""
    return {
        "fields": [asdict(one) for one in fields()],
        "presets": [asdict(one) for one in presets()],
        "opening": list(OPENING),
        "looks": [list(look) for look in LOOKS],
        "regimens": {one.name: one.words for one in catalogue.load_all("regimens")},
        "outcomes": [(one.name, one.title) for one in catalogue.load_all("outcomes") if one.name != "relapse"],
    }


def presets() -> Iterator[Preset]:
    """All of them, a rival hypothesis each from the library."""
    yield from PRESETS
    for one in catalogue.load_all("mechanisms"):
        yield Preset(
            key=one.name,
            group=_IDEA,
            words=one.title,
            name=one.title[:1].upper() + one.title[1:],
            changes={"mechanism": one.name},
        )


def fields() -> Iterator[Field]:
    """Every key of a course that an arm can change, in the order of the chain."""
    yield from _treatment()
    yield from _person()
    yield from _scores()
    yield from _models()


def _entries(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple((one.name, one.title) for one in catalogue.load_all(kind))


def _words(values: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((one, one.replace("_", " ")) for one in values)


_YES = (("1", "yes"), ("0", "no"))


def _treatment() -> Iterator[Field]:
    group = "Treatment"
    comparators = catalogue.load_all("comparators")
    own = tuple((one.name, one.title) for one in comparators if not one.sessions)
    yield Field(path="regimen", group=group, label="Regimen", kind="text")
    yield Field(
        path="comparator",
        group=group,
        label="In ketamine's place",
        kind="choice",
        options=(("", "nothing: ketamine is given"), *_entries("comparators")),
        start="midazolam",
    )
    yield Field(
        path="background",
        group=group,
        label="Beside it",
        kind="choice",
        options=(("", "nothing"), *own),
        start="ssri",
    )
    yield Field(path="follow_up_days", group=group, label="Follow-up", kind="number", unit="days", start="28")


def _person() -> Iterator[Field]:
    def number(path: str, label: str, unit: str, start: str) -> Field:
        return Field(path=f"person.{path}", group="Person", label=label, kind="number", unit=unit, start=start)

    def choice(path: str, label: str, options: tuple[tuple[str, str], ...], start: str) -> Field:
        return Field(path=f"person.{path}", group="Person", label=label, kind="choice", options=options, start=start)

    yield number("weight_kg", "Weight", "kg", "110")
    yield number("age_y", "Age", "years", "70")
    yield choice("sex", "Sex", _words(get_args(Sex)), "male")
    yield number("height_cm", "Height", "cm", "170")
    yield choice("ancestry", "Ancestry", _words(get_args(Ancestry)), "japanese")
    interactions = tuple(
        (one.name, one.title)
        for one in catalogue.load_all("interactions")
        if not one.name.startswith(("cyp2b6_", "hepatic_"))
    )
    yield choice("comedication", "Takes", (("", "nothing that interacts"), *interactions), "rifampicin")
    yield choice("cyp2b6", "CYP2B6", tuple((one, one) for one in CYP2B6_ENTRIES), "*6/*6")
    yield choice("hepatic", "Liver (Child-Pugh)", _words(get_args(Hepatic)), "moderate")
    yield choice("hypertension", "Hypertension", _YES, "1")
    yield number("systolic_mmhg", "Systolic pressure at rest", "mmHg", "140")
    yield number("diastolic_mmhg", "Diastolic pressure at rest", "mmHg", "90")
    yield number("heart_rate_bpm", "Heart rate at rest", "/min", "80")
    yield number("failed_treatments", "Failed treatments", "", "4")
    yield number("previous_sessions", "Earlier ketamine sessions", "", "12")


def _scores() -> Iterator[Field]:
    for path, label, start in (
        ("madrs", "MADRS, 0–60", "40"),
        ("hama", "HAM-A, 0–56", "30"),
        ("caps5", "CAPS-5, 0–80", "50"),
        ("ssi", "Beck SSI, 0–38", "12"),
        ("pain_nrs", "Pain, 0–10", "5"),
    ):
        yield Field(
            path=f"person.{path}", group="Scores at the start", label=label, kind="number", unit="points", start=start
        )


def _models() -> Iterator[Field]:
    group = "Models"
    yield Field(
        path="model",
        group=group,
        label="Model of kinetics",
        kind="choice",
        options=_entries("pk"),
        start="clements_1981",
    )
    yield Field(
        path="mechanism",
        group=group,
        label="Mechanism",
        kind="choice",
        options=_entries("mechanisms"),
        start="habenula",
    )
    yield Field(path="parameters", group=group, label="A number of the library, by name", kind="parameter")
    yield Field(path="outside", group=group, label="Outside the studied range", kind="choice", options=_YES, start="1")
    yield Field(path="people", group=group, label="Virtual people", kind="number", start="200")
    yield Field(path="seed", group=group, label="Seed", kind="number", start="7")
