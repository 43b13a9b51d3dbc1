"""Memantine does nothing against depression."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.evidence import Grade
from kinetamine.engine.finding import Case, Finding, Species
from kinetamine.engine.model import Estimate, Provenance

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
WILKINSON = Reference(
    key="wilkinson_2018",
    authors=(
        "Wilkinson, ST and Ballard, ED and Bloch, MH and Mathew, SJ and Murrough, JW and Feder, A and Sos, P and "
        "Wang, G and Zarate, CA and Sanacora, G"
    ),
    title=(
        "The effect of a single dose of intravenous ketamine on suicidal ideation: a systematic review and "
        "individual participant data meta-analysis"
    ),
    journal="American Journal of Psychiatry",
    year=2018,
    volume="175",
    pages="150-158",
    doi="10.1176/appi.ajp.2017.17040472",
    pmid="28969441",
)

ENTRY = Finding(
    name="memantine",
    title="memantine instead of ketamine",
    references=(
        ZARATE,
        WILKINSON,
    ),
    species=Species.PEOPLE,
    published="Memantine 5 to 20 mg a day for eight weeks had no effect on the MADRS (16 against 16).",
    number=32,
    grade=Grade.MODERATE,
    contrast=Case(sham=True, parameters={"MEMANTINE": 0.35}, time_h=1344.0),
    ratio=Estimate(
        0.0,
        "1",
        ZARATE,
        "abstract",
        Provenance.ASSUMED,
        '"no treatment effect"; with 16 an arm and an SD of 10 points up to 7 of ketamine\'s 9.7 are not '
        "excluded. That 20 mg block as much as ketamine does (0.35) is assumed",
        (0.0, 0.7),
    ),
)
