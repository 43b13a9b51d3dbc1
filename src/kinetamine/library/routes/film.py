"""Thin film under the tongue or in the cheek: a quarter through the mucosa, the rest swallowed."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.model import Administration, Estimate, Path, Provenance, Route, Values

SIMONS = Reference(
    key="simons_2022",
    authors="Simons, P and Olofsen, E and van Velzen, M and van Lemmen, M and Mooren, R and van Dasselaar, T"
    " and Mohr, P and Hammes, F and van der Schrier, R and Niesters, M and Dahan, A",
    title="S-Ketamine oral thin film-Part 1: population pharmacokinetics of S-ketamine, S-norketamine"
    " and S-hydroxynorketamine",
    journal="Front Pain Res",
    year=2022,
    volume="3",
    pages="946486",
    doi="10.3389/fpain.2022.946486",
    pmid="35899184",
)


def paths(p: Values, roles: Mapping[str, str], _given: Administration) -> tuple[Path, ...]:
    """F1 through the mucosa; all else is swallowed and, as published, none of it survives as ketamine."""
    mucosa = Path(name="mucosa", into=roles["parent"], fraction=p.F1, release_h=p.D1, ka_per_h=p.KA1)
    if "norketamine" not in roles:
        return (mucosa,)
    into = roles["norketamine"]
    gut = Path(name="gut", into=into, fraction=1.0 - p.F1, release_h=p.D2, lag_h=p.ALAG2, ka_per_h=p.KA2)
    return mucosa, gut


_READ = "Table 4, as transcribed in nlmixr2lib inst/modeldb/specificDrugs/Simons_2022_s_ketamine.R"

ENTRY = Route(
    name="film",
    title="Oral thin film",
    references=(SIMONS,),
    parameters={
        "F1": Estimate(0.263, "1", SIMONS, _READ, Provenance.FITTED),
        "D1": Estimate(13.1 / 60.0, "h", SIMONS, _READ, Provenance.FITTED, note="published as 13.1 min"),
        "KA1": Estimate(2.4, "1/h", SIMONS, _READ, Provenance.FITTED, note="published as 0.04 1/min"),
        "D2": Estimate(29.9 / 60.0, "h", SIMONS, _READ, Provenance.FITTED, note="published as 29.9 min"),
        "KA2": Estimate(2.94, "1/h", SIMONS, _READ, Provenance.FITTED, note="published as 0.049 1/min"),
        "ALAG2": Estimate(
            10.7 / 60.0, "h", SIMONS, _READ, Provenance.DERIVED, note="from a mean transit time of 10.7 min, as a lag"
        ),
    },
    paths=paths,
    synonyms=("oral thin film", "buccal film", "sublingual film"),
    verified="The mucosal part (26 % of 50 or 100 mg esketamine) and its speed are as published.",
    uncertain="The swallowed rest all becomes norketamine: its AUC to 6 h is then 4.5 times ketamine's, where 4.6 and"
    " 5.1 were seen. Racemic film was not studied.",
)
