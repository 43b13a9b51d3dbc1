"""From block of the NMDA receptor to relief of a circuit: what the rival mechanisms share.

Occupancy acts more on interneurons than on pyramidal cells, so excitation rises before it falls; glutamate follows
it within minutes, BDNF within hours; past a gate, BDNF potentiates synapses at once and, by mTORC1 and proteins,
builds new ones, which are lost in days unless they become stable. Both relieve the circuit. Nothing feeds back
(Jain and Bhalla 2009 found such loops monostable; a loop through AMPA drive latched on in a prototype), so without
drug every state returns to where it began.
"""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, exp, hill, maximum
from kinetamine.engine.mechanism import Chain
from kinetamine.engine.model import Estimate, Provenance, Readout, Values, Variability

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
MOGHADDAM = Reference(
    key="moghaddam_1997",
    authors="Moghaddam, B and Adams, B and Verma, A and Daly, D",
    title="Activation of glutamatergic neurotransmission by ketamine: a novel step in the pathway from NMDA receptor "
    "blockade to dopaminergic and cognitive disruptions associated with the prefrontal cortex",
    journal="Journal of Neuroscience",
    year=1997,
    volume="17",
    pages="2921-2927",
    doi="10.1523/JNEUROSCI.17-08-02921.1997",
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
AUTRY = Reference(
    key="autry_2011",
    authors="Autry, AE and Adachi, M and Nosyreva, E and Na, ES and Los, MF and Cheng, PF and Kavalali, ET and "
    "Monteggia, LM",
    title="NMDA receptor blockade at rest triggers rapid behavioural antidepressant responses",
    journal="Nature",
    year=2011,
    volume="475",
    pages="91-95",
    doi="10.1038/nature10130",
)
LI = Reference(
    key="li_2010",
    authors="Li, N and Lee, B and Liu, RJ and Banasr, M and Dwyer, JM and Iwata, M and Li, XY and Aghajanian, G and "
    "Duman, RS",
    title="mTOR-dependent synapse formation underlies the rapid antidepressant effects of NMDA antagonists",
    journal="Science",
    year=2010,
    volume="329",
    pages="959-964",
    doi="10.1126/science.1190287",
)
JAIN = Reference(
    key="jain_2009",
    authors="Jain, P and Bhalla, US",
    title="Signaling logic of activity-triggered dendritic protein synthesis: an mTOR gate but not a feedback switch",
    journal="PLoS Computational Biology",
    year=2009,
    volume="5",
    pages="e1000287",
    doi="10.1371/journal.pcbi.1000287",
)
PHOUMTHIPPHAVONG = Reference(
    key="phoumthipphavong_2016",
    authors="Phoumthipphavong, V and Barthas, F and Hassett, S and Kwan, AC",
    title="Longitudinal effects of ketamine on dendritic architecture in vivo in the mouse medial frontal cortex",
    journal="eNeuro",
    year=2016,
    volume="3",
    pages="ENEURO.0133-15.2016",
    doi="10.1523/ENEURO.0133-15.2016",
)
MODA_SAVA = Reference(
    key="moda_sava_2019",
    authors="Moda-Sava, RN and Murdock, MH and Parekh, PK and Fetcho, RN and Huang, BS and Huynh, TN and Witztum, J "
    "and Shaver, DC and Rosenthal, DL and Alway, EJ and others",
    title="Sustained rescue of prefrontal circuit dysfunction by antidepressant-induced spine formation",
    journal="Science",
    year=2019,
    volume="364",
    pages="eaat8078",
    doi="10.1126/science.aat8078",
)
HOLMES = Reference(
    key="holmes_2022",
    authors="Holmes, SE and Finnema, SJ and Naganawa, M and DellaGioia, N and Holden, D and Fowles, K and Davis, M and "
    "Ropchan, J and Emory, P and Ye, Y and others",
    title="Imaging the effect of ketamine on synaptic density (SV2A) in the living brain",
    journal="Molecular Psychiatry",
    year=2022,
    volume="27",
    pages="2273-2281",
    doi="10.1038/s41380-022-01465-2",
)
KOTERMANSKI = Reference(
    key="kotermanski_2009",
    authors="Kotermanski, SE and Johnson, JW",
    title="Mg2+ imparts NMDA receptor subtype selectivity to the Alzheimer's drug memantine",
    journal="Journal of Neuroscience",
    year=2009,
    volume="29",
    pages="2774-2779",
    doi="10.1523/JNEUROSCI.3703-08.2009",
)


def published(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """What the mechanisms may read: block by cell type, firing rates, AMPA throughput.

    Mean field, rates i and e of interneurons and pyramidal cells relative to rest, of the 10 ms that it takes to
    settle nothing is kept (two linear equations, closed form):

        (1 + w) i = K (1 - f B_I) e + (1 + w - K) (1 - a B_I)
        e = E (1 - f' B_P) e - J i + (1 - E + J) (1 - a' B_P)
    """
    free = c.nmda_occupancy / (1.0 - c.nmda_occupancy) + p.MEMANTINE
    block_in = (1.0 - p.IN_KNOCKDOWN) * free / (p.HALF_IN + free)
    block_pyr = free / (p.HALF_PYR + free)
    back = p.W_IE * (1.0 - p.NMDA_IN_REC * block_in)
    inward = (1.0 + p.W_II - p.W_IE) * (1.0 - p.NMDA_IN_EXT * block_in)
    own = p.W_EE * (1.0 - p.NMDA_PYR_REC * block_pyr)
    outer = (1.0 - p.W_EE + p.W_EI) * (1.0 - p.NMDA_PYR_EXT * block_pyr)
    pyramidal = (outer - p.W_EI * inward / (1.0 + p.W_II)) / (1.0 - own + p.W_EI * back / (1.0 + p.W_II))
    pyramidal = maximum(pyramidal, 0.0)
    interneuron = (back * pyramidal + inward) / (1.0 + p.W_II)
    surge = maximum(x.glutamate - 1.0, 0.0)
    return {
        "block_interneuron": block_in,
        "block_pyramidal": block_pyr,
        "interneuron": interneuron,
        "pyramidal": pyramidal,
        "ampa": (1.0 - p.AMPA_BLOCK) * hill(surge, p.AMPA50, p.GAMMA_AMPA),
    }


def rates(x: Values, c: Values, p: Values) -> dict[str, Number]:
    """Glutamate, BDNF, mTORC1, potentiation, proteins, labile and stable synapses, the circuit; per hour."""
    gate = hill(x.bdnf - 1.0, p.BDNF50, p.GAMMA_GATE)
    room = 1.0 - (x.labile + x.stable) / p.SYN_MAX
    settled = x.labile / p.T_SETTLE
    aim = p.C_POT * x.potentiation + p.C_SYN * (x.labile + x.stable) + c.circuit
    return {
        "glutamate": (1.0 + p.GLU_GAIN * (c.pyramidal - 1.0) - x.glutamate) / p.T_GLU,
        "bdnf": (1.0 + p.BDNF_GAIN * p.SENSITIVITY * c.drive - x.bdnf) / p.T_BDNF,
        "mtor": ((1.0 - p.RAPAMYCIN) * gate - x.mtor) / p.T_MTOR,
        "potentiation": p.K_POT * gate * (1.0 - x.potentiation) - x.potentiation / p.T_POT,
        "protein": p.K_PROT * x.mtor * (1.0 - x.protein) - x.protein / p.T_PROT,
        "labile": p.K_SYN * x.protein * room - x.labile / p.T_LABILE - settled,
        "stable": settled - x.stable / p.T_STABLE,
        "circuit": (aim - x.circuit) / p.T_CIRC,
    }


def relief(x: Values, _c: Values, _p: Values) -> Number:
    """Share of what can be relieved that is: 1 - exp(-circuit)."""
    return 1.0 - exp(-x.circuit)


def _switch(source: Reference, note: str) -> Estimate:
    return Estimate(0.0, "1", source, "by definition", Provenance.DERIVED, f"0 as it is, 1: {note}")


def _number(value: float, unit: str, source: Reference, where: str, note: str) -> Estimate:
    return Estimate(value, unit, source, where, Provenance.ASSUMED, note)


_FIT = "docs/fits/mechanism.py"


def _fitted(value: float, unit: str, source: Reference, interval: tuple[float, float], note: str) -> Estimate:
    """A number that the calibration chose, with its 90 % interval; the source says what it stands for."""
    return Estimate(value, unit, source, _FIT, Provenance.FITTED, note, interval)


PARAMETERS = {
    "HALF_IN": _number(
        0.45,
        "1",
        KOTERMANSKI,
        "no source for cells",
        "occupancy ratio that blocks half at interneurons: magnesium "
        "makes 2C/2D receptors, which they carry, 2 to 4.5 times easier to block; sIPSCs fall at 1 umol/L (Gerhard)",
    ),
    "HALF_PYR": _number(2.6, "1", KOTERMANSKI, "no source for cells", "the same at pyramidal cells"),
    "NMDA_IN_REC": _number(0.7, "1", GERHARD, "no source", "share of recurrent drive of interneurons that is NMDA"),
    "NMDA_IN_EXT": _number(0.5, "1", GERHARD, "no source", "share of their outer drive that is NMDA"),
    "NMDA_PYR_REC": _number(0.5, "1", GERHARD, "no source", "share of recurrent drive of pyramidal cells that is NMDA"),
    "NMDA_PYR_EXT": _number(
        0.7,
        "1",
        MOGHADDAM,
        "docs/concepts/mechanism.md",
        "share of their outer drive: so high that glutamate rises "
        "below and falls above two thirds of occupancy, as in rats (up at 10-30, unchanged at 50, down at 200 mg/kg)",
    ),
    "W_EE": _number(0.6, "1", GERHARD, "no source", "excitation by pyramidal cells of their like; below 1: stable"),
    "W_EI": _number(2.0, "1", GERHARD, "no source", "inhibition of pyramidal cells"),
    "W_IE": _number(0.2, "1", GERHARD, "no source", "excitation of interneurons by pyramidal cells"),
    "W_II": _number(0.3, "1", GERHARD, "no source", "inhibition among interneurons"),
    "GLU_GAIN": _number(
        0.4,
        "1",
        ABDALLAH,
        "abstract: glutamine enrichment +13 %",
        "glutamate per excess firing: +13 % at 0.5 mg/kg; 1H-MRS often sees nothing, rodents +50 %",
    ),
    "T_GLU": _number(0.2, "h", MOGHADDAM, "no source", "minutes"),
    "AMPA50": _fitted(0.094, "1", ABDALLAH, (0.03, 0.21), "excess glutamate of half AMPA throughput"),
    "BDNF_GAIN": _fitted(0.97, "1", AUTRY, (0.4, 2.3), "rise of BDNF at full drive"),
    "T_BDNF": _number(1.2, "h", AUTRY, "no source", "up at 30 min, back within a day (mouse)"),
    "BDNF50": _number(
        0.4, "1", JAIN, "no source", "rise of BDNF at which the gate is half open; only its ratio to BDNF_GAIN matters"
    ),
    "GAMMA_AMPA": _fitted(
        1.84,
        "1",
        MOGHADDAM,
        (1.13, 3.2),
        "steepness of AMPA throughput in glutamate; with GAMMA_GATE it sets how flat doses are",
    ),
    "GAMMA_GATE": _fitted(
        1.68, "1", JAIN, (1.1, 3.4), "steepness of the gate of translation; a prototype's 3 makes low doses do nothing"
    ),
    "T_MTOR": _number(0.5, "h", LI, "no source", "phosphorylated within 30 min, baseline by 2 h (rat)"),
    "K_POT": _fitted(
        8.5, "1/h", MODA_SAVA, (1.6, 43), "fast potentiation at open gate: behaviour changes before spines do"
    ),
    "T_POT": _fitted(124.0, "h", MODA_SAVA, (45, 202), "it lasts days"),
    "K_PROT": _number(0.3, "1/h", LI, "no source", "synaptic proteins at full mTORC1 activity"),
    "T_PROT": _number(53.0, "h", LI, "no source", "raised from 2 to 72 h (rat)"),
    "K_SYN": _fitted(0.0095, "1/h", PHOUMTHIPPHAVONG, (0.0035, 0.023), "formation of synapses at full protein"),
    "T_LABILE": _number(72.0, "h", PHOUMTHIPPHAVONG, "no source", "most new spines are lost within days (mouse)"),
    "T_SETTLE": _number(140.0, "h", PHOUMTHIPPHAVONG, "no source", "a fraction of new spines persists (mouse)"),
    "T_STABLE": _fitted(
        620.0, "h", PHOUMTHIPPHAVONG, (250, 1410), "density above control for two weeks and more (mouse)"
    ),
    "SYN_MAX": _number(0.5, "1", HOLMES, "no source", "largest gain; +6 % at 24 h hides below what PET can see"),
    "C_POT": _fitted(0.65, "1", MODA_SAVA, (0.49, 0.79), "relief of the circuit by full potentiation"),
    "C_SYN": _fitted(3.4, "1", MODA_SAVA, (2.1, 6.5), "relief by doubled synapses"),
    "T_CIRC": _number(1.0, "h", MODA_SAVA, "no source", "the circuit follows within hours"),
    "SENSITIVITY": Estimate(1.0, "1", GERHARD, "by definition", Provenance.DERIVED, "1 in the typical person"),
    "AMPA_BLOCK": _switch(LI, "AMPA receptors blocked, as by NBQX"),
    "RAPAMYCIN": _switch(LI, "mTORC1 blocked, as by rapamycin"),
    "NALTREXONE": _switch(LI, "opioid receptors blocked, as by naltrexone"),
    "IN_KNOCKDOWN": _switch(GERHARD, "no NMDA receptors on interneurons"),
    "HNK_BLOCK": _switch(AUTRY, "no action of hydroxynorketamine"),
    "MASKED": _switch(HOLMES, "dissociation not lived through, as under anaesthesia"),
    "MEMANTINE": Estimate(
        0.0,
        "1",
        KOTERMANSKI,
        "by definition",
        Provenance.DERIVED,
        "a constant blocker without trapping, unbound concentration over its IC50: 0.35 blocks as 0.5 mg/kg does",
    ),
}


CHAIN = Chain(
    references=(GERHARD, MOGHADDAM, ABDALLAH, AUTRY, LI, JAIN, PHOUMTHIPPHAVONG, MODA_SAVA, HOLMES, KOTERMANSKI),
    parameters=PARAMETERS,
    inputs=("nmda_occupancy",),
    initial={
        "glutamate": 1.0,
        "bdnf": 1.0,
        "mtor": 0.0,
        "potentiation": 0.0,
        "protein": 0.0,
        "labile": 0.0,
        "stable": 0.0,
        "circuit": 0.0,
    },
    published=published,
    rates=rates,
    readouts=(
        Readout(
            name="block_interneuron",
            title="Block at interneurons",
            unit="fraction",
            of=lambda _x, c, _p: c.block_interneuron,
            bounds=(0.0, 1.0),
        ),
        Readout(
            name="block_pyramidal",
            title="Block at pyramidal cells",
            unit="fraction",
            of=lambda _x, c, _p: c.block_pyramidal,
            bounds=(0.0, 1.0),
        ),
        Readout(
            name="interneuron_rate",
            title="Firing of interneurons",
            unit="ratio",
            of=lambda _x, c, _p: c.interneuron,
            bounds=(0.0, 3.0),
        ),
        Readout(
            name="pyramidal_rate",
            title="Firing of pyramidal cells",
            unit="ratio",
            of=lambda _x, c, _p: c.pyramidal,
            bounds=(0.0, 3.0),
        ),
        Readout(name="glutamate", title="Glutamate", unit="ratio", of=lambda x, _c, _p: x.glutamate, bounds=(0.0, 5.0)),
        # Without an upper bound: what dissociation drives alone follows its scores, which differ a hundredfold.
        Readout(name="bdnf", title="BDNF", unit="ratio", of=lambda x, _c, _p: x.bdnf, bounds=(1.0, float("inf"))),
        Readout(
            name="mtorc1", title="mTORC1 activity", unit="fraction", of=lambda x, _c, _p: x.mtor, bounds=(0.0, 1.0)
        ),
        Readout(
            name="potentiation",
            title="Fast potentiation",
            unit="fraction",
            of=lambda x, _c, _p: x.potentiation,
            bounds=(0.0, 1.0),
        ),
        Readout(
            name="synapses",
            title="Synapses gained",
            unit="fraction",
            of=lambda x, _c, _p: x.labile + x.stable,
            bounds=(0.0, 0.5),
        ),
    ),
    switches=("AMPA_BLOCK", "RAPAMYCIN", "NALTREXONE", "IN_KNOCKDOWN", "HNK_BLOCK", "MASKED"),
    relief=Readout(name="relief", title="Relief of the circuit", unit="fraction", of=relief, bounds=(0.0, 1.0)),
    variability={
        "SENSITIVITY": Variability(
            Estimate(0.3, "1", GERHARD, _FIT, Provenance.ASSUMED, "how strongly a person's plasticity answers")
        )
    },
    notes=(
        (
            "Human occupancy, glutamate, brain BDNF and spine turnover were never measured in one study: every link "
            "is an assumption, fitted at its two ends, plasma concentration and rating scale."
        ),
    ),
)
