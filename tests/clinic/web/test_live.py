from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from typing import Any, cast

from clinic.web.signed_in import serving
from clinic.world import World
from kinetamine.clinic.access import Action
from kinetamine.clinic.records import Role, User
from kinetamine.clinic.web.live import Source, _events
from kinetamine.clinic.web.visit import Services, Visit
from own_loop import finished


async def heard(visit: Visit, token: str, source: Source, most: int) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    stream = cast("AsyncGenerator[bytes]", _events(visit, token, source))
    async for one in stream:
        kind, data = one.decode().strip().split("\ndata: ")
        found.append((kind.removeprefix("event: "), json.loads(data)))
        if len(found) == most:
            break
    await stream.aclose()
    return found


def test_what_is_new_comes_at_once_and_time_by_itself(world: World) -> None:
    server = serving(world)
    asking = server.as_(Role.NURSE)
    services: Services = server.app.state.services
    visit = Visit(world.accounts.badge(asking.token), services)
    versions = iter([1, 1, 2])
    source = Source(
        version=lambda: next(versions, 2), whole=lambda: {"all": 1}, passing=lambda: {"part": 1}, tick_s=0.0
    )
    found = finished(heard(visit, asking.token, source, 3))
    assert [kind for kind, _ in found] == ["whole", "passing", "whole"]


def test_it_ends_with_the_sign_in_and_with_the_role(world: World) -> None:
    server = serving(world)
    services: Services = server.app.state.services
    source = Source(version=lambda: 1, whole=dict, passing=dict, check_s=0.0)
    for ended in ("sign-in", "role"):
        asking = server.as_(Role.NURSE)
        visit = Visit(world.accounts.badge(asking.token), services)
        assert finished(heard(visit, asking.token, source, 1)) == [("whole", {})]
        if ended == "sign-in":
            world.accounts.sign_out(asking.token)
        else:
            nurse = world.members[Role.NURSE].user_id
            world.records(Role.ADMIN).change(User, nurse, 1, "moved", roles=("admin",))
            assert not Visit(world.accounts.badge(asking.token), services).may(Action.READ, "session")
        assert finished(heard(visit, asking.token, source, 1)) == [("ended", {})]


def test_a_page_that_is_only_open_keeps_no_sign_in_alive(world: World) -> None:
    server = serving(world)
    asking = server.as_(Role.NURSE)
    services: Services = server.app.state.services
    visit = Visit(world.accounts.badge(asking.token), services)
    source = Source(version=lambda: 1, whole=dict, passing=dict, check_s=0.0)
    for _ in range(15):
        world.clock.pass_by(minutes=1)
        assert finished(heard(visit, asking.token, source, 1)) == [("whole", {})]
    world.clock.pass_by(minutes=1)
    assert finished(heard(visit, asking.token, source, 1)) == [("ended", {})]
