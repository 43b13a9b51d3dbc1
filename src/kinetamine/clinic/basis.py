"""What a rule of the clinic rests on: the document, where in it, where it was read, and how far that carries."""

from __future__ import annotations

from dataclasses import dataclass

from kinetamine.citation import Reference
from kinetamine.clinic.alarms.limits import OURS
from kinetamine.engine.model import Provenance
from kinetamine.report.words import source_words


@dataclass(frozen=True)
class Basis:
    """Where a rule comes from.

    Attributes:
        where: the section, and the public copy it was read in.
        note: how it was derived, or why it was assumed.
    """

    source: Reference
    where: str
    provenance: Provenance = Provenance.MEASURED
    note: str = ""

    @property
    def verified(self) -> bool:
        """Whether it was read, or follows from what was read; what is recalled only is off by default."""
        return self.provenance is not Provenance.UNVERIFIED

    @property
    def cited(self) -> str:
        """Who says so and where, for one line of a list."""
        return f"{source_words(self.source)}, {self.where}"


SPRAVATO_LABEL = Reference(
    key="spravato_label_2021",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information",
    journal="",
    year=2021,
    url="https://www.usmedicine.com/2021online-dir/inc/html/30.html",
)
SPRAVATO_LABEL_2019 = Reference(
    key="spravato_label_2019",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO (esketamine) nasal spray, US prescribing information, first version",
    journal="",
    year=2019,
    url="http://www.120ty.net/bencandy.php?aid=58243&fid=134&page=2",
)
SPRAVATO_DOSING = Reference(
    key="spravatohcp_dosing",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO: dosing, monitoring and discharge, for health professionals",
    journal="",
    year=2024,
    url="https://www.spravatohcp.com/dosing-spravato-trd",
)
SPRAVATO_PRESSURE = Reference(
    key="jnj_pressure",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO: increases in blood pressure, and the use of antihypertensive drugs",
    journal="",
    year=2024,
    url="https://www.jnjmedicalconnect.com/products/spravato",
)
MAYO = Reference(
    key="mayo_esketamine",
    authors="{Mayo Clinic}",
    title="Esketamine (nasal route): proper use",
    journal="",
    year=2024,
    url="https://www.mayoclinic.org/drugs-supplements/esketamine-nasal-route/proper-use/drg-20458442",
)
KETAMINE_LABEL = Reference(
    key="ketamine_label_2024",
    authors="{Eugia US}",
    title="Ketamine hydrochloride injection, US prescribing information",
    journal="",
    year=2024,
    url="https://fda.report/DailyMed/f8b01c77-620d-4734-a771-b8524b65bcca",
)
ASRA = Reference(
    key="cohen_2018",
    authors="Cohen, SP and Bhatia, A and Buvanendran, A and Schwenk, ES and Wasan, AD and Hurley, RW and Viscusi, ER "
    "and Narouze, S and Davis, FN and Ritchie, EC and Lubenow, TR and Hooten, WM",
    title="Consensus guidelines on the use of intravenous ketamine infusions for chronic pain from the American "
    "Society of Regional Anesthesia and Pain Medicine, the American Academy of Pain Medicine, and the American "
    "Society of Anesthesiologists",
    journal="Regional Anesthesia and Pain Medicine",
    year=2018,
    volume="43",
    pages="521-546",
    doi="10.1097/AAP.0000000000000808",
)
APA = Reference(
    key="sanacora_2017",
    authors="Sanacora, G and Frye, MA and McDonald, W and Mathew, SJ and Turner, MS and Schatzberg, AF and "
    "Summergrad, P and Nemeroff, CB",
    title="A consensus statement on the use of ketamine in the treatment of mood disorders",
    journal="JAMA Psychiatry",
    year=2017,
    volume="74",
    pages="399-405",
    doi="10.1001/jamapsychiatry.2017.0080",
)
REMS = Reference(
    key="fda_rems_386",
    authors="{US Food and Drug Administration}",
    title="SPRAVATO risk evaluation and mitigation strategy",
    journal="",
    year=2025,
    url="https://www.accessdata.fda.gov/scripts/cder/rems/index.cfm?event=IndvRemsDetails.page&REMS=386",
)
REMS_FORM = Reference(
    key="spravato_rems_form",
    authors="{Janssen Pharmaceuticals}",
    title="SPRAVATO REMS patient monitoring form, outpatient use",
    journal="",
    year=2024,
    url="https://manualspro.net/445029-spravato-patient-monitoring-form-instructions",
)
PROJECT = OURS
"""Where nothing was found to cite: the choice is ours, and says so."""
