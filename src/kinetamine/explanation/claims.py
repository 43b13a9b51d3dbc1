"""What is commonly said about ketamine, and how far published evidence carries each sentence.

Sources are those of the library's own entries, found by entry and key, so that each is written down once.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from kinetamine import catalogue
from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade

HAILE = Reference(
    key="haile_2014",
    authors="Haile, CN and Murrough, JW and Iosifescu, DV and Chang, LC and Al Jurdi, RK and Foulkes, A and Iqbal, S "
    "and Mahoney, JJ and De La Garza, R and Charney, DS and Newton, TF and Mathew, SJ",
    title="Plasma brain derived neurotrophic factor (BDNF) and response to ketamine in treatment-resistant depression",
    journal="International Journal of Neuropsychopharmacology",
    year=2014,
    volume="17",
    pages="331-336",
    doi="10.1017/S1461145713001119",
    pmid="24103211",
)
"""BDNF in blood, 22 people: higher in responders at 240 min."""
RECONSIDERING = Reference(
    key="esketamine_dissociation_2023",
    authors="Garcia-Romeu, A and others",
    title='Reconsidering "dissociation" as a predictor of antidepressant efficacy for esketamine',
    journal="",
    year=2023,
    url="https://moreblossom.com/papers/reconsidering-dissociation-as-a-predictor-of-antidepressant-efficacy-for-esketam",
)
"""TRANSFORM-1 and 2 pooled, 576 people: no association; of the authors one was shown where it was read."""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One sentence as it is commonly said.

    Attributes:
        says: what is graded.
        cited: kind, entry and key of each source in the library.
        more: sources that no entry has.
        alone: the sentence where it stands without its step; empty where ``says`` can.
    """

    says: str
    grade: Grade
    cited: tuple[tuple[str, str, str], ...]
    more: tuple[Reference, ...] = ()
    alone: str = ""

    @property
    def sentence(self) -> str:
        """What is graded, as a sentence of its own."""
        said = self.alone or self.says.removeprefix("that ")
        return f"{said[0].upper()}{said[1:]}."

    @property
    def source(self) -> tuple[Reference, ...]:
        """The publications."""
        return (*(_reference(*one) for one in self.cited), *self.more)


def _reference(kind: str, entry: str, key: str) -> Reference:
    """A reference of a library entry, or of the chain that the mechanisms share."""
    if kind == "chain":
        owner = importlib.import_module("kinetamine.library.chain").CHAIN
    else:
        owner = catalogue.load(kind, entry)
    found: Reference = next(one for one in owner.references if one.key == key)
    return found


