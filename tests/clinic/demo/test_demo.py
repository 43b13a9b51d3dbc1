"""The demonstration: invented people, a record that is sound, and a whole of it that is as FHIR has been published."""

from __future__ import annotations

import pyotp
import pytest

from clinic.fhir.published import by_definition, by_fhirkit
from clinic.world import World
from kinetamine.clinic.access import operator
from kinetamine.clinic.audit.inspection import inspect
from kinetamine.clinic.care import export
from kinetamine.clinic.care.discharge import gate_of
from kinetamine.clinic.care.sitting import Sitting
from kinetamine.clinic.demo.build import CODE, found
from kinetamine.clinic.demo.people import PEOPLE
from kinetamine.clinic.records import Role
from kinetamine.errors import FieldError

pytestmark = pytest.mark.slow


def test_a_clinic_to_try_things_out(world: World) -> None:
    made = found(world.database, world.accounts)
    assert {one.role for one in made} == {role.value for role in Role} - {"device"}
    one = made[0]
    factor = pyotp.parse_uri(one.second_factor)
    assert isinstance(factor, pyotp.TOTP)
    code = factor.at(world.clock.now)
    assert world.accounts.sign_in(CODE, one.name, one.password, code).member.name == one.name
    assert inspect(world.database).sound
    for who in PEOPLE:
        assert who.name.startswith("Demo ")
        record = operator.export_person(world.database, CODE, who.number)
        assert (len(record.sessions), len(record.orders), len(record.scores)) == (4, 4, 10)
        for session in record.sessions:
            sitting = Sitting(session, tuple(one for one in record.events if one.session_id == session.id))
            assert not sitting.state(world.clock.now).oddities
            left = gate_of(sitting, world.clock.now)
            assert [one.name for one in left.unmet if not one.clinical] == [], left.text
            assert not [one for one in left.unmet if "last" not in one.reason], left.text
        resources = export.resources(record)
        for each in resources:
            assert by_definition(each) == [], each
            assert by_fhirkit(each) == [], each
        known = {f"{each['resourceType']}/{each['id']}" for each in resources}
        assert {"Patient", "MedicationAdministration", "RiskAssessment", "Provenance"} <= {
            name.split("/")[0] for name in known
        }
        agents = [len(each["agent"]) for each in resources if each["resourceType"] == "Provenance"]
        assert agents.count(2) == len(record.orders)
    with pytest.raises(FieldError, match="no clinic has yet"):
        found(world.database, world.accounts)
