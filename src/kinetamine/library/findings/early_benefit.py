"""Part of the effect of a day is there at 2 to 4 h."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

AN = Reference(
    key="an_2021",
    authors="An, D and Wei, C and Wang, J and Wu, A",
    title="Intranasal ketamine for depression in adults: a systematic review and meta-analysis of "
    "randomized, double-blind, placebo-controlled trials",
    journal="Frontiers in Psychology",
    year=2021,
    volume="12",
    pages="648691",
    doi="10.3389/fpsyg.2021.648691",
)
IONESCU = Reference(
    key="ionescu_2021",
    authors=(
        "Ionescu, DF and Fu, DJ and Qiu, X and Lane, R and Lim, P and Kasper, S and Hough, D and Drevets, WC and "
        "Manji, H and Canuso, CM"
    ),
    title=(
        "Esketamine nasal spray for rapid reduction of depressive symptoms in patients with major depressive "
        "disorder who have active suicide ideation with intent: results of a phase 3, double-blind, randomized "
        "study (ASPIRE II)"
    ),
    journal="International Journal of Neuropsychopharmacology",
    year=2021,
    volume="24",
    pages="22-31",
    doi="10.1093/ijnp/pyaa068",
)

ENTRY = Finding(
    name="early_benefit",
    title="benefit at 4 h against 24 h",
    references=(
        AN,
        IONESCU,
    ),
    species=Species.PEOPLE,
    published="Over placebo 6.2 points (4.4 to 7.9) at 2-4 h and 10.0 (9.0 to 11.0) at 24 h in six nasal "
    "trials; 4.2 and 3.9 points in ASPIRE II.",
    number=1088,
    grade=Grade.HIGH,
    contrast=Case(time_h=4.0),
    ratio=Estimate(
        0.75,
        "1",
        AN,
        "abstracts",
        Provenance.DERIVED,
        "0.62 pooled (0.41 to 0.88 from the ends of both intervals), 1.08 in ASPIRE II. These are nasal "
        "sprays; the infusion is simulated",
        (0.4, 1.2),
    ),
)
