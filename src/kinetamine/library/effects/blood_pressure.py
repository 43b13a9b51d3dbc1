"""Blood pressure and heart rate: the mean rise, and how far people stray from it."""

from __future__ import annotations

import math

from kinetamine.citation import Reference
from kinetamine.engine.maths import Number, exp, hill, maximum, minimum
from kinetamine.engine.model import Effect, Estimate, Provenance, Readout, Values, Variability
from kinetamine.engine.person import Person

VANKAWALA = Reference(
    key="vankawala_2021",
    authors="Vankawala, J and Naples, G and Avila-Quintero, VJ and Ramirez, KL and Flores, JM and Bloch, MH and "
    "Dwyer, JB",
    title="Meta-analysis: hemodynamic responses to sub-anesthetic doses of ketamine in patients with psychiatric "
    "disorders",
    journal="Frontiers in Psychiatry",
    year=2021,
    volume="12",
    pages="549080",
    doi="10.3389/fpsyt.2021.549080",
    pmid="33841195",
)
LANGSJO = Reference(
    key="langsjo_2005",
    authors="Langsjo, JW and Maksimow, A and Salmi, E and Kaisti, K and Aalto, S and Oikonen, V and Hinkka, S and "
    "Aantaa, R and Sipila, H and Viljanen, T and Parkkola, R and Scheinin, H",
    title="S-ketamine anesthesia increases cerebral blood flow in excess of the metabolic needs in humans",
    journal="Anesthesiology",
    year=2005,
    volume="103",
    pages="258-268",
    doi="10.1097/00000542-200508000-00008",
    pmid="16052107",
)
LABEL = Reference(
    key="spravato_label_2021_table_6",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information, Table 6",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/35.html",
)
YALE = Reference(
    key="yale_2024_pressure",
    authors="{Yale interventional psychiatry service}",
    title="Blood pressure changes during ketamine infusion for the treatment of depression",
    journal="General Hospital Psychiatry",
    year=2024,
    doi="10.1016/j.genhosppsych.2024.07.001",
    pmid="38991311",
)
KAMP_2021 = Reference(
    key="kamp_2021",
    authors="Kamp, J and van Velzen, M and Aarts, L and Niesters, M and Dahan, A and Olofsen, E",
    title="Stereoselective ketamine effect on cardiac output: a population pharmacokinetic/pharmacodynamic modelling "
    "study in healthy volunteers",
    journal="British Journal of Anaesthesia",
    year=2021,
    volume="127",
    pages="23-31",
    doi="10.1016/j.bja.2021.02.034",
    pmid="33896589",
)
OLOFSEN_2012 = Reference(
    key="olofsen_2012",
    authors="Olofsen, E and Noppers, I and Niesters, M and Kharasch, E and Aarts, L and Sarton, E and Dahan, A",
    title="Estimation of the contribution of norketamine to ketamine-induced acute pain relief and neurocognitive "
    "impairment in healthy volunteers",
    journal="Anesthesiology",
    year=2012,
    volume="117",
    pages="353-364",
    url="https://pubs.asahq.org/anesthesiology/article/117/2/353/13169/",
)

MIDDLE_AGE_Y = 45.0
"""Age up to which the sizes hold: the middle of the adult trials, below which no slope was seen."""
OLDEST_Y = 70.0
"""Beyond it the size stays: the label's older group (65 years and over) is its last support."""
CEILING = {"systolic_rise": 120.0, "diastolic_rise": 80.0, "heart_rate_rise": 110.0}
"""No person's rise exceeds these (mmHg, mmHg, beats/min): they only keep the far tail at anaesthetic doses human."""