_LABEL = ("harms", "esketamine_nasal_trd", "spravato_label_2021_warnings")
_PRICE = ("outcomes", "depression", "price_2022")
_WILKINSON = ("outcomes", "depression", "wilkinson_2018")
_LII = ("outcomes", "depression", "lii_2023")
CLAIMS = {
    "C1": Claim(
        says="that ketamine blocks NMDA receptors",
        grade=Grade.HIGH,
        cited=(("effects", "nmda_occupancy", "shaffer_2014"), ("effects", "nmda_occupancy", "ebert_1997")),
    ),
    "C1b": Claim(
        says="that this block is why mood lifts",
        alone="block of NMDA receptors is why mood lifts",
        grade=Grade.MODERATE,
        cited=(("mechanisms", "disinhibition", "zarate_2006_memantine"),),
    ),
    "C2": Claim(
        says="that depression eases within a day, more than on placebo",
        grade=Grade.MODERATE,
        cited=(_WILKINSON, _PRICE),
    ),
    "C2b": Claim(
        says="that anxiety eases within hours",
        grade=Grade.LOW,
        cited=(("outcomes", "anxiety", "hartland_2023"), ("outcomes", "anxiety", "taylor_2018")),
    ),
    "C2c": Claim(
        says="that more than belief is at work",
        alone="more than belief is at work when depression eases",
        grade=Grade.MODERATE,
        cited=(_WILKINSON, _LII),
    ),
    "C3": Claim(
        says="that this happens at doses of treatment too, and not only in misuse",
        alone="things look or feel unreal at doses of treatment too, and not only in misuse",
        grade=Grade.MODERATE,
        cited=(("harms", "esketamine_nasal_trd", "janssen_2024_dissociation"),),
    ),
    "C3b": Claim(
        says="that blood pressure rises for an hour or so at doses of treatment",
        grade=Grade.MODERATE,
        cited=(
            ("effects", "blood_pressure", "vankawala_2021"),
            ("effects", "blood_pressure", "spravato_label_2021_table_6"),
        ),
    ),
    "C4": Claim(
        says="that single sessions are safe for people who were screened and are watched",
        alone="single sessions of ketamine are safe for people who were screened and are watched",
        grade=Grade.MODERATE,
        cited=(_LABEL,),
    ),
    "C5": Claim(
        says="that ketamine can take the place of other treatments",
        grade=Grade.LOW,
        cited=(
            ("comparators", "ect", "anand_2023"),
            ("outcomes", "relapse", "ekstrand_2022"),
            ("comparators", "quetiapine", "reif_2023"),
        ),
    ),
    "C6": Claim(
        says="that new connections between nerve cells grow in people",
        grade=Grade.LOW,
        cited=(("chain", "", "holmes_2022"), ("chain", "", "phoumthipphavong_2016")),
    ),
    "C7": Claim(
        says="that glutamate and BDNF rise in people",
        grade=Grade.LOW,
        cited=(("mechanisms", "disinhibition", "abdallah_2018"), ("mechanisms", "disinhibition", "bojesen_2018")),
        more=(HAILE,),
    ),
    "C8": Claim(
        says="that the unusual state is what relieves depression",
        grade=Grade.CONTRADICTED,
        cited=(
            ("mechanisms", "dissociation_mediated", "luckenbaugh_2014"),
            ("mechanisms", "dissociation_mediated", "williams_2018"),
        ),
        more=(RECONSIDERING,),
    ),
    "C9ptsd": Claim(
        says="that post-traumatic stress eases more than on placebo",
        grade=Grade.LOW,
        cited=(("outcomes", "ptsd", "special_k_2024"), ("outcomes", "ptsd", "abdallah_2022")),
    ),
    "C9pain": Claim(
        says="that chronic pain eases beyond the infusion (moderate in complex regional pain syndrome, for weeks)",
        grade=Grade.LOW,
        cited=(("outcomes", "chronic_pain", "sigtermans_2009_crps"),),
    ),
    "C10": Claim(says="that relief begins within hours", grade=Grade.HIGH, cited=(_WILKINSON, _PRICE)),
    "C10b": Claim(
        says="that one dose relieves for long",
        grade=Grade.LOW,
        cited=(("outcomes", "relapse", "salloum_2020"),),
    ),
    "C11": Claim(
        says="that thoughts of suicide become fewer over days (over weeks: low; that suicide is prevented: not shown)",
        grade=Grade.MODERATE,
        cited=(
            ("outcomes", "suicidal_ideation", "wilkinson_2018"),
            ("outcomes", "suicidal_ideation", "spravato_mdsi_efficacy_2026"),
        ),
    ),
    "C12": Claim(
        says="that side effects are minimal",
        alone="side effects of ketamine are minimal",
        grade=Grade.CONTRADICTED,
        cited=(("harms", "esketamine_nasal_china_us", "chen_2023_china_us"),),
    ),
    "C13": Claim(says="that ketamine cannot lead to dependence", grade=Grade.CONTRADICTED, cited=(_LABEL,)),
    "C14": Claim(
        says="that it helps people whom other treatments have failed",
        alone="ketamine helps people whom other treatments have failed",
        grade=Grade.MODERATE,
        cited=(("outcomes", "depression", "ibrahim_2011"), _PRICE),
    ),
    "C15": Claim(
        says="that the relief of a course does not last by itself",
        grade=Grade.HIGH,
        cited=(("outcomes", "relapse", "murrough_2013_repeated"), ("outcomes", "relapse", "daly_2019")),
    ),
}
"""By the number of the claim; letters tell apart what one sentence mixes."""
