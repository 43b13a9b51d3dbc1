"""C-SSRS screener: six questions on suicidal thoughts and behaviour; a level of risk, never a total."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.scale import Alert, Item, Rater, Rights, Scale

POSNER = Reference(
    key="posner_2011",
    authors="Posner, K and Brown, GK and Stanley, B and Brent, DA and Yershova, KV and Oquendo, MA and Currier, GW and "
    "Melvin, GA and Greenhill, L and Shen, S and Mann, JJ",
    title="The Columbia-Suicide Severity Rating Scale: initial validity and internal consistency findings from three "
    "multisite studies with adolescents and adults",
    journal="American Journal of Psychiatry",
    year=2011,
    volume="168",
    pages="1266-1277",
    doi="10.1176/appi.ajp.2011.10111704",
)
_HIGH, _MODERATE = "high", "moderate"
_YES = Estimate(
    1.0,
    "1",
    POSNER,
    "triage of the screener",
    Provenance.DERIVED,
    "levels of risk as public copies of the form have them",
)
_TODAY = "A clinician assesses the risk today."
_AT_ONCE = "Stay with the person; a clinician assesses the risk now, before anything else."


def risk(answers: Mapping[str, int | None]) -> str:
    """The level of risk, as the triage form has it; empty where what was answered leaves it open.

    Questions 3 to 5 are asked only after a yes to 2: unasked, they count as no.
    """
    if _yes(answers, "4") or _yes(answers, "5") or _yes(answers, "6_recent"):
        return _HIGH
    asked = ("3", "4", "5") if answers["2"] != 0 else ()
    behaviour = ("6_recent",) if _yes(answers, "6") else ("6",)
    if any(answers[one] is None for one in ("1", "2", *asked, *behaviour)):
        return ""
    if _yes(answers, "3") or _yes(answers, "6"):
        return _MODERATE
    return "low" if _yes(answers, "1") or _yes(answers, "2") else "none"


def _yes(answers: Mapping[str, int | None], item: str) -> bool:
    return answers[item] == 1


ENTRY = Scale(
    name="cssrs_screener",
    title="Columbia Suicide Severity Rating Scale, screener",
    version="screener with triage, recent",
    references=(POSNER,),
    rater=Rater.CLINICIAN,
    recall=("1 month; behaviour 3 months", "since last contact"),
    items=(
        Item("1", "wish to be dead", 0, 1),
        Item("2", "thoughts of suicide", 0, 1),
        Item("3", "thoughts of a method", 0, 1),
        Item("4", "some intent", 0, 1),
        Item("5", "intent with a plan", 0, 1),
        Item("6", "behaviour, ever", 0, 1),
        Item("6_recent", "behaviour, past three months", 0, 1),
    ),
    has_total=False,
    categorise=risk,
    alerts=(
        Alert("3", _YES, _TODAY),
        Alert("4", _YES, _AT_ONCE),
        Alert("5", _YES, _AT_ONCE),
        Alert("6", _YES, _TODAY),
        Alert("6_recent", _YES, _AT_ONCE),
    ),
    rights=Rights.FIXED,
    holder="Research Foundation for Mental Hygiene",
    register="Columbia Lighthouse Project: free to use, in its own words",
    notes=("Answers: 0 no, 1 yes. 3 to 5 are asked only after a yes to 2.",),
)
