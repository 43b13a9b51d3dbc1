"""The library over HTTP: every entry has a page that names each number's source, and its values as JSON."""

from __future__ import annotations

import json
from html import unescape

import pytest

from kinetamine import catalogue
from kinetamine.report.card import card
from kinetamine.report.card.kinds import KINDS, every
from kinetamine.report.card.numbers import estimates
from kinetamine.report.card.plain import plain
from web.pages.inprocess import Client


@pytest.fixture(scope="module")
def client() -> Client:
    return Client()


def test_the_list_holds_every_entry_and_counts_each_kind(client: Client) -> None:
    page = client.get("/library").text
    for kind, name in every():
        assert f'href="/library/{kind}/{name}"' in page
    for kind, title in KINDS.items():
        assert f"{title.partition(',')[0]} <span>{len(catalogue.names(kind))}</span>" in page
    assert f"{len(every())} of {len(every())} entries" in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_page_of_its_own(client: Client, kind: str) -> None:
    answer = client.get(f"/library/{kind}")
    assert answer.status_code == 200
    assert answer.text.count("data-text=") == len(catalogue.names(kind))


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "name"), [*every(), ("chain", "chain")])
def test_a_card_names_the_source_of_every_number(client: Client, kind: str, name: str) -> None:
    answer = client.get(f"/library/{kind}/{name}")
    page, found = unescape(answer.text), card(kind, name)
    assert answer.status_code == 200
    assert f"<h1>{found.title}</h1>" in page
    assert "style=" not in answer.text.replace("stylesheet", "")  # the content-security policy forbids it
    for estimate in estimates(found.entry).values():
        assert f'id="ref-{estimate.source.key}"' in page
        assert estimate.where in page
    assert page.count("UNVERIFIED") == sum(one.provenance == "unverified" for one in estimates(found.entry).values())


@pytest.mark.parametrize(("kind", "name"), [("pk", "kamp_2020"), ("findings", "memantine"), ("populations", "trd_65")])
def test_the_json_twin_is_what_python_says(client: Client, kind: str, name: str) -> None:
    answer = client.get(f"/library/{kind}/{name}.json")
    assert answer.json() == json.loads(json.dumps(plain(card(kind, name)), allow_nan=False))


@pytest.mark.parametrize(
    ("address", "near"),
    [("pk/kamp_2021", "pk/kamp_2020"), ("routes/kamp_2020", "pk/kamp_2020"), ("mechanism", "mechanisms")],
)
def test_what_is_not_there_is_answered_with_the_nearest(client: Client, address: str, near: str) -> None:
    answer = client.get(f"/library/{address}")
    assert answer.status_code == 404
    assert f'Did you mean <a href="/library/{near}">' in answer.text


def test_an_unknown_entry_as_json(client: Client) -> None:
    answer = client.get("/library/pk/kamp_2021.json")
    assert (answer.status_code, answer.json()["nearest"]) == (404, "pk/kamp_2020")


@pytest.mark.parametrize("address", ["pk/../../etc", "nothing/at%20all", "pk/%00", "pk/__init__", "chain/other"])
def test_strange_addresses_are_not_found(client: Client, address: str) -> None:
    assert client.get(f"/library/{address}").status_code == 404


def test_a_search_without_a_script(client: Client) -> None:
    page = client.get("/library", params={"q": "rifampicin"}).text
    assert "1 of" in page
    nothing = client.get("/library", params={"q": "no such thing <b>"}).text
    assert "0 of" in nothing
    assert "<b>" not in nothing


def test_a_model_stands_beside_what_was_published(client: Client) -> None:
    page = client.get("/library/pk/kamp_2020").text
    assert page.count("<circle") > 100
    assert "Predicted against reported levels" in page
    assert (
        "validation" not in client.get("/library/pk/flint_2017").text
    )  # nobody published what it could be held against


def test_a_card_leads_to_a_course(client: Client) -> None:
    assert 'href="/?mechanism=eef2k&amp;regimen=0.5' in client.get("/library/mechanisms/eef2k").text
    assert (
        'href="/?regimen=spravato_mdsi&amp;person.weight_kg=70"' in client.get("/library/regimens/spravato_mdsi").text
    )
    assert "/?model=kamp_2020&amp;regimen=" in client.get("/library/pk/kamp_2020").text


def test_a_treatment_with_a_course_of_its_own_is_opened_without_doses(client: Client) -> None:
    assert "regimen=" in _simulated(client.get("/library/comparators/midazolam").text)
    assert "regimen=" not in _simulated(client.get("/library/comparators/ssri").text)


def _simulated(html: str) -> str:
    """Where the card leads to."""
    return html.partition('href="/?')[2].partition('"')[0]
