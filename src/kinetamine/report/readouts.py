"""Panels of known readouts: title, quantity, and label and colour of each readout by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A panel of known readouts.

    Attributes:
        labels: by readout, what the panel calls it and its colour.
        slow: it moves over days, so that a picture of one session shows nothing.
        lines_only: people differ so widely that a band would hide the line.
    """

    key: str
    title: str
    quantity: str
    labels: Mapping[str, tuple[str, str]]
    from_zero: bool = True
    include: tuple[float, ...] = ()
    slow: bool = False
    lines_only: bool = False
    note: str = ""


_NEVER = ", never measured in people"
_DASHED = (
    "Dashed: what the nonspecific part (expectancy, attention, natural course) alone would leave; "
    "the distance from there to the line is the part the model gives to the drug or another treatment."
)
RULES = (
    Rule(
        "nmda",
        "NMDA receptor occupancy",
        "Receptors blocked",
        {"nmda_occupancy": ("Occupancy", "receptor")},
        include=(0.0, 10.0),
    ),
    Rule("dissociation", "Dissociation", "CADSS", {"cadss": ("CADSS", "acute")}, include=(0.0, 5.0)),
    Rule(
        "psychotomimetic",
        "Psychotomimetic rating",
        "Rating",
        {"psychotomimetic": ("Rating", "acute")},
        include=(0.0, 10.0),
    ),
    Rule(
        "sedation",
        "Sedation",
        "MOAA/S",
        {"sedation": ("MOAA/S", "acute2")},
        include=(0.0, 5.2),
        note="5 is awake, 0 is no response to a painful squeeze.",
    ),
    Rule(
        "responsiveness",
        "Loss of responsiveness",
        "Probability",
        {"loss_of_responsiveness": ("Probability of being unresponsive", "acute2")},
        include=(0.0, 1.0),
    ),
    Rule(
        "pressure",
        "Blood pressure",
        "Pressure",
        {"systolic": ("Systolic", "arterial"), "diastolic": ("Diastolic", "venous")},
        from_zero=False,
    ),
    Rule("heart_rate", "Heart rate", "Rate", {"heart_rate": ("Heart rate", "r")}, from_zero=False),
    Rule("analgesia", "Acute analgesia", "Analgesia", {"analgesia": ("Analgesia", "s")}, include=(0.0, 10.0)),
    Rule("ventilation", "Respiration", "Change of ventilation", {"ventilation_rise": ("Change", "acute2")}),
    Rule(
        "opioid_shift",
        "Breathing with an opioid",
        "Remifentanil needed",
        {"opioid_shift": ("Ratio", "acute2")},
        note="How much more remifentanil it takes for the same depression of breathing.",
    ),
    Rule(
        "blocks",
        "Receptors blocked by cell type" + _NEVER,
        "Receptors blocked",
        {
            "block_interneuron": ("Interneurons", "mechanism2"),
            "block_pyramidal": ("Pyramidal cells", "mechanism"),
        },
        include=(0.0, 10.0),
        note="That interneurons are blocked first is an assumption that rests on slices and rodents.",
    ),
    Rule(
        "firing",
        "Firing of cells" + _NEVER,
        "Rest is 1",
        {
            "interneuron_rate": ("Interneurons", "mechanism2"),
            "pyramidal_rate": ("Pyramidal cells", "mechanism"),
        },
        from_zero=False,
        include=(0.8, 1.2),
    ),
    Rule(
        "glutamate",
        "Glutamate, hardly measured in people",
        "Rest is 1",
        {"glutamate": ("Glutamate", "mechanism")},
        from_zero=False,
        include=(0.95, 1.2),
        note="In people labelled glutamine rose by 13 % in one study; spectroscopy often saw nothing.",
    ),
    Rule(
        "bdnf",
        "BDNF in the brain" + _NEVER,
        "Rest is 1",
        {"bdnf": ("BDNF", "s")},
        from_zero=False,
        include=(0.95, 1.2),
        note="Only its level in blood was measured in people, with mixed results.",
    ),
    Rule(
        "plasticity",
        "mTORC1 and fast potentiation" + _NEVER,
        "Of the most there can be",
        {"mtorc1": ("mTORC1 activity", "metabolite"), "potentiation": ("Fast potentiation", "acute2")},
        include=(0.0, 10.0),
    ),
    Rule(
        "synapses",
        "Synapses gained, not seen in people",
        "Synapses gained",
        {"synapses": ("Synapses", "mood")},
        include=(0.0, 5.0),
        slow=True,
        note="The one scan of people a day after ketamine saw no change; so small a gain would escape it.",
    ),
    Rule(
        "relief",
        "Relief of the circuit" + _NEVER,
        "Of all that can be relieved",
        {"relief": ("Relief", "mood2")},
        include=(0.0, 20.0),
        slow=True,
        note="What the outcomes see of the mechanism.",
    ),
    Rule(
        "benefit",
        "Benefit of the other treatment",
        "Of what is left",
        {
            "benefit_depression": ("Depression", "mood"),
            "benefit_anxiety": ("Anxiety", "acute2"),
            "benefit_ptsd": ("Post-traumatic stress", "metabolite"),
            "benefit_chronic_pain": ("Chronic pain", "s"),
            "benefit_suicidal_ideation": ("Suicidal ideation", "mood2"),
        },
        include=(0.0, 10.0),
        slow=True,
        note="What it relieves beyond a placebo.",
    ),
    Rule("madrs", "Depression, MADRS", "MADRS", {"madrs": ("MADRS", "mood")}, note=_DASHED),
    Rule("phq9", "Depression, PHQ-9", "PHQ-9", {"phq9": ("PHQ-9", "mood2")}),
    Rule("hama", "Anxiety, HAM-A", "HAM-A", {"hama": ("HAM-A", "acute2")}, note=_DASHED),
    Rule("caps5", "Post-traumatic stress, CAPS-5", "CAPS-5", {"caps5": ("CAPS-5", "metabolite")}, note=_DASHED),
    Rule("pcl5", "Post-traumatic stress, PCL-5", "PCL-5", {"pcl5": ("PCL-5", "metabolite2")}),
    Rule("ssi", "Suicidal ideation, Beck SSI", "SSI", {"ssi": ("SSI", "mood2")}, note=_DASHED),
    Rule("pain", "Chronic pain", "Pain rating, 0–10", {"pain_nrs": ("Pain rating", "s")}, note=_DASHED),
    Rule(
        "relapse",
        "Hazard of relapse, for one who responded",
        "Chance a day, of those still well",
        {"relapse_hazard": ("Hazard", "arterial")},
        slow=True,
        lines_only=True,
        note="No band: people differ a hundredfold. For someone who never was well it has no meaning.",
    ),
)
