"""What a course may do beside its purpose: adverse events by session, and exposure against published harm.

Nothing here is fitted to a person. Frequencies are those of the trials whose product, route, dose and age fit; where
none fits there is no number. Exposure is compared with published exposures, as ratios; it is not turned into a risk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.engine.events import Event, Form
from kinetamine.engine.harm import AdverseEvent, Harm, Probability
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.person import Person
from kinetamine.engine.visit import DAY_H, Visit, Weekly, busiest, drug_days, visits


@dataclass(frozen=True, kw_only=True)
class AdverseEventRow:
    """One event of one table over a course.

    Attributes:
        product: the table it comes from.
        in_session: share of people with it in each session, in order.
        at_least_once: over all sessions of the course.
        background: the same in the trial's control arm; ``excess`` the difference. None where there is none.
        extrapolated: the course goes on beyond the sessions that were counted.
    """

    event: AdverseEvent
    product: Harm
    in_session: tuple[Probability, ...]
    at_least_once: Probability
    background: Probability | None
    excess: Probability | None
    extrapolated: bool
    note: str


@dataclass(frozen=True, kw_only=True)
class AdverseEventTable:
    """The adverse events to be expected over a course, from every table that fits it.

    Attributes:
        sessions: of the course.
        first_session: its number in the person's life, from 1.
        tables: those that fit.
        outside: name of each other table, and why it does not fit.
        text: what there is, in one or two sentences.

    Intervals hold the trial's size only, not how far trials differ (``disagreements``), nor decline and correlation.
    """

    sessions: int
    first_session: int
    rows: tuple[AdverseEventRow, ...]
    tables: tuple[Harm, ...]
    outside: Mapping[str, tuple[str, ...]]
    text: str

    @property
    def references(self) -> tuple[Reference, ...]:
        """What the tables rest on, each once."""
        return tuple(dict.fromkeys(reference for table in self.tables for reference in table.references))

    @property
    def disagreements(self) -> tuple[str, ...]:
        """Where several tables count the same event, from the lowest to the highest, in words."""
        found: dict[str, list[AdverseEventRow]] = {}
        for row in self.rows:
            found.setdefault(row.event.name, []).append(row)
        return tuple(_disagreement(rows) for rows in found.values() if len(rows) > 1)


def adverse_events(events: Iterable[Event], person: Person) -> AdverseEventTable:
    """The adverse events of a course, from the tables of the library that fit its doses and the person.

    Raises:
        FieldError: there is no dose, or a record stands for doses that it does not state.
    """
    given = visits(events)
    first = int(person.previous_sessions) + 1
    outside = {table.name: table.reasons_outside(given, person) for table in catalogue.load_all("harms")}
    tables = tuple(table for table in catalogue.load_all("harms") if not outside[table.name])
    rows = tuple(_row(table, event, given, first) for table in tables for event in table.events)
    return AdverseEventTable(
        sessions=len(given),
        first_session=first,
        rows=rows,
        tables=tables,
        outside={name: reasons for name, reasons in outside.items() if reasons},
        text=_text(tables, outside),
    )


def _row(table: Harm, event: AdverseEvent, given: tuple[Visit, ...], first: int) -> AdverseEventRow:
    risk, last = table.risk(event.name), first + len(given) - 1
    return AdverseEventRow(
        event=event,
        product=table,
        in_session=tuple(risk.in_session(session) for session in range(first, last + 1)),
        at_least_once=risk.at_least_once(first, last),
        background=risk.background(first, last),
        excess=risk.excess(first, last),
        extrapolated=last > table.sessions,
        note=" ".join(_row_notes(table, event, given, last)),
    )


def _row_notes(table: Harm, event: AdverseEvent, given: tuple[Visit, ...], last: int) -> Iterable[str]:
    if last > table.sessions:
        yield f"Counted over {table.sessions} session{'s' * (table.sessions > 1)}; later ones follow the law."
    days = (given[-1].start_h - given[0].start_h) / DAY_H
    if table.sessions > 1 and len(given) > 1:
        counted, here = table.days / table.sessions, days / (len(given) - 1)
        if not 0.5 * counted <= here <= 1.5 * counted:
            yield f"Counted with a session every {counted:.1f} days, here every {here:.1f}."
    if event.first_week is None:
        yield "No first week was counted: how sessions share the total is assumed."
    if event.control is None:
        yield f"No background: the control was {table.control_arm}, or no figure was read."
    if event.scale_measured:
        yield "Measured at fixed times, not reported: not to be compared with reported events."


def _text(tables: tuple[Harm, ...], outside: Mapping[str, tuple[str, ...]]) -> str:
    if tables:
        word = "table fits" if len(tables) == 1 else "tables fit"
        listed = "; ".join(f"{table.title} ({table.product}, {table.people} people)" for table in tables)
        return f"{len(tables)} {word} these doses and this person: {listed}."
    known = catalogue.load_all("harms")
    listed = "; ".join(f"{table.product}, {table.title} ({'; '.join(outside[table.name])})" for table in known)
    return f"No table covers these doses and this person, and no frequency is guessed. There are: {listed}."


def _disagreement(rows: list[AdverseEventRow]) -> str:
    ordered = sorted(rows, key=lambda row: row.at_least_once.value)
    low, high = ordered[0], ordered[-1]
    return (
        f"{low.event.title}: {100.0 * low.at_least_once.value:.0f} % ({low.product.name}) to "
        f"{100.0 * high.at_least_once.value:.0f} % ({high.product.name})."
    )


HARDING = Reference(
    key="harding_2025",
    authors="Harding, RE and Barton, T and Niepceron, M and others and Morgan, CJA",
    title="The landscape of ketamine use disorder: patient experiences and perspectives on current treatment options",
    journal="Addiction",
    year=2025,
    volume="120",
    pages="1970-1979",
    doi="10.1111/add.70073",
    pmid="40294641",
)
WINSTOCK = Reference(
    key="winstock_2012",
    authors="Winstock, AR and Mitcheson, L and Gillatt, DA and Cottrell, AM",
    title="The prevalence and natural history of urinary symptoms among recreational ketamine users",
    journal="BJU International",
    year=2012,
    volume="110",
    pages="1762-1766",
    doi="10.1111/j.1464-410X.2012.11028.x",
    pmid="22416998",
)
LI = Reference(
    key="li_2019_survey",
    authors="Li, CC and Wu, ST and Cha, TL and Sun, GH and Yu, DS and Meng, E",
    title="A survey for ketamine abuse and its relation to the lower urinary tract symptoms in Taiwan",
    journal="Scientific Reports",
    year=2019,
    doi="10.1038/s41598-019-43746-x",
    pmid="31076629",
)
STROUS = Reference(
    key="strous_2022",
    authors="Strous, JFM and Weeland, CJ and van der Draai, FA and others and Figee, M",
    title="Brain changes associated with long-term ketamine abuse, a systematic review",
    journal="Frontiers in Neuroanatomy",
    year=2022,
    doi="10.3389/fnana.2022.795231",
    pmid="35370568",
)
CURRAN = Reference(
    key="morgan_2012",
    authors="Morgan, CJA and Curran, HV",
    title="Ketamine use: a review",
    journal="Addiction",
    year=2012,
    volume="107",
    pages="27-38",
    doi="10.1111/j.1360-0443.2011.03576.x",
)
SUSTAIN_2 = Reference(
    key="wajs_2020",
    authors="Wajs, E and Aluisio, L and Holder, R and others",
    title="Esketamine nasal spray plus oral antidepressant in patients with treatment-resistant depression: assessment "
    "of long-term safety in a phase 3, open-label study (SUSTAIN-2)",
    journal="Journal of Clinical Psychiatry",
    year=2020,
    doi="10.4088/JCP.19m12891",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC7387766/",
)
SUSTAIN_3 = Reference(
    key="zaki_2025",
    authors="Zaki, N and others",
    title="Safety and efficacy with esketamine in treatment-resistant depression: long-term extension study",
    journal="International Journal of Neuropsychopharmacology",
    year=2025,
    doi="10.1093/ijnp/pyaf027",
    pmid="40319349",
)

URINARY = Reference(
    key="janssen_2025_urinary",
    authors="{Johnson and Johnson medical information}",
    title="Adverse event of SPRAVATO: urinary disorders",
    journal="",
    year=2025,
    url="https://jnjmedicalconnect.com/products/spravato/medical-content/adverse-event-of-spravato-urinary-disorders",
)
EXCLUSIONS = Reference(
    key="janssen_2025_transform_three",
    authors="{Janssen Research and Development}",
    title="TRANSFORM-3 (NCT02422186): adverse events, ClinicalTrials.gov",
    journal="",
    year=2025,
    url="https://clinicaltrials.gov/study/NCT02422186",
)
LIKING = Reference(
    key="janssen_2017_abuse_potential",
    authors="{Janssen Research and Development}",
    title="Abuse potential of intranasal esketamine and intravenous ketamine in recreational users (NCT02682225)",
    journal="",
    year=2017,
    url="https://clinicaltrials.gov/study/NCT02682225",
)

_MONTH_D = 365.25 / 12.0
_DAILY = Estimate(
    7.0,
    "d",
    CURRAN,
    "abstract: frequent, daily use",
    Provenance.DERIVED,
    "days of use a week in the people whose memory and bladder were found harmed",
)
_DISORDER_MG = Estimate(
    2000.0, "mg/d", HARDING, "abstract: 2.0 g a day on average, n = 274", Provenance.MEASURED, "of what was bought"
)
_TRIAL_MG = Estimate(
    2.0 * 56.0 * 84.0,
    "mg",
    SUSTAIN_2,
    "abstract: twice a week for 4 weeks, weekly or every other week for 48",
    Provenance.DERIVED,
    "the most that its schedule allows in a year: 56 sessions of 84 mg esketamine, doubled to racemate",
)
_TRIAL_DAYS = Estimate(
    42.9 * _MONTH_D, "d", SUSTAIN_3, "abstract: mean exposure 42.9 months, n = 1148", Provenance.MEASURED
)


@dataclass(frozen=True)
class Comparison:
    """One measure of a course beside the same measure of a published exposure."""

    measure: str
    here: float
    reference: Estimate
    about: str

    @property
    def ratio(self) -> float:
        """Here over the reference."""
        return self.here / self.reference.value

    @property
    def sentence(self) -> str:
        """For example ``Amount a day: 48 mg/d, 0.024 of 2000 mg/d (people with ketamine use disorder ...)``."""
        return (
            f"{self.measure}: {self.here:.4g} {self.reference.unit}, {self.ratio:.2g} of "
            f"{self.reference.value:.4g} {self.reference.unit} ({self.about}; {self.reference.source.short()})."
        )


@dataclass(frozen=True, kw_only=True)
class ExposureIndex:
    """How much of the drug a course gives, and how that compares with exposures whose consequences were published.

    Attributes:
        as_given_mg: mg of base by form.
        racemic_mg: mg of the racemate that holds as much of the enantiomer given; esketamine counts twice.
        racemic_mg_per_kg: the same per kg; None where the weight is not known.
        sessions_per_week, drug_days_per_week, racemic_mg_per_day: in the busiest weeks, at most four.
        drug_days: those with drug, of all.
        statements: what the ratios cannot say.
    """

    as_given_mg: Mapping[Form, float]
    racemic_mg: float
    racemic_mg_per_kg: float | None
    sessions: int
    sessions_per_week: float
    drug_days_per_week: float
    racemic_mg_per_day: float
    drug_days: int
    bladder: tuple[Comparison, ...]
    cognition: tuple[Comparison, ...]
    misuse: tuple[Comparison, ...]
    statements: tuple[str, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Where the exposures and what the statements say were published."""
        return (HARDING, WINSTOCK, LI, STROUS, CURRAN, SUSTAIN_2, SUSTAIN_3, URINARY, EXCLUSIONS, LIKING)