def individual(p: Values, person: Person) -> dict[str, Number]:
    """Resting values from the person; hypertension scales both pressures, age beyond the middle the systolic only."""
    age = minimum(maximum(person.age_y, MIDDLE_AGE_Y), OLDEST_Y)
    higher = 1.0 + (p.HYPERTENSION - 1.0) * person.hypertension
    scale = exp(p.AGE * (age - MIDDLE_AGE_Y)) * higher
    return {
        **vars(p),
        "EMAX_SBP": minimum(p.EMAX_SBP * scale, 0.9 * CEILING["systolic_rise"]),
        "EMAX_DBP": minimum(p.EMAX_DBP * higher, 0.9 * CEILING["diastolic_rise"]),
        "SBP0": person.systolic_mmhg,
        "DBP0": person.diastolic_mmhg,
        "HR0": person.heart_rate_bpm,
    }


def _spread(typical: Number, sensitivity: Number, ceiling: float) -> Number:
    """A person's own rise: near sensitivity x typical while small, never above the ceiling."""
    return ceiling * (1.0 - (1.0 - typical / ceiling) ** sensitivity)


def systolic_rise(_x: Values, c: Values, p: Values) -> Number:
    """EMAX_SBP S/(C50 + S), spread between people."""
    return _spread(p.EMAX_SBP * hill(c.s_ketamine, p.C50_BP), p.SENSITIVITY, CEILING["systolic_rise"])


def diastolic_rise(_x: Values, c: Values, p: Values) -> Number:
    """EMAX_DBP S/(C50 + S), spread as the systolic rise is."""
    return _spread(p.EMAX_DBP * hill(c.s_ketamine, p.C50_BP), p.SENSITIVITY, CEILING["diastolic_rise"])


def heart_rate_rise(_x: Values, c: Values, p: Values) -> Number:
    """EMAX_HR S/(C50 + S), spread on its own."""
    return _spread(p.EMAX_HR * hill(c.s_ketamine, p.C50_HR), p.SENSITIVITY_HR, CEILING["heart_rate_rise"])


