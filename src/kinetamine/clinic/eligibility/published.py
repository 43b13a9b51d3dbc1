"""The rules that were read in labels and guidelines, and, switched off, those that are only recalled."""

from __future__ import annotations

from dataclasses import replace

from kinetamine.citation import Reference
from kinetamine.clinic.basis import (
    APA,
    ASRA,
    KETAMINE_LABEL,
    MAYO,
    PROJECT,
    SPRAVATO_LABEL,
    SPRAVATO_LABEL_2019,
    SPRAVATO_PRESSURE,
    Basis,
)
from kinetamine.clinic.eligibility.conditions import Above, AllOf, AnyOf, Below, Condition, Is
from kinetamine.clinic.eligibility.questions import QUESTIONS
from kinetamine.clinic.eligibility.rules import MOOD, Applies, Grade, Rule, RuleSet, Use
from kinetamine.engine.dose import ROUTES
from kinetamine.engine.events import Form
from kinetamine.engine.model import Estimate, Provenance

ESKETAMINE = Applies(forms=(Form.ESKETAMINE,))
SINGLE = Applies(forms=(Form.ESKETAMINE, Form.ARKETAMINE))
SPRAY = Applies(forms=(Form.ESKETAMINE,), routes=("intranasal",))
RACEMATE = Applies(forms=(Form.RACEMIC,))
PSYCHIATRIC = Applies(uses=(*MOOD, Use.ANXIETY, Use.PTSD))
_PARENTERAL = ("intravenous", "intramuscular", "subcutaneous")
INFUSED = Applies(routes=_PARENTERAL)
NOT_INJECTED = Applies(forms=(Form.RACEMIC,), routes=tuple(one for one in ROUTES if one not in _PARENTERAL))

_CONTRA = "section 4, contraindications"
_WARN = "section 5, warnings and precautions"
_LABEL_RULES = (
    ("aneurysm", "Aneurysmal vascular disease", "A rise of pressure may rupture a vessel."),
    ("arteriovenous_malformation", "Arteriovenous malformation", "A rise of pressure may rupture a vessel."),
    ("intracerebral_haemorrhage", "Haemorrhage in the brain, ever", "A rise of pressure may make it bleed again."),
    ("hypersensitivity", "Hypersensitivity", "The next exposure may be worse."),
)
_AS_HAZARD = Basis(
    KETAMINE_LABEL,
    "contraindications, as two public copies quote them",
    Provenance.DERIVED,
    "the label names the hazard of a rise in pressure; that this is one follows from the label of esketamine",
)


def _read(source: Reference, where: str, note: str = "") -> Basis:
    return Basis(source, where, Provenance.MEASURED, note)


def _limit(value: float, unit: str, source: Reference, where: str) -> Estimate:
    return Estimate(value, unit, source, where, Provenance.MEASURED)


def _rule(
    name: str, title: str, grade: Grade, reason: str, basis: Basis, applies: Applies, *, when: Condition | None = None
) -> Rule:
    """A rule that a plain yes meets, unless it says otherwise."""
    return Rule(name=name, title=title, grade=grade, when=when or Is(name), reason=reason, basis=basis, applies=applies)


_OF_ESKETAMINE = _read(SPRAVATO_LABEL, _CONTRA, "of esketamine; taken over for arketamine, which has no label")
_VESSELS = tuple(
    _rule(name, title, Grade.CONTRAINDICATED, reason, _OF_ESKETAMINE, SINGLE) for name, title, reason in _LABEL_RULES
) + tuple(
    _rule(
        f"{name}_racemic",
        title,
        Grade.CONTRAINDICATED,
        reason,
        _AS_HAZARD if name != "hypersensitivity" else _read(KETAMINE_LABEL, _CONTRA),
        RACEMATE,
        when=Is(name),
    )
    for name, title, reason in _LABEL_RULES
)

_HIGH = _read(SPRAVATO_PRESSURE, "guide for prescribers")
_PRESSURE = (
    _rule(
        "pressure_before",
        "Pressure before the dose above 140/90 mmHg",
        Grade.DECIDE,
        "Weigh whether to wait; a further rise of tens of mmHg must be expected.",
        _HIGH,
        Applies(),
        when=AnyOf(
            (
                Above("systolic_mmhg", _limit(140.0, "mmHg", SPRAVATO_PRESSURE, "guide, not a limit")),
                Above("diastolic_mmhg", _limit(90.0, "mmHg", SPRAVATO_PRESSURE, "guide, not a limit")),
            )
        ),
    ),
    _rule(
        "pressure_rise_hazard",
        "A marked rise of pressure would be a serious hazard",
        Grade.CONTRAINDICATED,
        "Ketamine raises pressure at every dose that works.",
        _read(KETAMINE_LABEL, _CONTRA, "as two public copies quote it"),
        Applies(),
    ),
    _rule(
        "hypertensive_encephalopathy",
        "Hypertensive encephalopathy, ever",
        Grade.CAUTION,
        "Even a small rise may bring it back: watch closely, symptoms included.",
        _read(SPRAVATO_LABEL, _WARN),
        Applies(),
    ),
)

