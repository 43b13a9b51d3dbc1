"""Post-traumatic stress on the CAPS-5 and PCL-5: fear that follows relief with a delay, and a size that may be zero."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Event
from kinetamine.engine.maths import Number
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.outcome import full_effect, nonspecific_part
from kinetamine.engine.person import Person

SPECIAL_K = Reference(
    key="special_k_2024",
    authors="{European Journal of Psychotraumatology, article 2299124 (authors not shown where read)}",
    title="So how special is special K? A systematic review and meta-analysis of ketamine for PTSD RCTs",
    journal="European Journal of Psychotraumatology",
    year=2024,
    volume="15",
    pages="2299124",
    doi="10.1080/20008066.2023.2299124",
)
FEDER = Reference(
    key="feder_2021",
    authors="Feder, A and others",
    title="A randomized controlled trial of repeated ketamine administration for chronic posttraumatic stress disorder",
    journal="American Journal of Psychiatry",
    year=2021,
    doi="10.1176/appi.ajp.2020.20050596",
)
ABDALLAH = Reference(
    key="abdallah_2022",
    authors="Abdallah, CG and Roache, JD and Gueorguieva, R and Averill, LA and Young-McCaughan, S and Shiroma, PR "
    "and Purohit, P and Brundige, A and Murff, W and Ahn, KH and others",
    title="Dose-related effects of ketamine for antidepressant-resistant symptoms of posttraumatic stress disorder in "
    "veterans and active duty military",
    journal="Neuropsychopharmacology",
    year=2022,
    volume="47",
    pages="1574-1581",
    doi="10.1038/s41386-022-01266-9",
)
RESICK = Reference(
    key="resick_2023",
    authors="Resick, PA and Straud, CL and Wachen, JS and LoSavio, ST and Peterson, AL and McGeary, DD and "
    "Young-McCaughan, S and Taylor, DJ and Mintz, J",
    title="A comparison of the CAPS-5 and PCL-5 to assess PTSD in military and veteran treatment-seeking samples",
    journal="European Journal of Psychotraumatology",
    year=2023,
    doi="10.1080/20008066.2023.2222608",
    pmid="37350229",
)


def warn(_person: Person, events: tuple[Event, ...]) -> tuple[str, ...]:
    """Wherever ketamine is given: the largest trial found nothing."""
    if not any(event.is_dose for event in events):
        return ()
    return (
        (
            "ptsd: the largest trial (158 people) found no effect of ketamine on PTSD scores, and six trials pooled "
            "show 0.20 SD (-0.08 to 0.48) after correction for bias: an effect beyond placebo of zero is within what "
            "is known."
        ),
    )


def individual(p: Values, person: Person) -> dict[str, Number]:
    """Both baselines are the person's."""
    return {**vars(p), "CAPS0": person.caps5, "PCL0": person.pcl5}


def states(_p: Values, _person: Person) -> dict[str, Number]:
    """Fear has not yet followed."""
    return {"fear": 0.0}


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """The relief of fear follows the common relief: fear' = (relief - fear)/TFOLLOW."""
    return {"fear": (c.relief - x.fear) / p.TFOLLOW}


def nonspecific_share(c: Values, p: Values) -> Number:
    """Fraction of the baseline that conviction alone takes away."""
    return nonspecific_part(p, c.belief_ptsd)


def drug_share(x: Values, p: Values) -> Number:
    """Fraction of what is left that the drug takes away."""
    return full_effect(p) * x.fear


def left(x: Values, c: Values, p: Values) -> Number:
    """Fraction of the baseline that remains: (1 - nonspecific) (1 - drug) (1 - benefit)."""
    return (1.0 - nonspecific_share(c, p)) * (1.0 - drug_share(x, p)) * (1.0 - c.benefit_ptsd)


def caps5(x: Values, c: Values, p: Values) -> Number:
    """The clinician's score."""
    return p.CAPS0 * left(x, c, p)


def pcl5(x: Values, c: Values, p: Values) -> Number:
    """The person's own score: the same share of its own baseline."""
    return p.PCL0 * left(x, c, p)


def nonspecific(_x: Values, c: Values, p: Values) -> Number:
    """CAPS-5 points that conviction alone takes away."""
    return p.CAPS0 * nonspecific_share(c, p)


def drug(x: Values, c: Values, p: Values) -> Number:
    """CAPS-5 points beyond placebo."""
    return p.CAPS0 * (1.0 - nonspecific_share(c, p)) * drug_share(x, p)


