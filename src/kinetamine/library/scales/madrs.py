"""MADRS: ten items, rated by a clinician; the primary endpoint of most ketamine trials."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Alert, Band, Rater, Rights, Scale, numbered

MONTGOMERY = Reference(
    key="montgomery_1979",
    authors="Montgomery, SA and {\\AA}sberg, M",
    title="A new depression scale designed to be sensitive to change",
    journal="British Journal of Psychiatry",
    year=1979,
    volume="134",
    pages="382-389",
    doi="10.1192/bjp.134.4.382",
)
SNAITH = Reference(
    key="snaith_1986",
    authors="Snaith, RP and Harrop, FM and Newby, DA and Teale, C",
    title="Grade scores of the Montgomery-{\\AA}sberg Depression and the Clinical Anxiety Scales",
    journal="British Journal of Psychiatry",
    year=1986,
    volume="148",
    pages="599-601",
    doi="10.1192/bjp.148.5.599",
)
_TRIALS = "as trials of ketamine define it"
_TOPICS = (
    "apparent sadness",
    "reported sadness",
    "inner tension",
    "sleep",
    "appetite",
    "concentration",
    "lassitude",
    "inability to feel",
    "pessimism",
    "suicidal thoughts",
)

ENTRY = Scale(
    name="madrs",
    title="Montgomery-Åsberg Depression Rating Scale",
    version="MADRS, ten items",
    references=(MONTGOMERY, SNAITH),
    rater=Rater.CLINICIAN,
    recall=("1 week", "24 hours"),
    items=numbered(_TOPICS, 0, 6),
    bands=(Band("none", 0, 6), Band("mild", 7, 19), Band("moderate", 20, 34), Band("severe", 35, 60)),
    bands_source=SNAITH,
    numbers={
        "RESPONSE": Estimate(0.5, "fraction", MONTGOMERY, "fall from baseline", Provenance.ASSUMED, _TRIALS),
        "REMISSION": Estimate(10.0, "points", MONTGOMERY, "at most", Provenance.ASSUMED, f"{_TRIALS}, some of them"),
        "REMISSION_WIDE": Estimate(
            12.0, "points", MONTGOMERY, "at most", Provenance.ASSUMED, f"{_TRIALS}, those of esketamine"
        ),
    },
    alerts=(
        Alert(
            "10",
            Estimate(4.0, "points", MONTGOMERY, "item 10", Provenance.ASSUMED, "our choice; no threshold was read"),
            "Ask the C-SSRS screener now; a clinician assesses the risk today.",
        ),
    ),
    rights=Rights.ASK,
    holder="the authors and the British Journal of Psychiatry",
    register="no general permission was found",
    notes=("The 24-hour recall form is another instrument than the weekly one: its recall is stored with the score.",),
)