_MIND = (
    _rule(
        "psychosis_history",
        "Psychosis, now or ever",
        Grade.DECIDE,
        "Dissociation may bring it back: treat only where the benefit outweighs that.",
        _read(SPRAVATO_LABEL_2019, "section 5.2"),
        Applies(),
    ),
    _rule(
        "substance_use_history",
        "A substance use disorder, now or ever",
        Grade.CAUTION,
        "The drug is misused: weigh the risk, and watch for it.",
        _read(SPRAVATO_LABEL_2019, "section 5.3"),
        Applies(),
    ),
)

_LIVER_AND_LIFE = (
    _rule(
        "hepatic_severe",
        "Severe hepatic impairment",
        Grade.DECIDE,
        "Not studied, and not recommended.",
        _read(SPRAVATO_LABEL_2019, "use in specific populations: the liver"),
        ESKETAMINE,
        when=Is("hepatic", "severe"),
    ),
    _rule(
        "hepatic_moderate",
        "Moderate hepatic impairment",
        Grade.CAUTION,
        "More drug for longer: observe longer.",
        _read(SPRAVATO_LABEL_2019, "use in specific populations: the liver"),
        ESKETAMINE,
        when=Is("hepatic", "moderate"),
    ),
    _rule(
        "pregnant",
        "Pregnancy",
        Grade.DECIDE,
        "May harm the fetus; not recommended.",
        _read(KETAMINE_LABEL, "section 8.1", "the label of esketamine says the same"),
        Applies(),
    ),
    _rule(
        "breast_feeding",
        "Breast-feeding",
        Grade.DECIDE,
        "The drug passes into milk; breast-feeding is not recommended during treatment.",
        _read(SPRAVATO_LABEL_2019, "use in specific populations: lactation"),
        Applies(),
    ),
    _rule(
        "under_age",
        "Under 18 years",
        Grade.DECIDE,
        "Not approved; antidepressants raise suicidal thoughts in the young.",
        _read(SPRAVATO_LABEL, "boxed warning"),
        Applies(),
        when=Below("age_y", _limit(18.0, "years", SPRAVATO_LABEL, "boxed warning")),
    ),
)

_WITH_DRUGS = (
    _rule(
        "depressants",
        "Depressants of the central nervous system",
        Grade.CAUTION,
        "Sedation and breathing may get much worse together.",
        _read(KETAMINE_LABEL, "section 7.3", "the label of esketamine warns of sedation"),
        Applies(),
    ),
    _rule(
        "stimulants",
        "Psychostimulants",
        Grade.CAUTION,
        "Pressure may rise further: watch it closely.",
        _read(SPRAVATO_LABEL, "drug interactions"),
        Applies(),
    ),
    _rule(
        "maoi",
        "A monoamine oxidase inhibitor",
        Grade.CAUTION,
        "Pressure may rise further: watch it closely.",
        _read(SPRAVATO_LABEL, "drug interactions"),
        Applies(),
    ),
    _rule(
        "sympathomimetics",
        "Sympathomimetics or vasopressin",
        Grade.CAUTION,
        "Vital signs must be watched closely.",
        _read(KETAMINE_LABEL, "section 7.2"),
        RACEMATE,
    ),
    _rule(
        "theophylline",
        "Theophylline or aminophylline",
        Grade.CONTRAINDICATED,
        "Together they may bring on seizures: not to be given together.",
        _read(KETAMINE_LABEL, "section 7.1"),
        RACEMATE,
    ),
)

_SAME_DAY = (
    _rule(
        "food",
        "Food within two hours before the spray",
        Grade.CAUTION,
        "Nausea and vomiting are common.",
        _read(MAYO, "proper use"),
        SPRAY,
        when=Below("since_food_min", _limit(120.0, "min", MAYO, "proper use")),
    ),
    _rule(
        "drink",
        "A drink within half an hour before the spray",
        Grade.CAUTION,
        "Nausea and vomiting are common.",
        _read(MAYO, "proper use"),
        SPRAY,
        when=Below("since_drink_min", _limit(30.0, "min", MAYO, "proper use")),
    ),
    _rule(
        "nasal_drug",
        "A nasal steroid or decongestant within an hour before the spray",
        Grade.CAUTION,
        "Less of the spray may be taken up.",
        _read(MAYO, "proper use"),
        SPRAY,
        when=AllOf((Is("nasal_drug_today"), Below("since_nasal_drug_min", _limit(60.0, "min", MAYO, "proper use")))),
    ),
)

