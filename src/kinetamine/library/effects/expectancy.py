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
    readouts=(
        Readout(
            name="belief",
            title="Nonspecific response, of its largest",
            unit="fraction",
            of=lambda x, _c, p: p.CONVICTION * x.belief,
            bounds=(0.0, 2.0),
        ),
    ),
    notes=(
        "Attention, hope, natural course and regression to the mean are in it and cannot be told apart.",
        "How large it is for a condition stands with the outcome (BELIEF), for a setting as well (EXPECTANCY).",
    ),
)
