"""Subcutaneous injection or infusion: taken to behave like an intramuscular injection."""

from __future__ import annotations

from collections.abc import Mapping

from kinetamine.citation import Reference
from kinetamine.engine.model import Administration, Estimate, Path, Provenance, Route, Values

KETALAR = Reference(
    key="ketalar_label_ch",
    authors="{Pfizer AG}",
    title="Ketalar: Fachinformation (Swiss label; read in 2026)",
    journal="",
    year=2026,
    url="https://ch.oddb.org/en/gcc/fachinfo/reg/35073/chapter/kinetic",
)


def paths(p: Values, roles: Mapping[str, str], _given: Administration) -> tuple[Path, ...]:
    """One depot, no first pass."""
    return (Path(name="skin", into=roles["parent"], fraction=p.F1, ka_per_h=p.KA),)


_WHY = "no human subcutaneous value was read; the intramuscular one is taken"

ENTRY = Route(
    name="subcutaneous",
    title="Subcutaneous injection or infusion",
    references=(KETALAR,),
    parameters={
        "F1": Estimate(0.93, "1", KETALAR, "pharmacokinetics section", Provenance.ASSUMED, note=_WHY),
        "KA": Estimate(3.2, "1/h", KETALAR, "docs/fits/intramuscular.py", Provenance.ASSUMED, note=_WHY),
    },
    paths=paths,
    synonyms=("sc", "s.c.", "subcut"),
    verified="Nothing in man: in rats, exposure resembled that of an intramuscular dose and a slow infusion.",
    uncertain="Both numbers are the intramuscular ones, assumed; a slower, later peak is likely.",
)