_PAIN_NOTE = "written for chronic pain, read in two summaries; taken to hold for other uses of the same routes"
_CONSENSUS = _read(ASRA, "contraindications and precautions", _PAIN_NOTE)
_BY_CONSENSUS = (
    _rule(
        "poorly_controlled_heart_disease",
        "Poorly controlled cardiovascular disease",
        Grade.CONTRAINDICATED,
        "The heart must work harder under the drug.",
        _CONSENSUS,
        INFUSED,
    ),
    _rule(
        "psychosis_poorly_controlled",
        "Poorly controlled psychosis",
        Grade.DECIDE,
        "To be avoided in some of these.",
        _CONSENSUS,
        INFUSED,
    ),
    _rule(
        "hepatic_severe_infused",
        "Severe hepatic impairment",
        Grade.DECIDE,
        "To be avoided.",
        _CONSENSUS,
        INFUSED,
        when=Is("hepatic", "severe"),
    ),
    _rule(
        "hepatic_moderate_infused",
        "Moderate hepatic impairment",
        Grade.CAUTION,
        "Only with judgement, and watched.",
        _CONSENSUS,
        INFUSED,
        when=Is("hepatic", "moderate"),
    ),
    _rule(
        "raised_pressures",
        "Raised intracranial or intraocular pressure",
        Grade.DECIDE,
        "Not at all, or in lower doses with extreme caution; evidence of grade C.",
        _CONSENSUS,
        INFUSED,
        when=AnyOf((Is("raised_intracranial_pressure"), Is("raised_intraocular_pressure"))),
    ),
    _rule(
        "substance_misuse_active",
        "Active misuse of substances",
        Grade.CONTRAINDICATED,
        "No series of infusions.",
        _CONSENSUS,
        INFUSED,
    ),
)

_SAME_MOLECULE = Basis(
    ASRA,
    "contraindications and precautions",
    Provenance.DERIVED,
    "written for infusions; that the same molecule does it by every other route follows",
)
_BY_OTHER_ROUTES = tuple(
    replace(one, name=f"{one.name.removesuffix('_infused')}_racemic", basis=_SAME_MOLECULE, applies=NOT_INJECTED)
    for one in _BY_CONSENSUS
    if one.name in {"poorly_controlled_heart_disease", "raised_pressures", "hepatic_severe_infused"}
)

_SUMMARY = "summary at mdedge.com, evaluation before treatment"
_TO_BE_DONE = tuple(
    _rule(
        name.replace("_done", "_absent").replace("_scored", "_absent").replace("_known", "_absent"),
        title,
        Grade.MISSING,
        reason,
        _read(APA, _SUMMARY, "advice of a task force, not a standard"),
        PSYCHIATRIC,
        when=Is(name, answer=False),
    )
    for name, title, reason in (
        (
            "psychiatric_assessment_done",
            "No psychiatric assessment on record",
            "Benefit and risk cannot be weighed without it.",
        ),
        ("baseline_scored", "No severity before treatment on record", "Later scores cannot be read without it."),
        (
            "treatment_history_known",
            "No history of earlier treatments on record",
            "Whether this treatment is called for depends on it.",
        ),
    )
)

_RECALLED = tuple(
    Rule(
        name=name,
        title=title,
        grade=Grade.DECIDE,
        when=Is(name),
        reason="A common exclusion of trials; no source was read.",
        basis=Basis(PROJECT, "common exclusions", Provenance.UNVERIFIED, "recalled"),
        on=False,
    )
    for name, title in (
        ("unstable_angina", "Unstable angina"),
        ("recent_infarction", "A recent myocardial infarction"),
        ("hyperthyroidism", "Uncontrolled hyperthyroidism"),
        ("porphyria", "Porphyria"),
        ("mania", "Mania now"),
    )
)

PUBLISHED = RuleSet(
    name="labels and guidelines",
    version="3",
    questions=QUESTIONS,
    rules=(
        *_VESSELS,
        *_PRESSURE,
        *_MIND,
        *_LIVER_AND_LIFE,
        *_WITH_DRUGS,
        *_SAME_DAY,
        *_BY_CONSENSUS,
        *_BY_OTHER_ROUTES,
        *_TO_BE_DONE,
        *_RECALLED,
    ),
)
"""What the software looks at unless a clinic brings its own set."""