def exposure_index(events: Iterable[Event], person: Person) -> ExposureIndex:
    """The exposure of a course beside published ones, for bladder, cognition and misuse.

    Raises:
        FieldError: there is no dose, or a record stands for doses that it does not state.
    """
    given = visits(events)
    doses = [dose for visit in given for dose in visit.doses]
    as_given = {form: sum(dose.amount_mg for dose in doses if dose.form is form) for form in Form}
    racemic = sum(visit.racemic_mg for visit in given)
    busy = busiest(given)
    days = max((max(visit.end_h for visit in given) - given[0].start_h) / DAY_H, 1.0)
    bladder, cognition, misuse = _comparisons(racemic, days, busy)
    return ExposureIndex(
        as_given_mg={form: amount for form, amount in as_given.items() if amount > 0.0},
        racemic_mg=racemic,
        racemic_mg_per_kg=None if person.weight_kg is None else racemic / person.weight_kg,
        sessions=len(given),
        sessions_per_week=busy.sessions,
        drug_days_per_week=busy.drug_days,
        racemic_mg_per_day=busy.racemic_mg / 7.0,
        drug_days=len(drug_days(given)),
        bladder=bladder,
        cognition=cognition,
        misuse=misuse,
        statements=STATEMENTS,
    )


STATEMENTS = (
    (
        "No probability of addiction can be given. The trials excluded people with substance use disorders, and with "
        "a lifetime one of ketamine, PCP, LSD or MDMA; no incidence in patients could be found; and liking a drug "
        "once, which recreational users were asked about at these doses, is not dependence."
    ),
    "Ratios compare amounts and days, not risks: a ratio of 0.1 is not a tenth of a risk.",
    "Street drug is of unknown purity and mostly sniffed; how much arrives is not the same by every route.",
    "Which enantiomer harms the bladder is not known; esketamine counts double, the higher of two readings.",
    (
        "In trials to 6.5 years no interstitial cystitis was put down to esketamine, but urinary symptoms were "
        "commoner than on placebo, and five cases stand in the FDA's reports to 2023; more than a quarter of "
        "recreational users report symptoms, more with dose and frequency."
    ),
    "Beyond one year of intermittent treatment cognition was followed in open trials only.",
)


