"""Anxiety on the Hamilton scale: a small gain of its own from the common relief, beside a nonspecific part."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Event
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.outcome import full_effect, nonspecific_part
from kinetamine.engine.person import Person

HARTLAND = Reference(
    key="hartland_2023",
    authors="Hartland, H and Mahdavi, K and Jelen, LA and Strawbridge, R and Young, AH and Alexander, L",
    title="A transdiagnostic systematic review and meta-analysis of ketamine's anxiolytic effects",
    journal="Journal of Psychopharmacology",
    year=2023,
    volume="37",
    pages="764-774",
    doi="10.1177/02698811231161627",
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
TAYLOR = Reference(
    key="taylor_2018",
    authors="Taylor, JH and Landeros-Weisenberger, A and Coughlin, C and Mulqueen, J and Johnson, JA and Gabriel, D "
    "and Reed, MO and Jakubovski, E and Bloch, MH",
    title="Ketamine for social anxiety disorder: a randomized, placebo-controlled crossover trial",
    journal="Neuropsychopharmacology",
    year=2018,
    volume="43",
    pages="325-333",
    doi="10.1038/npp.2017.194",
)
GLUE_2017 = Reference(
    key="glue_2017",
    authors="Glue, P and Medlicott, NJ and Harland, S and Neehoff, S and Anderson-Fahey, B and Le Nedelec, M and "
    "Gray, A and McNaughton, N",
    title="Ketamine's dose-related effects on anxiety symptoms in patients with treatment refractory anxiety disorders",
    journal="Journal of Psychopharmacology",
    year=2017,
    volume="31",
    pages="1302-1305",
    doi="10.1177/0269881117705089",
    pmid="28441895",
)
GLUE_2018 = Reference(
    key="glue_2018",
    authors="Glue, P and Neehoff, SM and Medlicott, NJ and Gray, A and Kibby, G and McNaughton, N",
    title="Safety and efficacy of maintenance ketamine treatment in patients with treatment-refractory generalised "
    "anxiety and social anxiety disorders",
    journal="Journal of Psychopharmacology",
    year=2018,
    volume="32",
    pages="663-667",
    doi="10.1177/0269881118762073",
    pmid="29561204",
)
GLUE_2020 = Reference(
    key="glue_2020",
    authors="Glue, P and Neehoff, S and Sabadel, A and Broughton, L and Le Nedelec, M and Shadli, S and McNaughton, N "
    "and Medlicott, NJ",
    title="Effects of ketamine in patients with treatment-refractory generalized anxiety and social anxiety disorders: "
    "exploratory double-blind psychoactive-controlled replication study",
    journal="Journal of Psychopharmacology",
    year=2020,
    volume="34",
    pages="267-272",
    doi="10.1177/0269881119874457",
)
HIETAMIES = Reference(
    key="hietamies_2023",
    authors="Hietamies, TM and McInnes, LA and Klise, AJ and Worley, MJ and Qian, JJ and Williams, LM and Heifets, BD "
    "and Levine, SP",
    title="The effects of ketamine on symptoms of depression and anxiety in real-world care settings: a retrospective "
    "controlled analysis",
    journal="Journal of Affective Disorders",
    year=2023,
    volume="335",
    pages="484-492",
    doi="10.1016/j.jad.2023.04.141",
    pmid="37201900",
)


def warn(_person: Person, events: tuple[Event, ...]) -> tuple[str, ...]:
    """Wherever ketamine is given: how little is known."""
    if not any(event.is_dose for event in events):
        return ()
    return (
        (
            "anxiety: the evidence is thin: trials in anxiety disorders had 12 to 18 people, most others rated "
            "anxiety in depression, and no controlled result on the HAM-A was read; an effect beyond placebo of zero "
            "is within what is known."
        ),
    )


def individual(p: Values, person: Person) -> dict[str, Number]:
    """The baseline is the person's."""
    return {**vars(p), "HAMA0": person.hama}


def nonspecific(_x: Values, c: Values, p: Values) -> Number:
    """Points that conviction alone takes away: baseline x (1 - (1 - BELIEF)^EXPECTANCY) x belief."""
    return p.HAMA0 * nonspecific_part(p, c.belief)


def drug(x: Values, c: Values, p: Values) -> Number:
    """Points beyond placebo: what is left x (1 - (1 - SIZE)^EFFICACY) x relief."""
    return (p.HAMA0 - nonspecific(x, c, p)) * full_effect(p) * c.relief


