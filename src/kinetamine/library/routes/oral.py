"""Swallowed solution or plain tablet: a fifth arrives as ketamine, most of the rest as norketamine."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.absorption import first_pass
from kinetamine.engine.model import Administration, Estimate, Path, Provenance, Route, Values

CHONG_2006 = Reference(
    key="chong_2006",
    authors="Chong, C and Schug, S and Page-Sharp, M and Ilett, K",
    title="Bioavailability of ketamine after oral or sublingual administration",
    journal="Pain Med",
    year=2006,
    volume="7",
    pages="469",
    url="https://www.ketamine.com/bioavailability.html",
)
CHONG = Reference(
    key="chong_2009",
    authors="Chong, C and Schug, SA and Page-Sharp, M and Jenkins, B and Ilett, KF",
    title="Development of a sublingual/oral formulation of ketamine for use in neuropathic pain: preliminary findings"
    " from a three-way randomized, crossover study",
    journal="Clin Drug Investig",
    year=2009,
    volume="29",
    doi="10.2165/00044011-200929050-00004",
    pmid="19366273",
)
YANAGIHARA = Reference(
    key="yanagihara_2003",
    authors="Yanagihara, Y and Ohtani, M and Kariya, S and Uchino, K and Hiraishi, T and Ashizawa, N"
    " and Aoyama, T and Yamamura, Y and Yamada, Y and Iga, T",
    title="Plasma concentration profiles of ketamine and norketamine after administration of various ketamine"
    " preparations to healthy Japanese volunteers",
    journal="Biopharm Drug Dispos",
    year=2003,
    volume="24",
    pages="37-43",
    doi="10.1002/bdd.336",
    pmid="12516077",
)


def paths(p: Values, roles: Mapping[str, str], _given: Administration) -> tuple[Path, ...]:
    """F1 survives gut and liver, F1_nk becomes norketamine there."""
    return first_pass(
        Path(name="gut", into=roles["parent"], fraction=p.F1, release_h=p.D1, ka_per_h=p.KA), p.F1_nk, roles
    )


_HOW = "fitted to Cmax 22.8 at 0.96 h, norketamine Cmax 82 ng/mL and an AUC ratio of 5 after 25 mg (docs/fits/oral.py)"

ENTRY = Route(
    name="oral",
    title="Oral solution or plain tablet",
    references=(CHONG_2006, CHONG, YANAGIHARA),
    parameters={
        "F1": Estimate(
            0.22,
            "1",
            CHONG_2006,
            "abstract; and Yanagihara 2003, abstract",
            Provenance.DERIVED,
            note="mean of 0.23 (6 people) and 0.20 (3 people), weighted by people; both from AUC to 8 h",
            interval=(0.17, 0.27),
        ),
        "F1_nk": Estimate(0.52, "1", CHONG, "abstract", Provenance.FITTED, note=_HOW),
        "D1": Estimate(0.88, "h", CHONG_2006, "abstract", Provenance.FITTED, note=_HOW),
        "KA": Estimate(2.9, "1/h", CHONG_2006, "abstract", Provenance.FITTED, note=_HOW),
    },
    paths=paths,
    synonyms=("po", "p.o.", "by mouth", "swallowed"),
    verified="Racemic ketamine: 20 to 24 % arrives, with five times as much norketamine as ketamine over 8 h.",
    uncertain="Esketamine alone: Fanta 2015 found 8 %, Perez-Ruixo 2021 18 %; this route gives each enantiomer 22 %.",
)
