"""Relapse of depression: a hazard that what holds the person up presses down, in people of unequal frailty."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.events import Event
from kinetamine.engine.maths import Number, exp
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.person import Person

MURROUGH = Reference(
    key="murrough_2013_repeated",
    authors="Murrough, JW and Perez, AM and Pillemer, S and Stern, J and Parides, MK and aan het Rot, M and Collins, "
    "KA and Mathew, SJ and Charney, DS and Iosifescu, DV",
    title="Rapid and longer-term antidepressant effects of repeated ketamine infusions in treatment-resistant major "
    "depression",
    journal="Biol Psychiatry",
    year=2013,
    volume="74",
    pages="250-256",
    doi="10.1016/j.biopsych.2012.06.022",
)
DALY = Reference(
    key="daly_2019",
    authors="Daly, EJ and Trivedi, MH and Janik, A and Li, H and Zhang, Y and Li, X and Lane, R and Lim, P and Duca, "
    "AR and Hough, D and Thase, ME and Zajecka, J and Winokur, A and Divacka, I and Fagiolini, A and Cubala, WJ and "
    "Bitter, I and Blier, P and Shelton, RC and Molero, P and Manji, H and Drevets, WC and Singh, JB",
    title="Efficacy of esketamine nasal spray plus oral antidepressant treatment for relapse prevention in patients "
    "with treatment-resistant depression: a randomized clinical trial",
    journal="JAMA Psychiatry",
    year=2019,
    volume="76",
    pages="893-903",
    doi="10.1001/jamapsychiatry.2019.1189",
    pmid="31166571",
)
EKSTRAND = Reference(
    key="ekstrand_2022",
    authors="Ekstrand, J and others",
    title="Racemic ketamine as an alternative to electroconvulsive therapy for unipolar depression: a randomized, "
    "open-label, non-inferiority trial (KetECT)",
    journal="International Journal of Neuropsychopharmacology",
    year=2022,
    volume="25",
    pages="339-349",
    doi="10.1093/ijnp/pyab088",
    pmid="35020871",
)
MCINNES = Reference(
    key="mcinnes_2022",
    authors="McInnes, LA and Qian, JJ and Gargeya, RS and DeBattista, C and Heifets, BD",
    title="A retrospective analysis of ketamine intravenous therapy for depression in real-world care settings",
    journal="Journal of Affective Disorders",
    year=2022,
    volume="301",
    pages="486-495",
    doi="10.1016/j.jad.2021.12.097",
    pmid="35027209",
)
SALLOUM = Reference(
    key="salloum_2020",
    authors="Salloum, NC and Fava, M and Hock, RS and Freeman, MP and Flynn, M and Hoeppner, B and Cusin, C and "
    "Iosifescu, DV and Trivedi, MH and Sanacora, G and Mathew, SJ and Debattista, C and Ionescu, DF and "
    "Papakostas, GI",
    title="Time to relapse after a single administration of intravenous ketamine augmentation in unipolar "
    "treatment-resistant depression",
    journal="Journal of Affective Disorders",
    year=2020,
    volume="260",
    pages="131-139",
    doi="10.1016/j.jad.2019.09.017",
    pmid="31494365",
)
FEDER = Reference(
    key="feder_2021",
    authors="Feder, A and others",
    title="A randomized controlled trial of repeated ketamine administration for chronic posttraumatic stress disorder",
    journal="American Journal of Psychiatry",
    year=2021,
    doi="10.1176/appi.ajp.2020.20050596",
)
_FIT = "docs/fits/relapse.py"
DAY_H = 24.0


def warn(_person: Person, _events: tuple[Event, ...]) -> tuple[str, ...]:
    """For whom the number means something."""
    return (
        (
            "relapse: it holds for people who responded, counted from the start of the simulation; times to relapse "
            "come from small or selected groups with different definitions, so read it between treatments, not as one "
            "person's date."
        ),
    )


def states(_p: Values, _person: Person) -> dict[str, Number]:
    """No risk gathered yet."""
    return {"risk": 0.0}


def held(c: Values) -> Number:
    """How much holds the person up: 1 - (1 - relief) (1 - benefit of another treatment)."""
    return 1.0 - (1.0 - c.relief) * (1.0 - c.benefit_depression)


def hazard(_x: Values, c: Values, p: Values) -> Number:
    """Per day, for one still well: H0 x PRONE x exp(-PROTECT x held)."""
    return p.H0 * p.PRONE * exp(-p.PROTECT * held(c))


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """Risk gathers with the hazard; time runs in hours."""
    return {"risk": hazard(x, c, p) / DAY_H}


def risk(x: Values, _c: Values, _p: Values) -> Number:
    """Cumulative hazard."""
    return x.risk


def relapsed(cumulative: Number) -> Number:
    """Probability that one person has relapsed, from that person's cumulative hazard: 1 - exp(-risk).

    The share of a group is the mean of this over its people; the typical person's is not it.
    """
    return 1.0 - exp(-cumulative)


ENTRY = Effect(
    name="relapse",
    title="Relapse of depression",
    stage="mood",
    references=(MURROUGH, DALY, EKSTRAND, MCINNES, SALLOUM, FEDER),
    parameters={
        "H0": Estimate(
            0.0898,
            "1/d",
            MURROUGH,
            _FIT,
            Provenance.FITTED,
            "with nothing holding, the person of middle frailty; rests on the default mechanism's relief of 0.76 after "
            "six infusions, halved every 11 days",
            (0.029, 0.277),
        ),
        "PROTECT": Estimate(
            4.65,
            "1",
            DALY,
            _FIT,
            Provenance.FITTED,
            "log hazard taken away by full relief; rests on a relief of 0.70 under maintenance and an assumed "
            "benefit of 0.5 of the oral antidepressant in those who became well on it",
            (3.14, 6.88),
        ),
        "PRONE": Estimate(
            1.0, "1", EKSTRAND, "by definition", Provenance.DERIVED, "the person of middle frailty; it differs below"
        ),
    },
    drivers=(),
    inputs=("relief", "benefit_depression"),
    states=states,
    rates=rates,
    warn=warn,
    readouts=(
        Readout(name="relapse_hazard", title="Hazard of relapse", unit="1/d", of=hazard, bounds=(0.0, float("inf"))),
        Readout(
            name="relapse_risk", title="Cumulative hazard of relapse", unit="1", of=risk, bounds=(0.0, float("inf"))
        ),
    ),
    variability={
        "PRONE": Variability(
            Estimate(
                3.0,
                "1",
                EKSTRAND,
                _FIT,
                Provenance.ASSUMED,
                "the smallest hardly worse than the best (9, and nothing bounds it above); makes the hazard of a "
                "group fall",
                (2.5, 14.0),
            )
        )
    },
    notes=(
        (
            "Met: 80 and 60 % still well at 4 and 8 weeks in clinics (McInnes 2022), median 27.5 d in PTSD responders "
            "(Feder 2021), hazard ratios 0.49 and 0.30 for continued esketamine (Daly 2019; 0.37 here), 70 and 63 % "
            "relapsed in a year after ketamine and ECT (Ekstrand 2022; 77 % here)."
        ),
        (
            "Missed by about an error: median 18 d after six infusions off all drugs (Murrough 2013; 28 d here), 14 d "
            "after one (Salloum 2020), and a median of 273 d after withdrawal in remitters (Daly 2019; 140 d here)."
        ),
        (
            "Nothing depends on how deep or how long a remission was, except through relief: SUSTAIN-1 is met by "
            "choosing those who stayed well for 12 weeks first."
        ),
        "The hazard runs from the start whether or not there was a response: for someone never well it has no meaning.",
        "A new dose lowers the hazard; risk already gathered stays.",
    ),
)