def hama(x: Values, c: Values, p: Values) -> Number:
    """Baseline less both falls, and what another treatment leaves of that."""
    return (p.HAMA0 - nonspecific(x, c, p) - drug(x, c, p)) * (1.0 - c.benefit_anxiety)


ENTRY = Effect(
    name="anxiety",
    title="Anxiety",
    stage="mood",
    references=(HARTLAND, PRICE, TAYLOR, GLUE_2017, GLUE_2018, GLUE_2020, HIETAMIES),
    parameters={
        "SIZE": Estimate(
            0.22,
            "fraction of what is left",
            HARTLAND,
            "abstract: standardised difference 0.44 (0.22 to 0.65) at 24 h",
            Provenance.DERIVED,
            "0.44 x an SD of 7 HAM-A points (assumed) of the 18 left on placebo, over a relief of 0.63 at 24 h, is "
            "0.27; a little less makes the mean over people right; state anxiety in Price 2014 gives 0.24 (ketamine "
            "fell 17.1, midazolam 13.4 of 37 points above the floor). Reaches 0: that last difference is well within "
            "error, self-rated anxiety did not differ in Taylor 2018, 11 of 14 pooled trials were at high risk of "
            "bias, and anxiety improved only along with depression",
            (0.0, 0.5),
        ),
        "BELIEF": Estimate(
            0.22,
            "fraction of baseline",
            PRICE,
            "Table 2: state anxiety on midazolam 57.5 to 44.1, floor 20",
            Provenance.DERIVED,
            "0.36 on midazolam, which is itself an anxiolytic, against minor brief effects of it in Glue 2020: between "
            "the two, as the typical person (the mean over people is 0.26)",
            (0.05, 0.4),
        ),
        "EXPECTANCY": Estimate(1.0, "1", TAYLOR, "by definition", Provenance.DERIVED, "1 as in blinded trials"),
        "EFFICACY": Estimate(
            1.0,
            "1",
            TAYLOR,
            "by definition",
            Provenance.DERIVED,
            "1 as in the trials; 0 takes the drug's own part away",
        ),
    },
    drivers=(),
    inputs=("relief", "belief", "benefit_anxiety"),
    individual=individual,
    warn=warn,
    readouts=(
        Readout(name="hama", title="Anxiety (HAM-A)", unit="points", of=hama, bounds=(0.0, 56.0)),
        Readout(name="hama_drug", title="HAM-A fall beyond placebo", unit="points", of=drug, bounds=(0.0, 56.0)),
        Readout(
            name="hama_nonspecific", title="HAM-A fall, nonspecific", unit="points", of=nonspecific, bounds=(0.0, 56.0)
        ),
    ),
    variability={
        "SIZE": Variability(
            Estimate(
                2.0,
                "1",
                TAYLOR,
                "abstract: 33 % responded, 0 % on placebo (LSAS)",
                Provenance.ASSUMED,
                "with the spread of BELIEF: halved scores in about 30 % at a relief of 0.63 and 13 % on placebo",
            ),
            scale="logit",
        ),
        "BELIEF": Variability(
            Estimate(1.0, "1", TAYLOR, "as SIZE", Provenance.ASSUMED, "an SD of change of about 5 points on placebo"),
            scale="logit",
        ),
    },
    residual={
        "hama": Estimate(
            3.0,
            "points",
            HARTLAND,
            "no source",
            Provenance.ASSUMED,
            "rating and day-to-day change of a clinician's scale",
        )
    },
    notes=(
        (
            "For: pooled standardised differences 1.17 (0.44 to 1.89) within 12 h, 0.44 (0.22 to 0.65) at 24 h and "
            "0.40 (0.17 to 0.63) at 7 to 14 d (Hartland 2023); LSAS response 33 % against 0 %, n = 18 (Taylor 2018)."
        ),
        (
            "For, but open: HAM-A and fear halved an hour after 1 mg/kg (Glue 2018, n = 20 chosen responders), 10 of "
            "12 responded at 0.5 to 1 mg/kg (Glue 2017); GAD-7 fell by 1.17 SD in clinics without controls (Hietamies "
            "2023)."
        ),
        (
            "Against: state anxiety in depression fell nearly as much on midazolam (Price 2014); self-rated anxiety "
            "in social anxiety disorder did not differ (Taylor 2018)."
        ),
        (
            "Left out: calm in the first hours beyond the common relief (the 1.17 above), and the GAD-7, for which no "
            "published link to the HAM-A was found."
        ),
        (
            "Social anxiety, generalised anxiety and anxiety in depression are one thing here; the trials do not tell "
            "them apart."
        ),
    ),
)