def _comparisons(racemic: float, days: float, busy: Weekly) -> tuple[tuple[Comparison, ...], ...]:
    """For bladder, cognition and misuse."""
    per_day = busy.racemic_mg / 7.0
    amount, often = "Amount a day, racemate, busiest weeks", "Days with drug a week, busiest weeks"
    whole, long = "Amount in all, racemate", "Days of treatment"
    onset = Estimate(24.67 * _MONTH_D, "d", LI, "abstract: onset after 24.67 (SD 26.36) months", Provenance.MEASURED)
    brain = Estimate(2400.0, "mg/d", STROUS, "abstract: mean use 2.4 g a day, 440 users", Provenance.MEASURED)
    years = Estimate(2.0 * 365.25, "d", STROUS, "abstract: 2 to 9.7 years of use", Provenance.MEASURED)
    in_trial = Comparison(whole, racemic, _TRIAL_MG, "one year of supervised esketamine at the trial's most")
    disorder = "people who call their use a disorder, 60 % of them with bladder problems"
    return (
        (
            Comparison(amount, per_day, _DISORDER_MG, disorder),
            Comparison(often, busy.drug_days, _DAILY, "frequent users"),
            Comparison(long, days, onset, "use until urinary symptoms began"),
            Comparison(long, days, _TRIAL_DAYS, "mean of a trial without drug-related interstitial cystitis"),
            in_trial,
        ),
        (
            Comparison(amount, per_day, brain, "users with changes of the brain"),
            Comparison(often, busy.drug_days, _DAILY, "frequent users, with deficits of memory"),
            Comparison(long, days, years, "shortest mean use in studies of the brain"),
            in_trial,
        ),
        (
            Comparison(amount, per_day, _DISORDER_MG, disorder),
            Comparison(often, busy.drug_days, _DAILY, "frequent users, many concerned about addiction"),
            in_trial,
        ),
    )
