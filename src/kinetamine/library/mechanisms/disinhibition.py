"""Disinhibition: interneurons fall silent first, pyramidal cells fire more, glutamate drives AMPA receptors."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Evidence, Grade
from kinetamine.engine.mechanism import Mechanism

GERHARD = Reference(
    key="gerhard_2020",
    authors="Gerhard, DM and Pothula, S and Liu, RJ and Wu, M and Li, XY and Girgenti, MJ and Taylor, SR and Duman, CH "
    "and Delpire, E and Picciotto, M and Wohleb, ES and Duman, RS",
    title="GABA interneurons are the cellular trigger for ketamine's rapid antidepressant actions",
    journal="Journal of Clinical Investigation",
    year=2020,
    volume="130",
    pages="1336-1349",
    doi="10.1172/JCI130808",
)
HOMAYOUN = Reference(
    key="homayoun_2007",
    authors="Homayoun, H and Moghaddam, B",
    title="NMDA receptor hypofunction produces opposite effects on prefrontal cortex interneurons and pyramidal "
    "neurons",
    journal="Journal of Neuroscience",
    year=2007,
    volume="27",
    pages="11496-11500",
    doi="10.1523/JNEUROSCI.2213-07.2007",
)
ABDALLAH = Reference(
    key="abdallah_2018",
    authors="Abdallah, CG and De Feyter, HM and Averill, LA and Jiang, L and Averill, CL and Chowdhury, GMI and "
    "Purohit, P and de Graaf, RA and Esterlis, I and Juchem, C and others",
    title="The effects of ketamine on prefrontal glutamate neurotransmission in healthy and depressed subjects",
    journal="Neuropsychopharmacology",
    year=2018,
    volume="43",
    pages="2154-2160",
    doi="10.1038/s41386-018-0136-3",
)
BOJESEN = Reference(
    key="bojesen_2018",
    authors="Bojesen, KB and Andersen, KA and Rasmussen, SN and Baandrup, L and Madsen, LM and Glenthoj, BY and "
    "Rostrup, E and Broberg, BV",
    title="Glutamate levels and resting cerebral blood flow in anterior cingulate cortex are associated at rest and "
    "immediately following infusion of S-ketamine in healthy volunteers",
    journal="Frontiers in Psychiatry",
    year=2018,
    volume="9",
    pages="22",
    doi="10.3389/fpsyt.2018.00022",
)
ZARATE = Reference(
    key="zarate_2006_memantine",
    authors="Zarate, CA and Singh, JB and Quiroz, JA and De Jesus, G and Denicoff, KK and Luckenbaugh, DA and "
    "Manji, HK and Charney, DS",
    title="A double-blind, placebo-controlled study of memantine in the treatment of major depression",
    journal="American Journal of Psychiatry",
    year=2006,
    volume="163",
    pages="153-155",
    doi="10.1176/appi.ajp.163.1.153",
)

ENTRY = Mechanism(
    name="disinhibition",
    title="disinhibition",
    references=(GERHARD, HOMAYOUN, ABDALLAH, BOJESEN, ZARATE),
    parameters={},
    drive=lambda _x, c, _p: c.ampa,
    evidence=(
        Evidence(
            "Taking GluN2B out of interneurons blocks ketamine's effect in mice; out of principal cells it does not.",
            GERHARD,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "In slices 1 umol/L silences inhibition and raises excitation; at 10 umol/L both fall.",
            GERHARD,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "With another blocker interneurons of awake rats fall first, pyramidal cells rise after a delay.",
            HOMAYOUN,
            supports=True,
            grade=Grade.MODERATE,
        ),
        Evidence(
            "In people glutamine labelling rises by 13 % during the infusion.",
            ABDALLAH,
            supports=True,
            grade=Grade.LOW,
        ),
        Evidence(
            "Spectroscopy of the anterior cingulate saw no change of glutamate after S-ketamine.",
            BOJESEN,
            supports=False,
            grade=Grade.LOW,
        ),
        Evidence(
            "Memantine blocks the same receptor and does nothing against depression; the equations would have it work.",
            ZARATE,
            supports=False,
            grade=Grade.MODERATE,
        ),
    ),
    notes=("Its size in people is open: +13 % of labelled glutamine, often nothing in spectroscopy.",),
)
