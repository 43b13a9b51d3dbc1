"""Options that several commands share, in groups; each field is one option."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from kinetamine.errors import FieldError

_FEWEST = 20
_PERSON = "The person"
_COURSE = "The course"
_TABLE = "Event tables"
_OUTPUT = "What to write"


def _option(flag: str, help_text: str, panel: str, **more: Any) -> Any:
    return typer.Option(flag, help=help_text, rich_help_panel=panel, show_default=False, **more)


@dataclass(frozen=True, kw_only=True)
class PersonFlags:
    """Who is treated; what is not given keeps the file's value or the default."""

    weight: Annotated[float | None, _option("--weight", "Body weight in kg.", _PERSON, metavar="KG")] = None
    age: Annotated[float | None, _option("--age", "Age in years.", _PERSON, metavar="YEARS")] = None
    sex: Annotated[str | None, _option("--sex", "female or male.", _PERSON, metavar="SEX")] = None
    comedication: Annotated[
        str | None,
        _option("--comedication", "Other drugs, by comma: ticlopidine,rifampicin.", _PERSON, metavar="NAMES"),
    ] = None
    hepatic: Annotated[
        str | None,
        _option("--hepatic", "Liver: normal, mild, moderate or severe impairment.", _PERSON, metavar="CLASS"),
    ] = None
    madrs: Annotated[
        float | None, _option("--madrs", "Depression before treatment, MADRS 0 to 60.", _PERSON, metavar="POINTS")
    ] = None
    pain: Annotated[float | None, _option("--pain", "Pain before treatment, 0 to 10.", _PERSON, metavar="NRS")] = None
    hama: Annotated[
        float | None, _option("--hama", "Anxiety before treatment, HAM-A 0 to 56.", _PERSON, metavar="POINTS")
    ] = None
    caps5: Annotated[
        float | None,
        _option("--caps5", "Post-traumatic stress before treatment, CAPS-5 0 to 80.", _PERSON, metavar="POINTS"),
    ] = None
    pcl5: Annotated[
        float | None,
        _option("--pcl5", "The same as people report it, PCL-5 0 to 80.", _PERSON, metavar="POINTS"),
    ] = None
    ssi: Annotated[
        float | None,
        _option("--ssi", "Suicidal ideation before treatment, Beck SSI 0 to 38.", _PERSON, metavar="POINTS"),
    ] = None
    failed_treatments: Annotated[
        float | None,
        _option("--failed-treatments", "Antidepressant treatments that failed before.", _PERSON, metavar="N"),
    ] = None
    sessions: Annotated[
        float | None, _option("--sessions", "Ketamine sessions before the first dose.", _PERSON, metavar="N")
    ] = None

    def covariates(self) -> dict[str, Any]:
        """What was given, by field of Person."""
        names = {
            "weight": "weight_kg",
            "age": "age_y",
            "sex": "sex",
            "comedication": "comedication",
            "hepatic": "hepatic",
            "madrs": "madrs",
            "pain": "pain_nrs",
            "hama": "hama",
            "caps5": "caps5",
            "pcl5": "pcl5",
            "ssi": "ssi",
            "failed_treatments": "failed_treatments",
            "sessions": "previous_sessions",
        }
        given = {names[field.name]: getattr(self, field.name) for field in fields(self)}
        found = {name: value for name, value in given.items() if value is not None}
        if "comedication" in found:
            found["comedication"] = listed(found["comedication"])
        return found


