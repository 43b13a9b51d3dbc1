"""Rectal solution or suppository: a third arrives."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.absorption import first_pass
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
MALINOVSKY = Reference(
    key="malinovsky_1996",
    authors="Malinovsky, JM and Servin, F and Cozian, A and Lepage, JY and Pinaud, M",
    title="Ketamine and norketamine plasma concentrations after i.v., nasal and rectal administration in children",
    journal="Br J Anaesth",
    year=1996,
    volume="77",
    pages="203-207",
    doi="10.1093/bja/77.2.203",
)


def paths(p: Values, roles: Mapping[str, str], _given: Administration) -> tuple[Path, ...]:
    """F1 arrives as ketamine, F1_nk as norketamine."""
    return first_pass(
        Path(name="rectum", into=roles["parent"], fraction=p.F1, release_h=p.D1, ka_per_h=p.KA), p.F1_nk, roles
    )


_HOW = "fitted to a peak of 632 ng/mL at 42 min after 9 mg/kg in children of 10 to 30 kg (docs/fits/rectal.py)"

ENTRY = Route(
    name="rectal",
    title="Rectal solution or suppository",
    references=(YANAGIHARA, MALINOVSKY),
    parameters={
        "F1": Estimate(0.30, "1", YANAGIHARA, "abstract", Provenance.MEASURED, note="3 people; 0.25 in children"),
        "F1_nk": Estimate(
            0.5,
            "1",
            YANAGIHARA,
            "none: not read",
            Provenance.ASSUMED,
            note="as much as by mouth, though part of the rectum drains past the liver",
        ),
        "D1": Estimate(0.68, "h", MALINOVSKY, "abstract", Provenance.FITTED, note=_HOW),
        "KA": Estimate(5.6, "1/h", MALINOVSKY, "abstract", Provenance.FITTED, note=_HOW),
    },
    paths=paths,
    synonyms=("pr", "p.r.", "per rectum", "suppository"),
    verified="30 % of 50 mg arrives in adults (3 people), 25 % in children.",
    uncertain="Speed comes from one mean peak in children; how much norketamine comes with it is assumed.",
)
