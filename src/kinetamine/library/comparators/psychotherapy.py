"""Weekly psychotherapy, mostly cognitive behavioural; in PTSD prolonged exposure."""

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
CUIJPERS14 = Reference(
    key="cuijpers_2014",
    authors="Cuijpers, P and Turner, EH and Mohr, DC and Hofmann, SG and Andersson, G and Berking, M and Coyne, J",
    title="Comparison of psychotherapies for adult depression to pill placebo control groups: a meta-analysis",
    journal="Psychological Medicine",
    year=2014,
    volume="44",
    pages="685-695",
    doi="10.1017/S0033291713000457",
)
CUIJPERS = Reference(
    key="cuijpers_2021",
    authors="Cuijpers, P and Karyotaki, E and Ciharova, M and Miguel, C and Noma, H and Furukawa, TA",
    title=(
        "The effects of psychotherapies for depression on response, remission, reliable change, and deterioration: "
        "a meta-analysis"
    ),
    journal="Acta Psychiatrica Scandinavica",
    year=2021,
    doi="10.1111/acps.13335",
)
HOWARD = Reference(
    key="howard_1986",
    authors="Howard, KI and Kopta, SM and Krause, MS and Orlinsky, DE",
    title="The dose-effect relationship in psychotherapy",
    journal="American Psychologist",
    year=1986,
    volume="41",
    pages="159-164",
    doi="10.1037/0003-066X.41.2.159",
)
CARPENTER = Reference(
    key="carpenter_2018",
    authors="Carpenter, JK and Andrews, LA and Witcraft, SM and Powers, MB and Smits, JAJ and Hofmann, SG",
    title=(
        "Cognitive behavioral therapy for anxiety and related disorders: a meta-analysis of randomized "
        "placebo-controlled trials"
    ),
    journal="Depression and Anxiety",
    year=2018,
    volume="35",
    pages="502-514",
    doi="10.1002/da.22728",
    pmid="29451967",
)
BHATTACHARYA = Reference(
    key="bhattacharya_2022",
    authors="Bhattacharya, S and Goicoechea, C and Heshmati, S and Carpenter, JK and Hofmann, SG",
    title=(
        "Efficacy of cognitive behavioral therapy for anxiety-related disorders: a meta-analysis of recent literature"
    ),
    journal="Current Psychiatry Reports",
    year=2022,
    doi="10.1007/s11920-022-01402-8",
)
PAPOLA = Reference(
    key="papola_2024",
    authors="Papola, D and Miguel, C and Mazzaglia, M and others",
    title=(
        "Psychotherapies for generalized anxiety disorder in adults: a systematic review and network meta-analysis "
        "of randomized clinical trials"
    ),
    journal="JAMA Psychiatry",
    year=2024,
    volume="81",
    pages="250-259",
    doi="10.1001/jamapsychiatry.2023.3971",
    pmid="37851421",
)
SCHNURR = Reference(
    key="schnurr_2007",
    authors="Schnurr, PP and Friedman, MJ and Engel, CC and Foa, EB and Shea, MT and Chow, BK and others",
    title="Cognitive behavioral therapy for posttraumatic stress disorder in women: a randomized controlled trial",
    journal="JAMA",
    year=2007,
    volume="297",
    pages="820-830",
    doi="10.1001/jama.297.8.820",
)

ENTRY = Comparator(
    name="psychotherapy",
    title="Psychotherapy, weekly",
    references=(
        POSTERNAK,
        KHAN,
        CUIJPERS14,
        CUIJPERS,
        HOWARD,
        CARPENTER,
        BHATTACHARYA,
        PAPOLA,
        SCHNURR,
    ),
    population="adults with depression, anxiety disorders or PTSD, 8 to 16 weekly sessions",
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
            0.185,
            "fraction",
            KHAN,
            "table 3",
            Provenance.DERIVED,
            note=(
                "falls of 47 % (psychotherapy) and 38 % (placebo): 1 - 0.53 / 0.62 = 0.145 of what is left when "
                "trials end (12 weeks, course 0.785); 2.66 HAM-D points (Cuijpers 2014) of about 15 left give 0.18"
            ),
            interval=(0.1, 0.24),
        ),
        "SIZE_ANXIETY": Estimate(
            0.25,
            "fraction",
            CARPENTER,
            "abstract: g = 0.56",
            Provenance.ASSUMED,
            note=(
                "between g = 0.56 and the recent 0.24 (Bhattacharya 2022); a standardised effect of 1 is taken to "
                "be half of what is left, as in depression and PTSD: 0.20 at 12 weeks, course 0.785"
            ),
            interval=(0.15, 0.36),
        ),
        "SIZE_PTSD": Estimate(
            0.16,
            "fraction",
            SCHNURR,
            "CAPS at 10 weeks",
            Provenance.DERIVED,
            note=(
                "52.9 of 77.6 left with prolonged exposure, 60.1 of 77.9 with present-centred therapy: 1 - 0.682 / "
                "0.772 = 0.116 at 10 weeks, course 0.723"
            ),
            interval=(0.07, 0.25),
        ),
        "ONSET": Estimate(
            1310.0,
            "h",
            HOWARD,
            "abstract",
            Provenance.DERIVED,
            note=(
                "50 % improved after 8 and 75 % after 26 sessions: a ratio of 0.667 = (1 - exp(-8/n)) / (1 - "
                "exp(-26/n)) for n = 7.8 sessions, one a week"
            ),
        ),
    },
    sessions=False,
    contacts_h=168.0,
    course=rising,
    sizes={"depression": "SIZE_DEPRESSION", "anxiety": "SIZE_ANXIETY", "ptsd": "SIZE_PTSD"},
    days=(0.0, 112.0),
    evidence=(
        Evidence(
            text="Response at two months 41 %, usual care 17 % (228 trials).",
            source=CUIJPERS,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="Against a placebo pill: g = 0.25 (0.14 to 0.36), 2.66 HAM-D points (10 trials, 1240 people).",
            source=CUIJPERS14,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text=(
                "Cognitive behavioural therapy against placebo in anxiety and related disorders: g = 0.56 (41 trials)."
            ),
            source=CARPENTER,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text="In the trials since then g = 0.24, in PTSD 0.14.",
            source=BHATTACHARYA,
            supports=False,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Generalised anxiety against usual care: -0.68 (-1.05 to -0.32), and -0.58 at 3 to 12 months.",
            source=PAPOLA,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text=(
                "Prolonged exposure beat present-centred therapy at 10 weeks (CAPS 52.9 v 60.1) but not at six "
                "months (50.4 v 54.5)."
            ),
            source=SCHNURR,
            supports=True,
            grade=Grade.MODERATE,
        ),
    ),
    notes=(
        "Nobody can be blind to psychotherapy: what is here beyond a placebo pill may be more expectation.",
        "In PTSD the comparison was another therapy: the size is the part that exposure adds.",
        (
            "No size for suicidal ideation and chronic pain: none was looked up. It was not compared with ketamine "
            "head to head."
        ),
    ),
)
