"""Codes of other people's terminologies: each with its name and where the pair was read; what has none is ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
ATC = "http://www.whocc.no/atc"
UCUM = "http://unitsofmeasure.org"
OWN_SCALES = "urn:kinetamine:scale"
"""Scales without a code of their own that we know of: MADRS, CADSS and MOAA/S."""
_HL7 = "http://terminology.hl7.org/CodeSystem"


@dataclass(frozen=True)
class Code:
    """One code.

    Attributes:
        display: as its terminology prints it.
        where: the public text in which code and name stood together; for HL7's own, its specification.
        item: wording of a question, where it may be reproduced.
    """

    system: str
    code: str
    display: str
    where: str
    item: str = ""

    @property
    def coding(self) -> dict[str, str]:
        """As FHIR writes it."""
        return {"system": self.system, "code": self.code, "display": self.display}


def concept(*codes: Code, text: str = "") -> dict[str, object]:
    """One thing under one or several codes, and in words."""
    found: dict[str, object] = {"coding": [one.coding for one in codes]} if codes else {}
    return found | ({"text": text} if text else {})


def hl7(name: str, code: str, display: str) -> Code:
    """A code of the FHIR specification itself."""
    return Code(f"{_HL7}/{name}", code, display, "FHIR 4.0.1")


def _loinc(code: str, display: str, where: str, item: str = "") -> Code:
    return Code(LOINC, code, display, where, item)


_VITAL = "FHIR 4.0.1, profile of vital signs"
BLOOD_PRESSURE = _loinc("85354-9", "Blood pressure panel with all children optional", _VITAL)
SIGNS: Mapping[str, tuple[Code, ...]] = {
    "systolic": (_loinc("8480-6", "Systolic blood pressure", _VITAL),),
    "diastolic": (_loinc("8462-4", "Diastolic blood pressure", _VITAL),),
    "heart_rate": (_loinc("8867-4", "Heart rate", _VITAL),),
    "respiratory_rate": (_loinc("9279-1", "Respiratory rate", _VITAL),),
    "spo2": (
        _loinc("2708-6", "Oxygen saturation in Arterial blood", _VITAL),
        _loinc("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry", "US Core, pulse oximetry"),
    ),
    "weight_kg": (_loinc("29463-7", "Body weight", _VITAL),),
    "temperature": (_loinc("8310-5", "Body temperature", _VITAL),),
    "moaas": (Code(OWN_SCALES, "moaas", "MOAA/S, alertness 0 to 5", "no LOINC code found"),),
}
"""What is read, by the name it is kept under."""
UNITS: Mapping[str, tuple[str, str]] = {
    "systolic": ("mm[Hg]", "mmHg"),
    "diastolic": ("mm[Hg]", "mmHg"),
    "heart_rate": ("/min", "beats/min"),
    "respiratory_rate": ("/min", "breaths/min"),
    "spo2": ("%", "%"),
    "weight_kg": ("kg", "kg"),
    "temperature": ("Cel", "°C"),
    "moaas": ("{score}", "points"),
}
"""UCUM, and as it is printed."""

_PHQ9 = "form of LOINC panel 44249-1 as a public assessment table has it"
_GAD7 = "form of LOINC panel 69737-5 as a public assessment table has it"
_CSSRS = "HL7 US Behavioral Health Profiles, example of the screener"
PANELS: Mapping[str, Code] = {
    "phq9": _loinc("44249-1", "PHQ-9 quick depression assessment panel [Reported.PHQ]", "loinc.org panel"),
    "gad7": _loinc("69737-5", "Generalized anxiety disorder 7 item (GAD-7)", "a public questionnaire of that panel"),
    "pcl5": _loinc("101697-1", "PTSD Checklist for DSM-5 (PCL-5)", "an instruments page checked on tx.fhir.org"),
    "cssrs_screener": _loinc("93373-9", "Columbia - suicide severity rating scale screener - recent [C-SSRS]", _CSSRS),
}
TOTALS: Mapping[str, Code] = {
    "phq9": _loinc("44261-6", "Patient health questionnaire 9 item total score", _PHQ9),
    "gad7": _loinc("70274-6", "Generalized anxiety disorder 7 item (GAD-7) total score [Reported.PHQ]", _GAD7),
    "pcl5": _loinc("101698-9", "PTSD PCL-5 score [PCL-5]", "an instruments page checked on tx.fhir.org"),
    "pain_nrs": _loinc(
        "72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "a public profile of pain severity"
    ),
    "cssrs_screener": _loinc("93374-7", "Suicide risk level", _CSSRS),
    "madrs": Code(OWN_SCALES, "madrs", "MADRS, total", "no LOINC code found"),
    "cadss": Code(OWN_SCALES, "cadss", "CADSS, total", "no LOINC code found"),
    "moaas": Code(OWN_SCALES, "moaas", "MOAA/S, alertness 0 to 5", "no LOINC code found"),
}
"""What a scale comes to, by its name."""


def _questions(where: str, *pairs: tuple[str, str]) -> dict[str, Code]:
    return {str(number): _loinc(code, text, where, text) for number, (code, text) in enumerate(pairs, start=1)}


ITEMS: Mapping[str, Mapping[str, Code]] = {
    "phq9": _questions(
        _PHQ9,
        ("44250-9", "Little interest or pleasure in doing things"),
        ("44255-8", "Feeling down, depressed, or hopeless"),
        ("44259-0", "Trouble falling or staying asleep, or sleeping too much"),
        ("44254-1", "Feeling tired or having little energy"),
        ("44251-7", "Poor appetite or overeating"),
        (
            "44258-2",
            "Feeling bad about yourself-or that you are a failure or have let yourself or your family down",
        ),
        ("44252-5", "Trouble concentrating on things, such as reading the newspaper or watching television"),
        (
            "44253-3",
            (
                "Moving or speaking so slowly that other people could have noticed. Or the opposite-being so fidgety "
                "or restless that you have been moving around a lot more than usual"
            ),
        ),
        ("44260-8", "Thoughts that you would be better off dead, or of hurting yourself in some way"),
        (
            "69722-7",
            (
                "How difficult have these problems made it for you to do your work, take care of things at home, or "
                "get along with other people?"
            ),
        ),
    ),
    "gad7": _questions(
        _GAD7,
        ("69725-0", "Feeling nervous, anxious or on edge"),
        ("68509-9", "Not being able to stop or control worrying"),
        ("69733-4", "Worrying too much about different things"),
        ("69734-2", "Trouble relaxing"),
        ("69735-9", "Being so restless that it is hard to sit still"),
        ("69689-8", "Becoming easily annoyed or irritable"),
        ("69736-7", "Feeling afraid as if something awful might happen"),
    ),
    "cssrs_screener": {
        name: _loinc(code, display, _CSSRS)
        for name, code, display in (
            ("1", "93246-7", "Wish to be dead"),
            ("2", "93247-5", "Non-specific active suicidal thoughts"),
            ("3", "93248-3", "Active ideation with methods, no intent"),
            ("4", "93249-1", "Active ideation with some intent"),
            ("5", "93250-9", "Active ideation with specific plan and intent"),
            ("6", "93267-3", "Suicidal behavior, ever"),
            ("6_recent", "93269-9", "Suicidal behavior within the past 3 months"),
        )
    },
}
"""Questions by scale and item. The screener's wording is fixed and not ours to print: its names are short ones."""
_ANSWERS = "LOINC answers of PHQ-9 and GAD-7 as public questionnaires have them"
FREQUENCY: tuple[Code, ...] = (
    _loinc("LA6568-5", "Not at all", _ANSWERS),
    _loinc("LA6569-3", "Several days", _ANSWERS),
    _loinc("LA6570-1", "More than half the days", _ANSWERS),
    _loinc("LA6571-9", "Nearly every day", _ANSWERS),
)
"""Answers 0 to 3 of PHQ-9 and GAD-7; the tenth item of PHQ-9 has others, and is written as its number."""

