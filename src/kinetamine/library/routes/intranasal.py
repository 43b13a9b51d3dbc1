"""Racemic ketamine sprayed into the nose: partly through it, partly swallowed."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.absorption import first_pass
from kinetamine.engine.events import Form
from kinetamine.engine.model import Administration, Estimate, Path, Provenance, Route, Values

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
SINGH = Reference(
    key="singh_2022",
    authors="Singh, V and Harvey, D and others",
    title="Dose escalation of intranasal ketamine in uncontrolled cancer pain",
    journal="Pharmacotherapy",
    year=2022,
    volume="42",
    pages="298-310",
    doi="10.1002/phar.2669",
)
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


def paths(p: Values, roles: Mapping[str, str], _given: Administration) -> tuple[Path, ...]:
    """FSW is swallowed; the nose takes what brings the total to F1; what remains is lost."""
    nose = Path(name="nose", into=roles["parent"], fraction=p.F1 - p.FSW * p.F2, release_h=p.D1, ka_per_h=p.KA1)
    gut = Path(name="gut", into=roles["parent"], fraction=p.FSW * p.F2, release_h=p.D2, ka_per_h=p.KA2)
    return nose, *first_pass(gut, p.FSW * p.F2_nk, roles)


_HOW = "to peaks, times and areas after 10, 30 and 50 mg and to Yanagihara's 0.45 (docs/fits/intranasal.py)"

ENTRY = Route(
    name="intranasal",
    title="Nasal spray of racemic ketamine",
    references=(YANAGIHARA, SINGH, CHONG_2006, CHONG),
    parameters={
        "F1": Estimate(0.268, "1", SINGH, "Table 6 (and Yanagihara 2003)", Provenance.FITTED, note=_HOW),
        "FSW": Estimate(0.402, "1", SINGH, "Table 6", Provenance.FITTED, note=_HOW),
        "D1": Estimate(0.244, "h", SINGH, "Table 6", Provenance.FITTED, note=_HOW),
        "KA1": Estimate(
            20.0,
            "1/h",
            SINGH,
            "docs/fits/intranasal.py",
            Provenance.ASSUMED,
            note="fast beside D1",
        ),
        "F2": Estimate(
            0.22,
            "1",
            CHONG_2006,
            "abstract; and Yanagihara 2003, abstract",
            Provenance.DERIVED,
            note="of what is swallowed: as in the oral route",
        ),
        "F2_nk": Estimate(
            0.52,
            "1",
            CHONG,
            "abstract",
            Provenance.FITTED,
            note="of what is swallowed: as in the oral route",
        ),
        "D2": Estimate(
            0.88,
            "h",
            CHONG_2006,
            "abstract",
            Provenance.FITTED,
            note="of what is swallowed: as in the oral route",
        ),
        "KA2": Estimate(
            2.9,
            "1/h",
            CHONG_2006,
            "abstract",
            Provenance.FITTED,
            note="of what is swallowed: as in the oral route",
        ),
    },
    paths=paths,
    synonyms=("i.n.", "nasal", "nasal spray"),
    forms=(Form.RACEMIC,),
    verified="Peaks of 10 to 50 mg within a quarter, at 16 min (10 people).",
    uncertain="Racemic spray: 27 % is taken to arrive, between 11 to 17 % over 4 h (10 people) and 45 % (3 people)."
    " Above 30 mg it rises less than the dose. Volume and device decide. Esketamine devices have their own model.",
)
