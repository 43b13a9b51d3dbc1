"""A serotonin and noradrenaline reuptake inhibitor (venlafaxine, duloxetine), taken daily."""

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
ALLGULANDER = Reference(
    key="allgulander_2007",
    authors="Allgulander, C and others",
    title=(
        "Pharmacotherapy of generalized anxiety disorder: results of duloxetine treatment from a pooled analysis of"
        " three clinical trials"
    ),
    journal="Current Medical Research and Opinion",
    year=2007,
    volume="23",
    pages="1245-1252",
    doi="10.1185/030079907X182202",
    pmid="17559726",
)
UCHIO = Reference(
    key="uchio_2018",
    authors="Uchio, Y and Enomoto, H and Alev, L and Kato, Y and Ishihara, H and Tsuji, T and Ochiai, T and Konno, S",
    title=(
        "A randomized, double-blind, placebo-controlled Phase III trial of duloxetine in Japanese patients with "
        "knee pain due to osteoarthritis"
    ),
    journal="Journal of Pain Research",
    year=2018,
    volume="11",
    pages="809-821",
    doi="10.2147/JPR.S164128",
    pmid="29713194",
)
WANG = Reference(
    key="wang_2017",
    authors="Wang, G and others",
    title=(
        "Duloxetine 60 mg once daily in Chinese patients with chronic pain due to osteoarthritis: a randomized, "
        "double-blind, placebo-controlled trial"
    ),
    journal="Osteoarthritis and Cartilage",
    year=2017,
    url="https://www.oarsijournal.com/article/S1063-4584(16)30498-8/fulltext",
)
BIRKINSHAW = Reference(
    key="birkinshaw_2023",
    authors=(
        "Birkinshaw, H and Friedrich, CM and Cole, P and Eccleston, C and Serfaty, M and Stewart, G and White, S "
        "and Moore, RA and Phillippo, D and Pincus, T"
    ),
    title="Antidepressants for pain management in adults with chronic pain: a network meta-analysis",
    journal="Cochrane Database of Systematic Reviews",
    year=2023,
    pages="CD014682",
    doi="10.1002/14651858.CD014682.pub2",
)
SKLJAREVSKI = Reference(
    key="skljarevski_2009",
    authors=(
        "Skljarevski, V and Ossanna, M and Liu-Seifert, H and Zhang, Q and Chappell, A and Iyengar, S and Detke, M "
        "and Backonja, M"
    ),
    title="A double-blind, randomized trial of duloxetine versus placebo in the management of chronic low back pain",
    journal="European Journal of Neurology",
    year=2009,
    doi="10.1111/j.1468-1331.2009.02648.x",
)
SMITH = Reference(
    key="smith_2002",
    authors="Smith, D and Dempster, C and Glanville, J and Freemantle, N and Anderson, I",
    title=(
        "Efficacy and tolerability of venlafaxine compared with selective serotonin reuptake inhibitors and other "
        "antidepressants: a meta-analysis"
    ),
    journal="British Journal of Psychiatry",
    year=2002,
    volume="180",
    pages="396-404",
    doi="10.1192/bjp.180.5.396",
)
HARADA = Reference(
    key="harada_2015",
    authors="Harada, E and others",
    title="Efficacy comparison of duloxetine and SSRIs at doses approved in Japan",
    journal="Neuropsychiatric Disease and Treatment",
    year=2015,
    volume="11",
    pages="115-123",
    doi="10.2147/NDT.S72642",
)

ENTRY = Comparator(
    name="snri",
    title="SNRI, daily",
    references=(
        POSTERNAK,
        KHAN,
        TAYLOR,
        JAKOBSEN,
        STONE,
        SLEE,
        ALLGULANDER,
        UCHIO,
        WANG,
        BIRKINSHAW,
        SKLJAREVSKI,
        SMITH,
        HARADA,
    ),
    population="adults with major depression, generalised anxiety disorder, or chronic pain of joints or the back",
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
            0.21,
            "fraction",
            SLEE,
            "abstract: duloxetine -3.13, venlafaxine -2.69 HAM-A points",
            Provenance.ASSUMED,
            note=(
                "2.91 of the 16 left on placebo (fall of 8.0, Allgulander 2007; baseline of 24 assumed) is 0.18 at "
                "week 8, course 0.874"
            ),
            interval=(0.14, 0.28),
        ),
        "SIZE_CHRONIC_PAIN": Estimate(
            0.19,
            "fraction",
            UCHIO,
            "abstract, with Wang 2017",
            Provenance.ASSUMED,
            note=(
                "-0.77 (placebo -1.80) and -0.50 (placebo -1.73) points of 10 at weeks 13 and 14; baseline of 5.2 "
                "assumed (entry at 4 or more): 0.23 and 0.14 of what is left"
            ),
            interval=(0.09, 0.28),
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
    sizes={"depression": "SIZE_DEPRESSION", "anxiety": "SIZE_ANXIETY", "chronic_pain": "SIZE_CHRONIC_PAIN"},
    days=(0.0, 98.0),
    evidence=(
        Evidence(
            text=(
                "Duloxetine in chronic pain: at least 30 % relief in 549 v 405 of 1000 (24 trials, 7833 people), of"
                " moderate certainty."
            ),
            source=BIRKINSHAW,
            supports=True,
            grade=Grade.HIGH,
        ),
        Evidence(
            text=(
                "Duloxetine 60 mg in knee osteoarthritis: -2.57 v -1.80 points of 10 (difference -0.77, -1.11 to "
                "-0.43)."
            ),
            source=UCHIO,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="The same in China: -2.23 v -1.73, difference -0.50 (-0.80 to -0.20).",
            source=WANG,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="In low back pain no dose beat placebo at week 13, though 60 mg did in weeks 3 to 11.",
            source=SKLJAREVSKI,
            supports=False,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Duloxetine in generalised anxiety: -11.1 v -8.0 HAM-A points (three trials, 1163 people).",
            source=ALLGULANDER,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            text="Venlafaxine beat SSRIs by a standardised 0.14 (0.07 to 0.22) in depression.",
            source=SMITH,
            supports=False,
            grade=Grade.LOW,
        ),
        Evidence(
            text="Duloxetine and SSRIs were alike on the HAM-D at week 8 (1694 people).",
            source=HARADA,
            supports=True,
            grade=Grade.MODERATE,
        ),
    ),
    notes=(
        (
            "Depression as the SSRI's: the small advantage of venlafaxine rests on its maker's trials and is "
            "contradicted for duloxetine."
        ),
        "The time course is the SSRIs'; in pain a clinically meaningful difference was reported at about 4 weeks.",
        "No size for PTSD and suicidal ideation: none was found that could be read.",
    ),
)
