"""The frozen vocabulary: what parameters, drivers and units may be called.

A name is a stem, or a stem and suffixes: ``CL``, ``CL_nk``, ``F1_s``. A new stem is added here with its meaning,
so that one name means one thing in the whole library.
"""

from __future__ import annotations

import re

STEMS = {
    # kinetics, as in NONMEM
    "CL": "clearance",
    "CLF": "clearance that forms a metabolite",
    "V": "volume, numbered by compartment",
    "VH": "hepato-portal volume",
    "Q": "flow between compartments, numbered by the farther one",
    "QH": "hepato-portal flow",
    "K": "rate constant, from compartment to compartment (0: out)",
    "KEL": "rate constant of elimination",
    "KMET": "rate constant of metabolism",
    "KA": "absorption rate constant",
    "F": "fraction of the dose that arrives, by path",
    "FGUT": "fraction that leaves the gut for the liver",
    "FSW": "fraction that is swallowed",
    "FM": "fraction metabolised to, or the ratio in which one enantiomer is",
    "FV": "fraction of venous blood that did not exchange with the tissue of the arm",
    "KV": "rate constant of that exchange",
    "FU": "unbound fraction",
    "ALAG": "lag, by path",
    "D": "duration of zero-order release, by path",
    "MTT": "mean transit time",
    "EXP": "exponent of a covariate",
    # effects
    "KE0": "rate constant of the effect site",
    "C50": "concentration of half the effect",
    "EC50": "the same",
    "IC50": "concentration of half the block",
    "C100": "concentration that doubles the C50",
    "EMAX": "largest effect",
    "GAMMA": "steepness of a sigmoid",
    "SLOPE": "effect per concentration",
    "SR": "potency of S over R",
    "DEP": "depression of breathing",
    "STIM": "stimulation of breathing",
    "SENSITIVITY": "how strongly one person reacts",
    "AGE": "influence of age",
    "FAILED": "influence of each treatment that failed",
    "HYPERTENSION": "influence of hypertension",
    # memory and mood
    "KIN": "rate of production",
    "KOUT": "rate constant of loss",
    "BASE": "baseline",
    "KSESSION": "sessions remembered per hour at full effect",
    "KSLOW": "rate constant of a slow site",
    "HALVES": "sessions that halve the effect",
    "TAU": "time constant of forgetting",
    "TDAY": "the same, within the day",
    "TRIGGER": "concentration that counts as a treatment",
    "SIZE": "largest fall of a score",
    "ONSET": "time constant of improvement",
    "DECAY": "time constant of relapse",
    "RISE": "rate at which nonspecific relief builds",
    "FADE": "time constant with which it fades",
    "GAIN": "strength of the drive",
    "EFFICACY": "1: the drug's own part is on, 0: off",
    "EXPECTANCY": "strength of expectation",
    "BELIEF": "nonspecific relief",
    "RESPOND": "probability of a response",
    # from receptor to circuit
    "HALF": "occupancy ratio, unbound over IC50, that blocks half of a cell type's receptors",
    "NMDA": "share of a cell type's drive that is NMDA",
    "W": "weight of a connection",
    "GLU": "gain of glutamate over firing",
    "AMPA50": "excess glutamate of half AMPA throughput",
    "BDNF": "rise of BDNF at full drive",
    "BDNF50": "rise of BDNF at which the gate is half open",
    "HNK": "switch of the action of hydroxynorketamine",
    "EEF50": "occupancy that turns half of a kinase off",
    "HNK50": "unbound hydroxynorketamine of half its action",
    "T": "time constant or half-life of a state",
    "C": "relief of the circuit by a state at its largest",
    "SYN": "largest gain of synapses",
    "STRENGTH": "how strongly a hypothesis drives plasticity or the circuit",
    "AMPA": "switch of AMPA receptors",
    "IN": "switch of receptors on interneurons",
    "RAPAMYCIN": "switch: mTORC1 blocked",
    "NALTREXONE": "switch: opioid receptors blocked",
    "MASKED": "switch: dissociation not lived through",
    "MEMANTINE": "a constant blocker without trapping, unbound over its IC50",
    # harms
    "DECLINE": "ratio of a session's hazard to the one's before",
    "CORRELATION": "between a person's sessions",
    # other treatments
    "CONVICTION": "how strongly an arm believes; 1: as a ketamine arm",
    "SHARE": "part of an effect that comes first",
    "MEDIATED": "share of an effect that mood carries",
    "TFOLLOW": "time constant with which one effect follows another",
    "TADAPT": "time constant of growing used to relief",
    "H0": "hazard with nothing that protects",
    "PROTECT": "log hazard that full protection takes away",
    "PRONE": "how easily one person relapses, as a factor on the hazard",
}
NUMBERED = ("V", "Q", "K", "KA", "F", "D", "ALAG", "RESPOND")
SUFFIXES = (
    *("nk", "hnk", "dhnk", "NK", "HNK"),  # the metabolite
    *("s", "r", "S", "R", "S_OVER_R", "R_OVER_S"),  # the enantiomer
    *("gut", "later"),  # the path
    *("AMPA", "GATE"),  # the step of the chain
    *("age", "asian", "japanese", "CL", "V", "Q"),  # the covariate, or what it acts on
    *("K", "BP", "HR", "SBP", "DBP", "ANY", "LOR", "DEP", "STIM", "OPIOID", "MAX"),  # the drug or what is seen
    *("GAIN", "BLOCK", "KNOCKDOWN", "IN", "PYR", "REC", "EXT", "EE", "EI", "IE", "II"),  # what of a circuit
    *("GLU", "BDNF", "MTOR", "POT", "PROT", "SYN", "LABILE", "SETTLE", "STABLE", "CIRC"),  # which state of the chain
    *("EEF", "LHB", "DISS", "TRAP", "HNKA"),  # which hypothesis
    *("DEPRESSION", "ANXIETY", "PTSD", "SUICIDAL_IDEATION", "CHRONIC_PAIN"),  # the outcome
)
PARAMETER = re.compile(
    rf"(?:{'|'.join(sorted(STEMS, key=len, reverse=True))}|(?:{'|'.join(NUMBERED)})\d{{1,2}})"
    rf"(?:_(?:{'|'.join(sorted(SUFFIXES, key=len, reverse=True))}))*"
)
DRIVER = re.compile(r"time_h|session|[sr]_(?:ketamine|norketamine|hydroxynorketamine|dehydronorketamine)")
STAGES = ("receptor", "acute", "mechanism", "mood")
SITES = ("arterial", "venous")
ANALYTES = ("ketamine", "norketamine", "hydroxynorketamine", "dehydronorketamine")

_ONE = r"(?:1|L|mL|h|min|d|kg|mg|ng|ug|umol|nmol|year|mm|mmHg|points|sessions|treatments|cm|m2|beats|%)"
UNIT = re.compile(rf"fraction(?: of [\w ]+)?|{_ONE}(?:/{_ONE})*(?: per {_ONE}(?:/{_ONE})*)?")