@dataclass(frozen=True, kw_only=True)
class TreatmentFlags:
    """What is given and by which models it is followed; each overrides the file."""

    regimen: Annotated[
        str | None,
        _option(
            "--regimen", 'Doses in words, "0.5 mg/kg iv over 40 min", or a library regimen.', _COURSE, metavar="WORDS"
        ),
    ] = None
    model: Annotated[
        str | None, _option("--model", "PK model; kinetamine models lists them.", _COURSE, metavar="NAME")
    ] = None
    effects: Annotated[
        str | None, _option("--effects", "Effects to predict, by comma; none for none.", _COURSE, metavar="NAMES")
    ] = None
    outcomes: Annotated[
        str | None, _option("--outcomes", "Outcomes to predict, by comma; all, or none.", _COURSE, metavar="NAMES")
    ] = None
    mechanism: Annotated[
        str | None,
        _option("--mechanism", "How block becomes relief: a name, or shares as a=0.8,b=0.2.", _COURSE, metavar="WORDS"),
    ] = None
    comparator: Annotated[
        str | None,
        _option(
            "--comparator", "Given in ketamine's place: placebo, midazolam, ssri, ect ...", _COURSE, metavar="NAME"
        ),
    ] = None
    background: Annotated[
        str | None,
        _option("--with", "Given beside it, by comma: oral_antidepressant,psychotherapy.", _COURSE, metavar="NAMES"),
    ] = None
    follow_up: Annotated[
        float | None, _option("--follow-up", "Days to go on after the last dose.", _COURSE, metavar="DAYS")
    ] = None
    title: Annotated[str | None, _option("--title", "Title of the report.", _COURSE, metavar="TEXT")] = None
    parameters: Annotated[
        list[str] | None,
        _option(
            "--set",
            "Another value for a number: EXP_CL=1, depression.EFFICACY=0. May be repeated.",
            _COURSE,
            metavar="NAME=VALUE",
        ),
    ] = None
    outside: Annotated[
        bool, _option("--outside", "Go on outside the studied range, and stamp the result.", _COURSE)
    ] = False

    def changes(self) -> dict[str, Any]:
        """What was given, by field of Course; the regimen apart."""
        changes: dict[str, Any] = {
            "model": self.model,
            "effects": None if self.effects is None else listed(self.effects),
            "outcomes": None if self.outcomes is None else _outcomes(self.outcomes),
            "mechanism": self.mechanism,
            "comparator": self.comparator,
            "background": None if self.background is None else listed(self.background),
            "follow_up_days": self.follow_up,
            "title": self.title,
            "parameters": None if self.parameters is None else tuple(map(_setting, self.parameters)),
            "outside": self.outside or None,
        }
        return {name: value for name, value in changes.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class CourseFlags(TreatmentFlags):
    """The same, with virtual people beside one typical person."""

    people: Annotated[
        int | None, _option("--people", "Virtual people for the bands, 20 to 1000; 0 for none.", _COURSE, metavar="N")
    ] = None
    seed: Annotated[int | None, _option("--seed", "Seed of the virtual people.", _COURSE, metavar="N")] = None
    engine: Annotated[
        Literal["reference", "fast"] | None,
        _option("--engine", "What solves the effects; fast is within 2e-4 of the peak.", _COURSE),
    ] = None

    def changes(self) -> dict[str, Any]:
        """What was given, by field of Course; the regimen apart.

        Raises:
            FieldError: so few people that their bands would mislead.
        """
        if self.people is not None and 0 < self.people < _FEWEST:
            expected = f"0, or {_FEWEST} to 1000: a band of fewer people is no 5th to 95th percentile"
            raise FieldError("--people", self.people, expected)
        drawn = {"people": self.people, "seed": self.seed, "engine": self.engine}
        return super().changes() | {name: value for name, value in drawn.items() if value is not None}


@dataclass(frozen=True, kw_only=True)
class TableFlags:
    """How to read what an event table leaves open."""

    covariates: Annotated[
        Literal["locf", "nocb"] | None,
        _option("--covariates", "Covariates that change: carried forward or, as NONMEM does, backward.", _TABLE),
    ] = None
    form: Annotated[
        str | None, _option("--form", "Molecule of every dose, where there is no FORM.", _TABLE, metavar="FORM")
    ] = None
    route: Annotated[
        str | None, _option("--route", "Route of every dose without ROUTE or CMT.", _TABLE, metavar="ROUTE")
    ] = None
    restart_after_reset: Annotated[
        bool, _option("--restart-after-reset", "TIME may start again at EVID 3 or 4.", _TABLE)
    ] = False
    sex_codes: Annotated[
        str | None, _option("--sex-codes", "What numbers in SEX mean: 0=male,1=female.", _TABLE, metavar="CODES")
    ] = None


@dataclass(frozen=True, kw_only=True)
class OutputFlags:
    """What to write beside the summary."""

    report: Annotated[
        Path | None, _option("--report", "Report of the course, one HTML file.", _OUTPUT, metavar="FILE")
    ] = None
    compare: Annotated[
        bool, _option("--compare", "In the report, other PK models built for this course beside it.", _OUTPUT)
    ] = False
    figures: Annotated[
        Path | None, _option("--figures", "Folder for one picture per figure.", _OUTPUT, metavar="DIR")
    ] = None
    picture: Annotated[
        Literal["png", "pdf"], typer.Option("--format", help="Of the pictures.", rich_help_panel=_OUTPUT)
    ] = "png"
    csv: Annotated[Path | None, _option("--csv", "All series over time.", _OUTPUT, metavar="FILE")] = None
    parquet: Annotated[Path | None, _option("--parquet", "The same as Parquet.", _OUTPUT, metavar="FILE")] = None
    netcdf: Annotated[
        Path | None, _option("--netcdf", "The same as NetCDF, virtual people included.", _OUTPUT, metavar="FILE")
    ] = None
    out: Annotated[
        list[Path] | None,
        _option(
            "--out", "Any of these by its suffix: .html .csv .parquet .nc; may be repeated.", _OUTPUT, metavar="FILE"
        ),
    ] = None
    as_json: Annotated[bool, _option("--json", "Print everything as JSON, and nothing else.", _OUTPUT)] = False
    only_doses: Annotated[bool, _option("--doses", "Print the doses row by row and stop.", _OUTPUT)] = False


def listed(names: str) -> tuple[str, ...]:
    """Names between commas; ``none`` is no names."""
    found = tuple(name.strip() for name in names.split(",") if name.strip())
    return () if found == ("none",) else found


def _outcomes(names: str) -> tuple[str, ...]:
    """Names between commas; ``all`` is every outcome of the library."""
    found = listed(names)
    if found != ("all",):
        return found
    from kinetamine import catalogue

    return catalogue.names("outcomes")


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError as error:
        raise FieldError("--set", text, "a name and a number, such as EXP_CL=1") from error