_DRUGS = "conventions of this project, section 5.3: two public files each"
KETAMINE = (
    Code(RXNORM, "6130", "ketamine", _DRUGS),
    Code(ATC, "N01AX03", "ketamine", _DRUGS),
)
ESKETAMINE = (Code(ATC, "N06AX27", "esketamine", _DRUGS),)
ESKETAMINE_SPRAY = (Code(RXNORM, "2201623", "esketamine nasal spray", "ndclist.com, RxNorm June 2026"), *ESKETAMINE)
_ROUTE = "a public value set of routes with their names"
ROUTES: Mapping[str, Code] = {
    name: Code(SNOMED, code, display, _ROUTE)
    for name, code, display in (
        ("intravenous", "47625008", "Intravenous route"),
        ("intramuscular", "78421000", "Intramuscular route"),
        ("intranasal", "46713006", "Nasal route"),
        ("oral", "26643006", "Oral route"),
        ("sublingual", "37839007", "Sublingual route"),
        ("subcutaneous", "34206005", "Subcutaneous route"),
        ("buccal", "54471007", "Buccal route"),
        ("oromucosal", "372473007", "Oromucosal route"),
        ("rectal", "37161004", "Rectal route"),
    )
}
CONDITIONS: Mapping[str, Code] = {
    "depression": Code(SNOMED, "370143000", "Major depressive disorder", "conventions, section 5.3"),
    "ptsd": Code(SNOMED, "47505003", "Posttraumatic stress disorder", "conventions, section 5.3"),
    "anxiety": Code(SNOMED, "21897009", "Generalized anxiety disorder", "conventions, section 5.3"),
    "pain": Code(SNOMED, "82423001", "Chronic pain", "conventions, section 5.3"),
    "resistant": Code(SNOMED, "1153570009", "Treatment resistant depression", "two public code lists"),
}
RESTRICTED = hl7("v3-Confidentiality", "R", "restricted")
PSYCHIATRY = hl7("v3-ActCode", "PSY", "psychiatry disorder information sensitivity")
SUBSTANCES = hl7("v3-ActCode", "ETH", "substance abuse information sensitivity")
VITAL_SIGNS = hl7("observation-category", "vital-signs", "Vital Signs")
SURVEY = hl7("observation-category", "survey", "Survey")
AMBULATORY = hl7("v3-ActCode", "AMB", "ambulatory")


def drug(words: str, route: str) -> tuple[Code, ...]:
    """What a drug in the clinic's words is called elsewhere."""
    if "esketamine" in words.casefold():
        return ESKETAMINE_SPRAY if route == "intranasal" else ESKETAMINE
    return KETAMINE


def every() -> tuple[Code, ...]:
    """All that are not HL7's own."""
    tables = (*SIGNS.values(), PANELS.values(), TOTALS.values(), *(one.values() for one in ITEMS.values()))
    more = (FREQUENCY, KETAMINE, ESKETAMINE_SPRAY, ROUTES.values(), CONDITIONS.values(), (BLOOD_PRESSURE,))
    return tuple(dict.fromkeys(one for table in (*tables, *more) for one in table))
