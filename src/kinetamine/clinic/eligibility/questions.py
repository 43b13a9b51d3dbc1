"""The questions that the rules ask before treatment."""

from __future__ import annotations

from kinetamine.clinic.eligibility.facts import Choice, Quantity, Question, YesNo

_HISTORY = {
    "aneurysm": "Aneurysmal vascular disease: aorta, intracranial or peripheral arteries?",
    "arteriovenous_malformation": "An arteriovenous malformation?",
    "intracerebral_haemorrhage": "Ever a haemorrhage in the brain?",
    "hypersensitivity": "Hypersensitivity to ketamine, esketamine or an excipient?",
    "pressure_rise_hazard": "Would a marked rise of blood pressure be a serious hazard, as a clinician judges it?",
    "poorly_controlled_heart_disease": "Poorly controlled cardiovascular disease?",
    "hypertensive_encephalopathy": "Ever hypertensive encephalopathy?",
    "raised_intracranial_pressure": "Raised intracranial pressure?",
    "raised_intraocular_pressure": "Raised intraocular pressure?",
    "psychosis_history": "Psychosis, now or ever?",
    "psychosis_poorly_controlled": "Psychosis that is poorly controlled?",
    "substance_use_history": "A substance use disorder, alcohol included, now or ever?",
    "substance_misuse_active": "Active misuse of substances?",
    "pregnant": "Pregnant?",
    "breast_feeding": "Breast-feeding?",
    "unstable_angina": "Unstable angina?",
    "recent_infarction": "A recent myocardial infarction?",
    "hyperthyroidism": "Uncontrolled hyperthyroidism?",
    "porphyria": "Porphyria?",
    "mania": "Mania now?",
}
_DRUGS = {
    "depressants": "Drugs or drink that depress the central nervous system, benzodiazepines and opioids included?",
    "stimulants": "Psychostimulants?",
    "maoi": "A monoamine oxidase inhibitor?",
    "theophylline": "Theophylline or aminophylline?",
    "sympathomimetics": "Sympathomimetics or vasopressin?",
}
_DONE = {
    "psychiatric_assessment_done": "A full psychiatric assessment, substance use and psychosis included, on record?",
    "baseline_scored": "Severity before treatment scored on a scale?",
    "treatment_history_known": "Earlier treatments and what they did on record?",
}

HEPATIC = ("normal", "mild", "moderate", "severe")
QUESTIONS: tuple[Question, ...] = (
    *(YesNo(name=name, question=words) for name, words in (_HISTORY | _DRUGS | _DONE).items()),
    Choice(name="hepatic", question="Hepatic impairment, in words of Child and Pugh?", choices=HEPATIC),
    Quantity(name="age_y", question="Age?", unit="years", low=0.0, high=120.0),
    Quantity(name="systolic_mmhg", question="Systolic pressure today?", unit="mmHg", low=40.0, high=320.0),
    Quantity(name="diastolic_mmhg", question="Diastolic pressure today?", unit="mmHg", low=20.0, high=220.0),
    Quantity(name="since_food_min", question="Minutes since the last food?", unit="min", low=0.0, high=10080.0),
    Quantity(name="since_drink_min", question="Minutes since the last drink?", unit="min", low=0.0, high=10080.0),
    YesNo(name="nasal_drug_today", question="A nasal steroid or decongestant today?"),
    Quantity(name="since_nasal_drug_min", question="Minutes since that nasal drug?", unit="min", low=0.0, high=1440.0),
)

GROUPS = {
    "History and illness": (*_HISTORY, "hepatic", "age_y"),
    "Drugs that act together with it": tuple(_DRUGS),
    "Done before treatment": tuple(_DONE),
    "Today": (
        "systolic_mmhg",
        "diastolic_mmhg",
        "since_food_min",
        "since_drink_min",
        "nasal_drug_today",
        "since_nasal_drug_min",
    ),
}
"""The questions as a form shows them, each once."""
