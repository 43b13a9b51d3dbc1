"""Expectancy: the nonspecific response that any session of treatment brings, as far as its arm believes in it."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values

WILKINSON = Reference(
    key="wilkinson_2018",
    authors="Wilkinson, ST and Ballard, ED and Bloch, MH and Mathew, SJ and Murrough, JW and Feder, A and Sos, P and "
    "Wang, G and Zarate, CA and Sanacora, G",
    title="The effect of a single dose of intravenous ketamine on suicidal ideation: a systematic review and "
    "individual participant data meta-analysis",
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="150-158",
    doi="10.1176/appi.ajp.2017.17040472",
    pmid="28969441",
)
LII = Reference(
    key="lii_2023",
    authors="Lii, TR and Smith, AE and Flohr, JR and Okada, RL and Nyongesa, CA and Cianfichi, LJ and Hack, LM and "
    "Schatzberg, AF and Heifets, BD",
    title="Randomized trial of ketamine masked by surgical anesthesia in patients with depression",
    journal="Nature Mental Health",
    year=2023,
    volume="1",
    pages="876-886",
    doi="10.1038/s44220-023-00140-x",
    pmid="38188539",
)


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """Each session persuades, and persuasion fades: belief' = RISE session (1 - belief) - belief/FADE."""
    return {"belief": p.RISE * c.session * (1.0 - x.belief) - x.belief / p.FADE}


def own(p: Values, name: str) -> Number:
    """An arm's conviction in a field of its own, or else the one it has everywhere."""
    return getattr(p, name, p.CONVICTION)


BOUNDS = (0.0, float("inf"))
"""How far an arm believes has no end; what belief takes of a score has (``engine.outcome``)."""
ENTRY = Effect(
    name="expectancy",
    title="Expectancy",
    stage="mood",
    references=(WILKINSON, LII),
    parameters={
        "CONVICTION": Estimate(
            1.0,
            "1",
            LII,
            "by definition",
            Provenance.DERIVED,
            "1: an arm that believes it is given ketamine; a comparator brings its own (functional unblinding)",
        ),
        "RISE": Estimate(
            1.2,
            "1/h",
            WILKINSON,
            "control arms at day 1 and later",
            Provenance.ASSUMED,
            "one session of an hour brings 0.7 of all that sessions can bring, two bring 0.9",
        ),
        "FADE": Estimate(
            24.0 * 45.0, "h", WILKINSON, "no source", Provenance.ASSUMED, "control arms do not fade in two weeks"
        ),
    },
    drivers=("session",),
    states=lambda _p, _person: {"belief": 0.0},
    rates=rates,
    readouts=tuple(
        Readout(name=name, title=f"Nonspecific response{of}, of its largest", unit="fraction", of=how, bounds=BOUNDS)
        for name, of, how in (
            ("belief", "", lambda x, _c, p: p.CONVICTION * x.belief),
            ("belief_ptsd", " in PTSD", lambda x, _c, p: own(p, "CONVICTION_PTSD") * x.belief),
            ("belief_chronic_pain", " in pain", lambda x, _c, p: own(p, "CONVICTION_CHRONIC_PAIN") * x.belief),
        )
    ),
    notes=(
        "Attention, hope, natural course and regression to the mean are in it and cannot be told apart.",
        "How large it is for a condition stands with the outcome (BELIEF), for a setting as well (EXPECTANCY).",
        "A comparator can bring a conviction of its own for PTSD or pain (CONVICTION_PTSD, CONVICTION_CHRONIC_PAIN).",
    ),
)