_MMHG, _BPM = "mmHg", "beats/min"
ENTRY = Effect(
    name="blood_pressure",
    title="Blood pressure and heart rate",
    stage="acute",
    references=(VANKAWALA, LANGSJO, LABEL, YALE, KAMP_2021, OLOFSEN_2012),
    parameters={
        "EMAX_SBP": Estimate(
            39.1,
            _MMHG,
            VANKAWALA,
            "docs/fits/blood_pressure.py",
            Provenance.FITTED,
            "population mean +9.9 at 0.5 mg/kg in 40 min, between +12.6 (Vankawala) and +7.2 (nasal less placebo)",
        ),
        "EMAX_DBP": Estimate(
            24.2,
            _MMHG,
            VANKAWALA,
            "docs/fits/blood_pressure.py",
            Provenance.FITTED,
            "population mean +6.1, between +8.5 and +3.8",
        ),
        "C50_BP": Estimate(
            446.0,
            "ng/mL",
            LANGSJO,
            "docs/fits/blood_pressure.py",
            Provenance.FITTED,
            "arterial S-ketamine; from that level and mean pressure +27 % at 1959 ng/mL",
        ),
        "EMAX_HR": Estimate(
            48.3,
            _BPM,
            LANGSJO,
            "docs/fits/blood_pressure.py",
            Provenance.FITTED,
            "population mean +4.1 at 0.5 mg/kg in 40 min (Vankawala), +43.5 % of 65 at 1959 ng/mL",
        ),
        "C50_HR": Estimate(
            1390.0, "ng/mL", LANGSJO, "docs/fits/blood_pressure.py", Provenance.FITTED, "from the same two levels"
        ),
        "KE0": Estimate(
            60.0 * math.log(2.0) / 6.1,
            "1/h",
            OLOFSEN_2012,
            "abstract: mean over endpoints 6.1 min",
            Provenance.ASSUMED,
            "no half-life for pressure was readable; the mean over pain, drug high and cognition stands in",
        ),
        "AGE": Estimate(
            0.0178,
            "1/year",
            LABEL,
            "docs/fits/blood_pressure.py",
            Provenance.FITTED,
            "systolic only, from 45 years: 8 % below and 17 % from 65 with a rise of 40 mmHg; diastolic 13 and 14 %: "
            "no slope. Yale 2024: odds of a surge x 1.04 (1.02 to 1.05) a year, hypertension not held apart",
        ),
        "HYPERTENSION": Estimate(
            1.2,
            "1",
            YALE,
            "abstract: every patient with hypertension had a surge",
            Provenance.ASSUMED,
            "a fifth more; Riva-Posse 2018 too has higher peaks in hypertension, without a size in the abstract",
        ),
        "SENSITIVITY": Estimate(1.0, "1", LABEL, "by definition", Provenance.DERIVED, "1 in the typical person"),
        "SENSITIVITY_HR": Estimate(1.0, "1", LABEL, "by definition", Provenance.DERIVED, "1 in the typical person"),
    },
    drivers=("s_ketamine",),
    ke0="KE0",
    individual=individual,
    readouts=(
        Readout(
            name="systolic_rise", title="Rise of systolic pressure", unit=_MMHG, of=systolic_rise, bounds=(0.0, 120.0)
        ),
        Readout(
            name="diastolic_rise", title="Rise of diastolic pressure", unit=_MMHG, of=diastolic_rise, bounds=(0.0, 80.0)
        ),
        Readout(name="heart_rate_rise", title="Rise of heart rate", unit=_BPM, of=heart_rate_rise, bounds=(0.0, 110.0)),
        Readout(
            name="systolic",
            title="Systolic pressure",
            unit=_MMHG,
            of=lambda x, c, p: p.SBP0 + systolic_rise(x, c, p),
            bounds=(60.0, 380.0),
        ),
        Readout(
            name="diastolic",
            title="Diastolic pressure",
            unit=_MMHG,
            of=lambda x, c, p: p.DBP0 + diastolic_rise(x, c, p),
            bounds=(30.0, 240.0),
        ),
        Readout(
            name="heart_rate",
            title="Heart rate",
            unit=_BPM,
            of=lambda x, c, p: p.HR0 + heart_rate_rise(x, c, p),
            bounds=(30.0, 310.0),
        ),
    ),
    variability={
        "SENSITIVITY": Variability(
            Estimate(
                0.468,
                "1",
                LABEL,
                "docs/fits/blood_pressure.py",
                Provenance.FITTED,
                "to the shares with a rise of 40 systolic or 25 diastolic at least once in eight sessions",
            )
        ),
        "SENSITIVITY_HR": Variability(Estimate(0.25, "1", LABEL, "no source", Provenance.ASSUMED, "as for pressure")),
    },
    residual={
        name: Estimate(value, unit, source, where, provenance, note)
        for names, value, unit, source, where, provenance, note in (
            (
                ("systolic_rise", "systolic"),
                11.0,
                _MMHG,
                YALE,
                "abstract (SD of change 11.2)",
                Provenance.DERIVED,
                (
                    "between sessions and readings; 12.4 would give 0.5 % of placebo patients a rise of 40 in eight "
                    "sessions"
                ),
            ),
            (
                ("diastolic_rise", "diastolic"),
                8.5,
                _MMHG,
                YALE,
                "abstract (SD of change 8.45)",
                Provenance.DERIVED,
                "between sessions and readings; 9.4 by the label's placebo arm (3 % with a rise of 25)",
            ),
            (
                ("heart_rate_rise", "heart_rate"),
                8.0,
                _BPM,
                YALE,
                "no source",
                Provenance.ASSUMED,
                "between sessions and readings",
            ),
        )
        for name in names
    },
    notes=(
        (
            "Driven by S-ketamine alone: R-ketamine did not raise cardiac output (Kamp 2021). That "
            "S-norketamine lowers it "
            "is left out, as its size was not readable."
        ),
        "Below 45 years age does nothing: the label does not split those below 65, and hypertension is rare there.",
        "No tolerance: none over six infusions (Riva-Posse 2018), none on the label.",
        "Published means at 0.5 mg/kg run from +3 (fixed times, older patients) to +16 mmHg (one clinic's peaks).",
        "The residual is what one session and one reading add; probability_above in engine.spread puts both together.",
    ),
)
