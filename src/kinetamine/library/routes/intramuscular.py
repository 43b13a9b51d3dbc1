"""Intramuscular injection: nearly complete, first order out of the muscle."""

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
    return (Path(name="muscle", into=roles["parent"], fraction=p.F1, ka_per_h=p.KA),)


ENTRY = Route(
    name="intramuscular",
    title="Intramuscular injection",
    references=(KETALAR,),
    parameters={
        "F1": Estimate(0.93, "1", KETALAR, "pharmacokinetics section", Provenance.MEASURED),
        "KA": Estimate(
            3.2,
            "1/h",
            KETALAR,
            "pharmacokinetics section",
            Provenance.FITTED,
            note="fitted to 1.7 to 2.2 mg/L 15 min after 6 mg/kg and to 1.72 mg/L in maternal arteries 12 min after"
            " 250 mg (docs/fits/intramuscular.py); predicts 1.87 and 1.78",
        ),
    },
    paths=paths,
    synonyms=("im", "i.m.", "muscle"),
    verified="93 % of an adult's intramuscular dose arrives (Swiss label).",
    uncertain="The speed rests on two anaesthetic levels of a label, neither with a time course; children's 41 %"
    " (Hornik 2018) contradicts the fraction.",
)
