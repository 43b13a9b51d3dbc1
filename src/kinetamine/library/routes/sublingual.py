"""Lozenge, tablet or wafer under the tongue: partly through the mucosa, partly swallowed."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.absorption import first_pass
from kinetamine.engine.model import Administration, Estimate, Path, Provenance, Route, Values

ROLAN = Reference(
    key="rolan_2014",
    authors="Rolan, P and Lim, S and Sunderland, V and Liu, Y and Molnar, V",
    title="The absolute bioavailability of racemic ketamine from a novel sublingual formulation",
    journal="Br J Clin Pharmacol",
    year=2014,
    volume="77",
    pages="1011-1016",
    doi="10.1111/bcp.12264",
    pmid="24977293",
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
    """FSW is swallowed; the mucosa takes what brings the total to F1; what remains is lost."""
    mucosa = Path(name="mucosa", into=roles["parent"], fraction=p.F1 - p.FSW * p.F2, release_h=p.D1, ka_per_h=p.KA1)
    gut = Path(name="gut", into=roles["parent"], fraction=p.FSW * p.F2, release_h=p.D2, ka_per_h=p.KA2)
    return mucosa, *first_pass(gut, p.FSW * p.F2_nk, roles)


_HOW = (
    "fitted to Cmax 28.6 at 0.76 h, norketamine Cmax 66 ng/mL and an AUC ratio of 2.3 after 25 mg"
    " (docs/fits/sublingual.py)"
)

ENTRY = Route(
    name="sublingual",
    title="Sublingual lozenge, tablet or wafer",
    references=(ROLAN, CHONG_2006, CHONG),
    parameters={
        "F1": Estimate(0.29, "1", ROLAN, "abstract", Provenance.MEASURED, note="in all", interval=(0.27, 0.31)),
        "FSW": Estimate(0.556, "1", CHONG_2006, "abstract", Provenance.FITTED, note=_HOW),
        "D1": Estimate(0.64, "h", CHONG_2006, "abstract", Provenance.FITTED, note=_HOW),
        "KA1": Estimate(3.9, "1/h", CHONG_2006, "abstract", Provenance.FITTED, note=_HOW),
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
    synonyms=("sl", "lozenge", "troche", "sublingual tablet", "wafer"),
    verified="24 to 32 % of a racemic lozenge, tablet or wafer arrives (Chong, Yanagihara, Rolan), within an hour.",
    uncertain="How long it is held decides how much is swallowed; the split is fitted to six people.",
)
