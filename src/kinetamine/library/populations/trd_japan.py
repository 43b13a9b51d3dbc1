"""Treatment-resistant depression in Japan: who took part in the trial there, as far as could be read."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.model import Estimate, Provenance
from kinetamine.engine.population import BySex, PoissonAbove, Population, Spread
from kinetamine.library import bodies, cyp2b6

WANG = Reference(
    key="wang_2021",
    authors="Wang, SM and others",
    title="Rapid onset of intranasal esketamine in patients with treatment resistant depression and major depression "
    "with suicide ideation: a meta-analysis",
    journal="Clinical Psychopharmacology and Neuroscience",
    year=2021,
    volume="19",
    pages="341-354",
    doi="10.9758/cpn.2021.19.2.341",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC8077059/",
)
TAKAHASHI = Reference(
    key="takahashi_2021",
    authors="Takahashi, N and Yamada, A and Shiraishi, A and Shimizu, H and Goto, R and Tominaga, Y",
    title="Efficacy and safety of fixed doses of intranasal esketamine as an add-on therapy to oral antidepressants "
    "in Japanese patients with treatment-resistant depression: a phase 2b randomized clinical study",
    journal="BMC Psychiatry",
    year=2021,
    volume="21",
    pages="526",
    doi="10.1186/s12888-021-03538-y",
    pmid="34696742",
)
ASAYAMA = Reference(
    key="japan_blood_pressure_cohorts_2012",
    authors="(authors not shown where read)",
    title="Blood pressure categories and long-term risk of cardiovascular disease according to age group in Japanese "
    "men and women",
    journal="Hypertension Research",
    year=2012,
    url="http://preview-www.nature.com/articles/hr201287/tables/1",
)
NAWATA = Reference(
    key="nawata_2017",
    authors="Nawata, K and Matsumoto, A and Kajihara, R and Kimura, M",
    title="Evaluation of the distribution and factors affecting blood pressure using medical checkup data in Japan",
    journal="Health",
    year=2017,
    volume="9",
    pages="124-137",
    doi="10.4236/health.2017.91009",
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
_PEOPLE = "fraction of people"
_ARMS = "PMC8547110, table 3, day 0: 38.4 (6.07) of 41, 37.9 (5.41) of 40, 35.9 (5.28) of 41, 37.7 (5.65) of 80"
_BODY = ("age_y", "height_cm", "bmi", "systolic_mmhg", "diastolic_mmhg", "heart_rate_bpm")
_BORROWED = "not read of people in Japan: as adults of 18 to 64 in the United States"


def _read(value: float, unit: str, source: Reference, where: str, derived: str = "") -> Estimate:
    provenance = Provenance.DERIVED if derived else Provenance.MEASURED
    return Estimate(value, unit, source, where, provenance, derived)


def _assumed(value: float, unit: str, source: Reference, why: str) -> Estimate:
    return Estimate(value, unit, source, "not read", Provenance.ASSUMED, why)


def _height(mean: float, sd: float) -> Spread:
    why = "adults in Japan are shorter than in the United States; no page that could be read prints a spread"
    return Spread(
        mean=_assumed(mean, "cm", TAKAHASHI, why), sd=_assumed(sd, "cm", TAKAHASHI, why), low=135.0, high=200.0
    )


ENTRY = Population(
    name="trd_japan",
    title="Trial of treatment-resistant depression in Japan",
    references=(WANG, TAKAHASHI, ASAYAMA, NAWATA, DALY, *bodies.REFERENCES, *cyp2b6.REFERENCES),
    women=_assumed(0.5, _PEOPLE, TAKAHASHI, "the share was not on the pages that could be read"),
    covariates={
        "age_y": Spread(
            mean=_read(43.4, "year", WANG, "table 1, NCT02918318: 43.4 (10.35)"),
            sd=_read(10.35, "year", WANG, "table 1, NCT02918318: 43.4 (10.35)"),
            low=20.0,
            high=65.0,
        ),
        "height_cm": BySex(female=_height(158.0, 5.5), male=_height(171.0, 6.0)),
        "bmi": Spread(
            mean=_read(23.2, "kg/m2", ASAYAMA, "table 1, total of 67 309: 23.2 (3.1)"),
            sd=_read(3.1, "kg/m2", ASAYAMA, "table 1, total of 67 309: 23.2 (3.1)"),
            low=14.0,
            high=50.0,
            shape="log-normal",
        ),
        "systolic_mmhg": Spread(
            mean=_read(125.4, "mmHg", NAWATA, "abstract: 125.4 (16.5)"),
            sd=_read(16.5, "mmHg", NAWATA, "abstract: 125.4 (16.5)"),
            low=75.0,
            high=230.0,
            shape="log-normal",
        ),
        "diastolic_mmhg": Spread(
            mean=_read(77.6, "mmHg", NAWATA, "abstract: 77.6 (11.7)"),
            sd=_read(11.7, "mmHg", NAWATA, "abstract: 77.6 (11.7)"),
            low=35.0,
            high=130.0,
        ),
        "heart_rate_bpm": bodies.spread("18 to 64", "heart_rate_bpm", _BORROWED),
        "madrs": Spread(
            mean=_read(37.5, "points", TAKAHASHI, _ARMS, "the four arms together"),
            sd=_read(5.66, "points", TAKAHASHI, _ARMS, "the four arms together"),
            low=20.0,
            high=60.0,
        ),
        "failed_treatments": PoissonAbove(
            least=2,
            beyond=_read(
                0.349,
                "treatments",
                DALY,
                "table 1: more than two previous antidepressants in 87 of 295 (19, 22, 21 and 25 of four groups)",
                "the mean of a Poisson number that is 0 with probability 208/295; two failures are the criterion",
            ),
            most=8,
        ),
    },
    correlations=bodies.correlations("18 to 64", (*_BODY, "hypertension"), _BORROWED),
    hypertension={
        20.0: _read(0.216, _PEOPLE, NAWATA, "abstract: 21.6 % of measurements at or above 140/90", "of measurements")
    },
    ancestry={"japanese": _read(1.0, _PEOPLE, TAKAHASHI, "title", "a trial in Japanese patients")},
    cyp2b6_6={"japanese": cyp2b6.FREQUENCIES["japanese"]},
    notes=(
        "Share of women and heights are assumed; body mass index and pressures are those of Japanese surveys.",
        "Failed treatments: SUSTAIN-1, elsewhere; the trial took people with one to four.",
        "Correlations are those of adults in the United States.",
    ),
)
