"""A person with one CYP2B6*6 allele: 40 % less clearance in one study, no change in another."""

from __future__ import annotations

from kinetamine.citation import Reference
from kinetamine.engine.interaction import Interaction
from kinetamine.engine.model import Estimate, Provenance

LI = Reference(
    key="li_2015",
    authors="Li, Y and Jackson, KA and Slon, B and Hardy, JR and Franco, M and William, L and Poon, P"
    " and Coller, JK and Hutchinson, MR and Currow, DC and Somogyi, AA",
    title="CYP2B6*6 allele and age substantially reduce steady-state ketamine clearance in chronic pain patients:"
    " impact on adverse effects",
    journal="Br J Clin Pharmacol",
    year=2015,
    volume="80",
    pages="276-284",
    pmid="25702819",
    url="https://pubmed.ncbi.nlm.nih.gov/25702819",
)
RAO = Reference(
    key="rao_2016",
    authors="Rao, LK and Flaker, AM and Friedel, CC and Kharasch, ED",
    title="Role of cytochrome P4502B6 polymorphisms in ketamine metabolism and clearance",
    journal="Anesthesiology",
    year=2016,
    volume="125",
    pages="1103-1112",
    doi="10.1097/ALN.0000000000001392",
)

ENTRY = Interaction(
    name="cyp2b6_intermediate",
    title="CYP2B6 intermediate metaboliser (one CYP2B6*6 allele)",
    references=(
        LI,
        RAO,
    ),
    clearance=Estimate(
        40.6 / 68.1,
        "1",
        LI,
        "CL by genotype, via an editorial",
        Provenance.UNVERIFIED,
        note="secondary reading; steady subcutaneous infusion in patients with chronic pain",
    ),
    oral_auc=Estimate(
        68.1 / 40.6,
        "1",
        LI,
        "none: not studied",
        Provenance.ASSUMED,
        note="as if first pass did not change; Rao 2016 measured no change",
    ),
    default_on=False,
    warning="CYP2B6 genotype: studies disagree (threefold in Li 2015, nothing in Rao 2016).",
    note="Off by default: Rao 2016 gave 0.4 mg/kg by mouth to 10 healthy people of each genotype and found no effect.",
)
