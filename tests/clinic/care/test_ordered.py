"""What a session keeps of its order: enough to see that something else is given."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clinic.care.series import ordered as planned
from clinic.care.test_dose_check import SLIP, begun, finished
from clinic.world import World, order
from kinetamine.clinic.care import ordered
from kinetamine.clinic.records import Order
from kinetamine.clinic.session.ordered import Ordered, Way
from kinetamine.units import BASE_PER_HYDROCHLORIDE


def kept(made: Order) -> Ordered | None:
    return ordered.of(json.loads(json.dumps({ordered.ORDER: ordered.written(made)})))


def test_the_dose_and_what_two_people_agreed_on(world: World) -> None:
    made = planned(world)
    found = kept(made)
    assert found is not None
    assert (found.way, round(found.duration_h, 6), found.agreed) == (Way.PUMP, round(2.0 / 3.0, 6), None)
    assert found.base_mg == pytest.approx(35.0 * BASE_PER_HYDROCHLORIDE)
    first = begun(world, made)
    assert not ordered.is_agreed({ordered.ORDER: ordered.written(first)})
    done = finished(world, first)
    found = kept(done)
    assert found is not None
    assert found.agreed is not None
    assert (found.agreed.lot, found.agreed.salt) == ("L1", "hydrochloride")
    assert found.agreed.mg_per_ml == pytest.approx(1.0)
    assert found.agreed.ml_per_h == pytest.approx(52.5)
    assert ordered.is_agreed({ordered.ORDER: ordered.written(done)})


def test_two_who_differ_have_agreed_on_nothing(world: World) -> None:
    found = kept(finished(world, begun(world, planned(world)), SLIP))
    assert found is not None
    assert found.agreed is None


def test_a_spray_is_so_many_devices(world: World) -> None:
    assert kept(planned(world, spray=True)) == Ordered(base_mg=56.0, way=Way.DEVICES)


@pytest.mark.parametrize(
    ("more", "base_mg"),
    [({"drug": "racemic ketamine HCl"}, 35.0 * BASE_PER_HYDROCHLORIDE), ({"drug": "ketamine"}, 35.0)],
)
def test_of_an_order_from_elsewhere_the_amount_alone_is_known(more: dict[str, Any], base_mg: float) -> None:
    assert kept(order("somebody", **more)) == Ordered(base_mg=base_mg)


def test_without_an_order_nothing_is_known() -> None:
    assert ordered.of({"protocol": "infusion over 40 minutes"}) is None
    assert not ordered.is_agreed({})
