"""Suicidal ideation on Beck's scale: a third of the drug's effect stays with mood, the rest is direct and short."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Event
from kinetamine.engine.maths import Number, maximum
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.outcome import full_effect, nonspecific_part
from kinetamine.engine.person import Person

GRUNEBAUM = Reference(
    key="grunebaum_2018",
    authors="Grunebaum, MF and others",
    title="Ketamine for rapid reduction of suicidal thoughts in major depression: a midazolam-controlled randomized "
    "clinical trial",
    journal="American Journal of Psychiatry",
    year=2018,
    doi="10.1176/appi.ajp.2017.17060647",
)
PRICE = Reference(
    key="price_2014",
    authors="Price, RB and others",
    title="Effects of ketamine on explicit and implicit suicidal cognition: a randomized controlled trial in "
    "treatment-resistant depression",
    journal="Depression and Anxiety",
    year=2014,
    volume="31",
    pages="335-343",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC4112410",
)
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
SU = Reference(
    key="su_2023",
    authors="Su, TP and Li, CT and Lin, WC and Wu, HJ and Tsai, SJ and Bai, YM and Mao, WC and Tu, PC and Chen, LF and "
    "Li, WC and Chen, MH",
    title="A randomized, double-blind, midazolam-controlled trial of low-dose ketamine infusion in patients with "
    "treatment-resistant depression and prominent suicidal ideation",
    journal="International Journal of Neuropsychopharmacology",
    year=2023,
    doi="10.1093/ijnp/pyad014",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC10229851",
)
ABBAR = Reference(
    key="abbar_2022",
    authors="Abbar, M and Demattei, C and El-Hage, W and Llorca, PM and Samalin, L and Demaricourt, P and Gaillard, R "
    "and Courtet, P and Vaiva, G and Gorwood, P and Fabbro, P and Jollant, F",
    title="Ketamine for the acute treatment of severe suicidal ideation: double blind, randomised placebo controlled "
    "trial",
    journal="BMJ",
    year=2022,
    volume="376",
    pages="e067194",
    doi="10.1136/bmj-2021-067194",
    pmid="35110300",
)
IONESCU = Reference(
    key="ionescu_2019",
    authors="Ionescu, DF and others",
    title="Repeat-dose ketamine augmentation for treatment-resistant depression with chronic suicidal ideation: a "
    "randomized, double blind, placebo controlled trial",
    journal="Journal of Affective Disorders",
    year=2019,
    doi="10.1016/j.jad.2018.09.037",
    pmid="30286416",
)
MDSI = Reference(
    key="spravato_mdsi_efficacy_2026",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray: efficacy in adults with acute suicidal ideation, limitations of use",
    journal="",
    year=2026,
    url="https://www.spravatohcp.com/mdsi/efficacy",
)

NOT_PREVENTION = (
    "suicidal_ideation: this is a score of thoughts, not a risk of suicide. That ketamine or esketamine prevents "
    "suicide has not been shown: never let a predicted fall take the place of a safety assessment."
)


def warn(_person: Person, events: tuple[Event, ...]) -> tuple[str, ...]:
    """Always that it is no prevention; for a longer course that effects over weeks were not shown."""
    doses = [event for event in events if event.is_dose]
    if len(doses) < 2 and not any(event.additional for event in doses):
        return (NOT_PREVENTION,)
    return (
        NOT_PREVENTION,
        (
            "suicidal_ideation: repeated doses did no better than placebo in chronic ideation (26 people), and effects "
            "beyond the first week were not shown."
        ),
    )


def individual(p: Values, person: Person) -> dict[str, Number]:
    """The baseline is the person's."""
    return {**vars(p), "SSI0": person.ssi}


def states(_p: Values, _person: Person) -> dict[str, Number]:
    """Nobody has grown used to relief."""
    return {"settled": 0.0}


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """What one has grown used to follows relief: settled' = (relief - settled)/TADAPT."""
    return {"settled": (c.relief - x.settled) / p.TADAPT}


def direct(x: Values, c: Values, _p: Values) -> Number:
    """Relief that is new: as quick as relief itself, and gone sooner."""
    return maximum(c.relief - x.settled, 0.0)


def benefit(c: Values, p: Values) -> Number:
    """What another treatment relieves: as measured on ideation, or the share of its benefit that mood passes on.

    The larger of the two, since what was measured contains what mood passed on.
    """
    through_mood = p.MEDIATED * c.benefit_depression
    return through_mood + maximum(c.benefit_suicidal_ideation - through_mood, 0.0)


def nonspecific(_x: Values, c: Values, p: Values) -> Number:
    """Points that conviction alone takes away: baseline x (1 - (1 - BELIEF)^EXPECTANCY) x belief."""
    return p.SSI0 * nonspecific_part(p, c.belief)


def drug(x: Values, c: Values, p: Values) -> Number:
    """Points beyond placebo: what is left x (1 - (1 - SIZE)^EFFICACY) x (MEDIATED relief + (1 - MEDIATED) direct)."""
    through = p.MEDIATED * c.relief + (1.0 - p.MEDIATED) * direct(x, c, p)
    return (p.SSI0 - nonspecific(x, c, p)) * full_effect(p) * through


