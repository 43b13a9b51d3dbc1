"""A selective serotonin reuptake inhibitor, taken daily."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.comparator import Comparator, rising
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.model import Estimate, Provenance

POSTERNAK = Reference(
    key="posternak_2005",
    authors="Posternak, MA and Zimmerman, M",
    title="Is there a delay in the antidepressant effect? A meta-analysis",
    journal="Journal of Clinical Psychiatry",
    year=2005,
    volume="66",
    pages="148-158",
    url="https://www.psychiatrist.com/jcp/depression/is-delay-antidepressant-effect-meta-analysis/",
)
KHAN = Reference(
    key="khan_2012",
    authors="Khan, A and Faucett, J and Lichtenberg, P and Kirsch, I and Brown, WA",
    title="A systematic review of comparative efficacy of treatments and controls for depression",
    journal="PLoS ONE",
    year=2012,
    volume="7",
    pages="e41778",
    doi="10.1371/journal.pone.0041778",
    pmid="22860015",
)
TAYLOR = Reference(
    key="taylor_2006",
    authors="Taylor, MJ and Freemantle, N and Geddes, JR and Bhagwagar, Z",
    title=(
        "Early onset of selective serotonin reuptake inhibitor antidepressant action: systematic review and "
        "meta-analysis"
    ),
    journal="Archives of General Psychiatry",
    year=2006,
    volume="63",
    pages="1217-1223",
    doi="10.1001/archpsyc.63.11.1217",
    pmid="17088502",
)
JAKOBSEN = Reference(
    key="jakobsen_2017",
    authors="Jakobsen, JC and Katakam, KK and Schou, A and others",
    title=(
        "Selective serotonin reuptake inhibitors versus placebo in patients with major depressive disorder: a "
        "systematic review with meta-analysis and Trial Sequential Analysis"
    ),
    journal="BMC Psychiatry",
    year=2017,
    volume="17",
    pages="58",
    doi="10.1186/s12888-016-1173-2",
    pmid="28178949",
)
STONE = Reference(
    key="stone_2022",
    authors="Stone, MB and Yaseen, ZS and Miller, BJ and Richardville, K and Kalaria, SN and Kirsch, I",
    title=(
        "Response to acute monotherapy for major depressive disorder in randomized, placebo controlled trials "
        "submitted to the US Food and Drug Administration: individual participant data analysis"
    ),
    journal="BMJ",
    year=2022,
    volume="378",
    pages="e067606",
    doi="10.1136/bmj-2021-067606",
    pmid="35918097",
)
SLEE = Reference(
    key="slee_2019",
    authors="Slee, A and Nazareth, I and Bondaronek, P and Liu, Y and Cheng, Z and Freemantle, N",
    title="Pharmacological treatments for generalised anxiety disorder: a systematic review and network meta-analysis",
    journal="Lancet",
    year=2019,
    volume="393",
    pages="768-777",
    doi="10.1016/S0140-6736(18)31793-8",
    pmid="30712879",
)
DAVIDSON = Reference(
    key="davidson_2004",
    authors="Davidson, JRT and Bose, A and Korotzer, A and Zheng, H",
    title=(
        "Escitalopram in the treatment of generalized anxiety disorder: double-blind, placebo controlled, "
        "flexible-dose study"
    ),
    journal="Depression and Anxiety",
    year=2004,
    volume="19",
    pages="234-240",
    doi="10.1002/da.10146",
)
STEIN = Reference(
    key="stein_2006",
    authors="Stein, DJ and Ipser, JC and Seedat, S",
    title="Pharmacotherapy for post traumatic stress disorder (PTSD)",
    journal="Cochrane Database of Systematic Reviews",
    year=2006,
    pages="CD002795",
    doi="10.1002/14651858.CD002795.pub2",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC6993948/",
)
BRADY = Reference(
    key="brady_2000",
    authors="Brady, K and Pearlstein, T and Asnis, GM and Baker, D and Rothbaum, B and Sikes, CR and Farfel, GM",
    title="Efficacy and safety of sertraline treatment of posttraumatic stress disorder: a randomized controlled trial",
    journal="JAMA",
    year=2000,
    volume="283",
    pages="1837-1844",
    doi="10.1001/jama.283.14.1837",
    pmid="10770145",
)
WILLIAMS = Reference(
    key="williams_2022",
    authors="Williams, T and Phillips, NJ and Stein, DJ and Ipser, JC",
    title="Pharmacotherapy for post traumatic stress disorder (PTSD)",
    journal="Cochrane Database of Systematic Reviews",
    year=2022,
    pages="CD002795",
    doi="10.1002/14651858.CD002795.pub3",
)
PLOEDERL = Reference(
    key="ploederl_2019",
    authors="Plöderl, M and Hengartner, MP",
    title=(
        "What are the chances for personalised treatment with antidepressants? Detection of patient-by-treatment "
        "interaction with a variance ratio meta-analysis"
    ),
    journal="BMJ Open",
    year=2019,
    volume="9",
    pages="e034816",
    url="https://pmc.ncbi.nlm.nih.gov/articles/PMC7008413/",
)

ENTRY = Comparator(
    name="ssri",
    title="SSRI, daily",
    references=(
        POSTERNAK,
        KHAN,
        TAYLOR,
        JAKOBSEN,
        STONE,
        SLEE,
        DAVIDSON,
        STEIN,
        BRADY,
        WILLIAMS,
        PLOEDERL,
    ),
    population=(
        "adults with major depression, generalised anxiety disorder or PTSD, placebo-controlled trials of 6 to 12 weeks"
    ),
    parameters={
        "CONVICTION": Estimate(
            1.35,
            "1",
            KHAN,
            "table 3",
            Provenance.DERIVED,
            note=(
                "placebo arms with blinded raters fell by 38 % of baseline at week 8, when 0.95 of it is there; the "
                "scale: a fully persuaded ketamine arm falls by 0.29, the mean over people of BELIEF"
            ),
            interval=(1.0, 1.5),
        ),
        "RISE": Estimate(
            0.4155,
            "1/h",
            POSTERNAK,
            "abstract: three fifths of the improvement on placebo within two weeks",
            Provenance.DERIVED,
            note=(
                "each contact of an hour brings 0.34 of what contacts can bring: 0.34, 0.56, 0.81 and 0.96 after one, "
                "two, four and eight weekly ones"
            ),
        ),
        "FADE": Estimate(
            8760.0,
            "h",
            POSTERNAK,
            "no source",
            Provenance.ASSUMED,
            note="a year: as long as care goes on, belief in it is kept",
        ),
        "SIZE_DEPRESSION": Estimate(
            0.148,
            "fraction",
            KHAN,
            "table 3",
            Provenance.DERIVED,
            note=(
                "falls of 46 % (antidepressant) and 38 % (placebo): 1 - 0.54 / 0.62 = 0.129 of what is left when "
                "trials end (8 weeks, course 0.874); 1.94 and 1.75 HAM-D points (Jakobsen 2017, Stone 2022) of "
                "about 15 that are left give 0.12 to 0.13"
            ),
            interval=(0.09, 0.21),
        ),
        "SIZE_ANXIETY": Estimate(
            0.17,
            "fraction",
            SLEE,
            "abstract: escitalopram -2.45 HAM-A points",
            Provenance.ASSUMED,
            note=(
                "2.45 of the 16.3 left on placebo (fall of about 7.7, Davidson 2004; baseline of 24 assumed, entry "
                "was at 18 or more) is 0.15 at week 8, course 0.874"
            ),
            interval=(0.11, 0.24),
        ),
        "SIZE_PTSD": Estimate(
            0.118,
            "fraction",
            STEIN,
            "abstract: -5.76 CAPS points (17 trials)",
            Provenance.DERIVED,
            note=(
                "5.76 of the 51.1 left on placebo (baseline 74.3 in a trial of the same review, fall of 23.2 in "
                "Brady 2000) is 0.113 at week 12, course 0.955"
            ),
            interval=(0.07, 0.2),
        ),
        "ONSET": Estimate(
            650.0,
            "h",
            TAYLOR,
            "text: a third of the six-week difference in week 1",
            Provenance.DERIVED,
            note=(
                "week 1 over week 6 = 0.29 of what is left: 0.33 if the placebo response were there at once, 0.24 "
                "if it builds over weeks, as it does (Posternak 2005)"
            ),
            interval=(490.0, 1060.0),
        ),
    },
    sessions=False,
    contacts_h=168.0,
    course=rising,
    sizes={"depression": "SIZE_DEPRESSION", "anxiety": "SIZE_ANXIETY", "ptsd": "SIZE_PTSD"},
    days=(0.0, 84.0),
    evidence=(
        Evidence(
            text=(
                "Response (HAM-D down by half) at week 1: 1.64 (1.2 to 2.25) times as likely as on placebo; a third"
                " of the six-week difference is there."
            ),
            source=TAYLOR,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="SSRI minus placebo is -1.94 HAM-D points (-2.50 to -1.37) in 49 trials, all at high risk of bias.",
            source=JAKOBSEN,
            supports=False,
            grade=Grade.HIGH,
        ),
        Evidence(
            text=(
                "73 388 people in 232 trials: antidepressant minus placebo is 1.75 points (1.63 to 1.86); a large "
                "response in 24.5 v 9.6 %."
            ),
            source=STONE,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text=(
                "Variances in drug arms equal those in placebo arms (ratio 1.01, 0.99 to 1.02): nobody is shown to "
                "gain more than others."
            ),
            source=PLOEDERL,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="PTSD responds in 58 % on an SSRI and in 35 % on placebo (8 trials).",
            source=WILLIAMS,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Escitalopram in generalised anxiety: -11.3 v -7.4 HAM-A points at week 8, apart from week 1 on.",
            source=DAVIDSON,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Sertraline in PTSD: -33.0 v -23.2 CAPS-2 points at week 12; pooled differences are half of that.",
            source=BRADY,
            supports=True,
            grade=Grade.MODERATE,
        ),
    ),
    notes=(
        "No variability between people: trials show none (variance ratio 1.01).",
        "One time course for all outcomes: those of anxiety and PTSD were not read week by week.",
        "People who had failed antidepressants before, as in ketamine's trials, gain less; that is not simulated.",
        "No size for suicidal ideation and chronic pain: none was found that could be read.",
    ),
)
