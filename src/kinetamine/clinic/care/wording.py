"""The questions of forms whose holders let anybody reproduce them, in the forms' own words; of others, nothing.

Words of the PHQ-9 and the GAD-7 as on the forms that Pfizer released, of the PCL-5 as on the form of the US National
Center for PTSD; each held against two public copies or more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

_OFTEN = ("Not at all", "Several days", "More than half the days", "Nearly every day")
_MUCH = ("Not at all", "A little bit", "Moderately", "Quite a bit", "Extremely")
_TWO_WEEKS = "Over the last 2 weeks, how often have you been bothered by the following problems?"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """A form in its own words.

    Attributes:
        lead: what stands above the questions, by recall.
        questions: by item.
        answers: what 0, 1, 2 and so on are called; empty where the numbers speak for themselves.
        others: items with answers of their own.
        ends: what the lowest and the highest number mean, where numbers speak for themselves.
    """

    lead: Mapping[str, str]
    questions: Mapping[str, str]
    answers: tuple[str, ...] = ()
    others: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ends: tuple[str, str] = ("", "")

    def called(self, item: str) -> tuple[str, ...]:
        """The answers of one item, from the lowest number on."""
        return self.others.get(item, self.answers)


def _numbered(*questions: str) -> Mapping[str, str]:
    return {str(place): text for place, text in enumerate(questions, start=1)}


WORDING: Mapping[str, Wording] = {
    "phq9": Wording(
        lead={"2 weeks": _TWO_WEEKS},
        questions=_numbered(
            "Little interest or pleasure in doing things",
            "Feeling down, depressed, or hopeless",
            "Trouble falling or staying asleep, or sleeping too much",
            "Feeling tired or having little energy",
            "Poor appetite or overeating",
            "Feeling bad about yourself – or that you are a failure or have let yourself or your family down",
            "Trouble concentrating on things, such as reading the newspaper or watching television",
            "Moving or speaking so slowly that other people could have noticed? Or the opposite – being so fidgety or "
            "restless that you have been moving around a lot more than usual",
            "Thoughts that you would be better off dead or of hurting yourself in some way",
            "If you checked off any problems, how difficult have these problems made it for you to do your work, take "
            "care of things at home, or get along with other people?",
        ),
        answers=_OFTEN,
        others={"10": ("Not difficult at all", "Somewhat difficult", "Very difficult", "Extremely difficult")},
    ),
    "gad7": Wording(
        lead={"2 weeks": _TWO_WEEKS},
        questions=_numbered(
            "Feeling nervous, anxious or on edge",
            "Not being able to stop or control worrying",
            "Worrying too much about different things",
            "Trouble relaxing",
            "Being so restless that it is hard to sit still",
            "Becoming easily annoyed or irritable",
            "Feeling afraid as if something awful might happen",
        ),
        answers=_OFTEN,
    ),
    "pcl5": Wording(
        lead={
            "1 month": "In the past month, how much were you bothered by:",
            "1 week": "In the past week, how much were you bothered by:",
        },
        questions=_numbered(
            "Repeated, disturbing, and unwanted memories of the stressful experience?",
            "Repeated, disturbing dreams of the stressful experience?",
            "Suddenly feeling or acting as if the stressful experience were actually happening again (as if you were "
            "actually back there reliving it)?",
            "Feeling very upset when something reminded you of the stressful experience?",
            "Having strong physical reactions when something reminded you of the stressful experience (for example, "
            "heart pounding, trouble breathing, sweating)?",
            "Avoiding memories, thoughts, or feelings related to the stressful experience?",
            "Avoiding external reminders of the stressful experience (for example, people, places, conversations, "
            "activities, objects, or situations)?",
            "Trouble remembering important parts of the stressful experience?",
            "Having strong negative beliefs about yourself, other people, or the world (for example, having thoughts "
            "such as: I am bad, there is something seriously wrong with me, no one can be trusted, the world is "
            "completely dangerous)?",
            "Blaming yourself or someone else for the stressful experience or what happened after it?",
            "Having strong negative feelings such as fear, horror, anger, guilt, or shame?",
            "Loss of interest in activities that you used to enjoy?",
            "Feeling distant or cut off from other people?",
            "Trouble experiencing positive feelings (for example, being unable to feel happiness or have loving "
            "feelings for people close to you)?",
            "Irritable behavior, angry outbursts, or acting aggressively?",
            "Taking too many risks or doing things that could cause you harm?",
            "Being “superalert” or watchful or on guard?",
            "Feeling jumpy or easily startled?",
            "Having difficulty concentrating?",
            "Trouble falling or staying asleep?",
        ),
        answers=_MUCH,
    ),
    "pain_nrs": Wording(
        lead={
            "now": "How strong is your pain now?",
            "24 hours": "How strong was your pain in the last 24 hours, on average?",
            "1 week": "How strong was your pain in the last week, on average?",
        },
        questions={"pain": "Pain, from 0 to 10"},
        ends=("no pain", "the worst pain that you can imagine"),
    ),
}
"""By scale."""