def ssi(x: Values, c: Values, p: Values) -> Number:
    """Baseline less both falls, and what another treatment leaves of that."""
    return (p.SSI0 - nonspecific(x, c, p) - drug(x, c, p)) * (1.0 - benefit(c, p))


ENTRY = Effect(
    name="suicidal_ideation",
    title="Suicidal ideation",
    stage="mood",
    references=(GRUNEBAUM, PRICE, WILKINSON, SU, ABBAR, IONESCU, MDSI),
    parameters={
        "SIZE": Estimate(
            0.75,
            "fraction of what is left",
            GRUNEBAUM,
            "abstract: 4.96 (2.33 to 7.59) points beyond midazolam at 24 h; 55 % and 30 % halved their score",
            Provenance.DERIVED,
            "at a relief of 0.63 this gives 3.5 points of 14 and 60 % and 30 %; Price 2014 (6.11 to 1.13 against 6.19 "
            "to 3.95) asks for more, a trial with n = 36 on Beck's scale and chronic ideation (n = 26) for nothing",
            (0.3, 0.95),
        ),
        "MEDIATED": Estimate(
            0.336,
            "1",
            GRUNEBAUM,
            "abstract",
            Provenance.MEASURED,
            "share of the effect at 24 h that mood (Profile of Mood States) carried; it keeps to relief's own course",
            (0.1, 0.7),
        ),
        "TADAPT": Estimate(
            24.0 * 14.0,
            "h",
            WILKINSON,
            "no source",
            Provenance.ASSUMED,
            "leaves 0.45 of the effect at day 7 and 0.1 at day 14: between Wilkinson 2018 (0.85 to 0.48 SD in a week) "
            "and free of ideation in 33 against 7 % at 4 h, 19 against 12 % at day 7, 17 against 17 % at day 14 (Su "
            "2023)",
            (24.0 * 5.0, 24.0 * 60.0),
        ),
        "BELIEF": Estimate(
            0.2,
            "fraction of baseline",
            PRICE,
            "Table 2: 6.19 to 3.95 on midazolam",
            Provenance.DERIVED,
            "the typical person: over people the mean is 0.30, against 0.36 in Price 2014; 30 % halve their score as "
            "in Grunebaum 2018",
            (0.05, 0.4),
        ),
        "EXPECTANCY": Estimate(1.0, "1", GRUNEBAUM, "by definition", Provenance.DERIVED, "1 as in blinded trials"),
        "EFFICACY": Estimate(
            1.0, "1", GRUNEBAUM, "by definition", Provenance.DERIVED, "1 as in the trials; 0 takes the drug's part away"
        ),
    },
    drivers=(),
    inputs=("relief", "belief", "benefit_suicidal_ideation", "benefit_depression"),
    individual=individual,
    states=states,
    rates=rates,
    warn=warn,
    readouts=(
        Readout(name="ssi", title="Suicidal ideation (Beck SSI)", unit="points", of=ssi, bounds=(0.0, 38.0)),
        Readout(name="ssi_drug", title="SSI fall beyond placebo", unit="points", of=drug, bounds=(0.0, 38.0)),
        Readout(
            name="ssi_nonspecific", title="SSI fall, nonspecific", unit="points", of=nonspecific, bounds=(0.0, 38.0)
        ),
    ),
    variability={
        "SIZE": Variability(
            Estimate(
                6.0, "1", GRUNEBAUM, "response rates", Provenance.ASSUMED, "thoughts go or stay: people fall apart"
            ),
            scale="logit",
        ),
        "BELIEF": Variability(
            Estimate(6.0, "1", GRUNEBAUM, "response rates", Provenance.ASSUMED, "the same on midazolam"), scale="logit"
        ),
    },
    residual={
        "ssi": Estimate(
            2.0, "points", PRICE, "no source", Provenance.ASSUMED, "ideation comes and goes within days; not below 0"
        )
    },
    notes=(
        (
            "For: 0.48 to 0.85 SD from day 1 to 7 in 167 people of ten trials (Wilkinson 2018); 4.96 SSI points at 24 "
            "h, n = 80 (Grunebaum 2018); free of ideation on day 3 in 63 against 32 %, but no difference in "
            "depressive disorder taken by itself (odds ratio 1.3, 0.3 to 5.2; Abbar 2022, two infusions, n = 156)."
        ),
        "For a course of its own: mood was better than on midazolam for 14 days, ideation for 5 only (Su 2023).",
        (
            "Against: no difference in chronic ideation (Ionescu 2019, n = 26), nor at 24 h on a rating of "
            "suicidality in three trials of esketamine; its label says that it has not been shown to lessen suicidal "
            "ideation or behaviour."
        ),
        (
            "Mood acts here through relief, belief and another treatment's benefit on depression, never through a "
            "MADRS score: ideation can be simulated without depression, and a person whose mood responds by more "
            "gains nothing extra."
        ),
        (
            "Left out: the C-SSRS, for which no published link to Beck's scale was found; behaviour, attempts and "
            "deaths; bipolar disorder, where the effect was larger."
        ),
    ),
)