ENTRY = Effect(
    name="ptsd",
    title="Post-traumatic stress",
    stage="mood",
    references=(SPECIAL_K, FEDER, ABDALLAH, RESICK),
    parameters={
        "SIZE": Estimate(
            0.12,
            "fraction of what is left",
            SPECIAL_K,
            "abstract: 0.35 (0.06 to 0.64) SD at 24 h, 0.24 (0.00 to 0.48) at 1 week, 0.20 (-0.08 to 0.48) "
            "bias-corrected",
            Provenance.DERIVED,
            "with an SD of 10.5 CAPS-5 points (Feder 2021: 11.88 points are 1.13 SD) and reliefs of 0.63 at 24 h, "
            "0.40 at a week and 0.88 after six infusions, these and Feder 2021 ask for a mean near 0.17 over people, "
            "which is 0.12 in the typical one. Reaches 0, as the bias-corrected interval and Abdallah 2022 do; Feder "
            "2021 alone asks for 0.42",
            (0.0, 0.42),
        ),
        "TFOLLOW": Estimate(
            24.0,
            "h",
            SPECIAL_K,
            "no source",
            Provenance.ASSUMED,
            "fear is taken to yield as it is unlearned, after mood; the effect at 24 h is no smaller than at a week, "
            "which speaks against much longer: the pooled numbers are met less well with 72 h, a little better with 6 "
            "h",
            (6.0, 72.0),
        ),
        "BELIEF": Estimate(
            0.18,
            "fraction of baseline",
            FEDER,
            "abstract: 20 % on midazolam fell by 30 % or more",
            Provenance.DERIVED,
            "with the spread below 29 % of people on placebo fall that much; arms on saline were not read in points",
            (0.05, 0.35),
        ),
        "EXPECTANCY": Estimate(1.0, "1", FEDER, "by definition", Provenance.DERIVED, "1 as in blinded trials"),
        "EFFICACY": Estimate(
            1.0, "1", FEDER, "by definition", Provenance.DERIVED, "1 as in the trials; 0 as the largest one suggests"
        ),
    },
    drivers=(),
    inputs=("relief", "belief_ptsd", "benefit_ptsd"),
    individual=individual,
    states=states,
    rates=rates,
    warn=warn,
    readouts=(
        Readout(name="caps5", title="Post-traumatic stress (CAPS-5)", unit="points", of=caps5, bounds=(0.0, 80.0)),
        Readout(name="caps5_drug", title="CAPS-5 fall beyond placebo", unit="points", of=drug, bounds=(0.0, 80.0)),
        Readout(
            name="caps5_nonspecific",
            title="CAPS-5 fall, nonspecific",
            unit="points",
            of=nonspecific,
            bounds=(0.0, 80.0),
        ),
        Readout(name="pcl5", title="Post-traumatic stress (PCL-5)", unit="points", of=pcl5, bounds=(0.0, 80.0)),
    ),
    variability={
        "SIZE": Variability(
            Estimate(
                2.0,
                "1",
                FEDER,
                "abstract: 67 % and 20 % fell by 30 % or more",
                Provenance.ASSUMED,
                "54 % and 29 % here: this trial is the most favourable of six",
            ),
            scale="logit",
        ),
        "BELIEF": Variability(
            Estimate(
                1.0, "1", FEDER, "as SIZE", Provenance.ASSUMED, "an SD of 10 points on placebo with one of 8 before"
            ),
            scale="logit",
        ),
    },
    residual={
        "caps5": Estimate(5.0, "points", FEDER, "no source", Provenance.ASSUMED, "interview to interview"),
        "pcl5": Estimate(6.0, "points", RESICK, "no source", Provenance.ASSUMED, "self-report spreads wider"),
    },
    notes=(
        (
            "For: six infusions against midazolam, n = 30: 11.88 CAPS-5 points at week 2 (d 1.13, 0.36 to 1.91), 67 % "
            "against 20 % responded, lost after a median of 27.5 d (Feder 2021)."
        ),
        (
            "Against: eight infusions against saline in veterans, n = 158: no effect of dose on PCL-5 or CAPS-5, "
            "although mood improved (Abdallah 2022); smaller trials report larger effects, and against active "
            "controls the pooled difference at 24 h is 0.24 (-0.30 to 0.78)."
        ),
        (
            "PCL-5: no published crosswalk was found. It falls by the same share of its own baseline: both scales "
            "change alike over treatment though not by the same points, and the self-report stands higher (Resick "
            "2023)."
        ),
        "Left out: the trauma, psychotherapy beside the infusions, and veterans as a group of their own.",
    ),
)
