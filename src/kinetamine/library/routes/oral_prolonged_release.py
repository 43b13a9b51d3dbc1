"""Prolonged-release tablet: released over hours, most of it as norketamine."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.absorption import first_pass
from kinetamine.engine.model import Administration, Estimate, Path, Provenance, Route, Values

HASAN = Reference(
    key="hasan_2021",
    authors="Hasan, M and Modess, C and Roustom, T and Dokter, A and Grube, M and Link, A and Rey, H"
    " and Adler, S and Meissner, K and Siegmund, W",
    title="Chiral pharmacokinetics and metabolite profile of prolonged-release ketamine tablets"
    " in healthy human subjects",
    journal="Anesthesiology",
    year=2021,
    volume="135",
    pages="326-339",
    doi="10.1097/ALN.0000000000003829",
)


def paths(p: Values, roles: Mapping[str, str], given: Administration) -> tuple[Path, ...]:
    """What of each enantiomer survives; all the rest becomes norketamine in gut and liver."""
    survives = {"S": p.F1_s, "R": p.F1_r}
    parts = given.event.form.parts
    mixed = sum(share * survives[enantiomer] for enantiomer, share in parts.items())
    fraction = survives.get(given.species, mixed)
    tablet = Path(name="tablet", into=roles["parent"], fraction=fraction, release_h=p.D1, ka_per_h=p.KA)
    return first_pass(tablet, 1.0 - fraction, roles)


_HOW = "fitted to times, half-lives and Cmax/AUC of 10 to 80 mg (docs/fits/oral_prolonged_release.py)"

ENTRY = Route(
    name="oral_prolonged_release",
    title="Oral prolonged-release tablet",
    references=(HASAN,),
    parameters={
        "F1_s": Estimate(0.15, "1", HASAN, "abstract", Provenance.MEASURED, note="SD 0.08"),
        "F1_r": Estimate(0.19, "1", HASAN, "abstract", Provenance.MEASURED, note="SD 0.10"),
        "D1": Estimate(3.33, "h", HASAN, "congress abstract of the same study", Provenance.FITTED, note=_HOW),
        "KA": Estimate(0.136, "1/h", HASAN, "congress abstract of the same study", Provenance.FITTED, note=_HOW),
    },
    paths=paths,
    synonyms=("prolonged-release tablet", "extended-release tablet", "controlled-release tablet", "po pr"),
    verified="15 % of esketamine and 19 % of arketamine arrive, at their highest after six hours.",
    uncertain="Norketamine comes out at 8 to 11 times ketamine although 14 to 21 times was reported: more than the"
    " dose can yield with the norketamine clearance used here. Peaks come out a third too flat.",
)
