"""The page Simulate as the server writes it: the form is complete before any script runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

import kinetamine
from kinetamine import catalogue
from kinetamine.web.course_form import CourseForm, fields
from kinetamine.web.pages.simulate import show


def opened(query: Mapping[str, str] | None = None) -> str:
    """The page for an address."""
    scope = {"type": "http", "path": "/", "headers": [], "query_string": urlencode(query or {}).encode()}
    return bytes(show(Request(scope)).body).decode()


def field(html: str, name: str) -> str:
    """What stands in an input."""
    found = re.search(rf'name="{re.escape(name)}" value="([^"]*)"', html)
    assert found, name
    return found[1]


def test_it_opens_with_six_infusions_for_a_person_of_70_kg() -> None:
    html = opened()
    assert field(html, "person.weight_kg") == "70"
    assert field(html, "person.age_y") == "40"
    assert "0.5 mg/kg iv over 40 min, three times weekly for 2 weeks</textarea>" in html
    assert CourseForm({}).value("regimen") == catalogue.load("regimens", "ketamine_six_infusions").words


@pytest.mark.parametrize("key", ["comparator", "people", "person.age_y", "set.depression.EFFICACY", "regimen"])
def test_what_an_address_with_a_course_leaves_out_was_left_out_of_the_course(key: str) -> None:
    html = opened({key: "", "v": kinetamine.__version__})
    assert field(html, "person.weight_kg") == ""
    assert re.search(r'<textarea id="regimen"[^>]*></textarea>', html)


def test_an_address_without_a_course_opens_as_ever() -> None:
    assert field(opened({"v": kinetamine.__version__, "vial": "50"}), "person.weight_kg") == "70"


def test_an_address_opens_complete() -> None:
    query = {
        "person.weight_kg": "93.5",
        "person.sex": "female",
        "person.comedication": "rifampicin,ticlopidine",
        "regimen": "1 mg/kg im, weekly for 2 weeks",
        "outcomes": "ptsd",
        "mechanism": "disinhibition=0.5,eef2k=0.5",
        "comparator": "midazolam",
        "set.depression.EFFICACY": "0.8",
        "outside": "1",
        "v": kinetamine.__version__,
    }
    html = opened(query)
    assert field(html, "person.weight_kg") == "93.5"
    assert "1 mg/kg im, weekly for 2 weeks</textarea>" in html
    for value in ("female", "midazolam", "own"):
        assert f'<option value="{value}" selected>' in html
    for name in ("rifampicin", "ticlopidine", "ptsd"):
        assert re.search(rf'value="{name}"[^>]* checked', html)
    assert not re.search(r'value="depression"[^>]* checked', html)
    assert 'value="disinhibition=0.5,eef2k=0.5"' in html
    assert "depression.EFFICACY = 0.8</textarea>" in html
    assert re.search(r'name="outside"[^>]* checked', html)
    assert "This address was made with" not in html


def test_what_was_typed_stays_even_when_it_is_nonsense() -> None:
    html = opened({"person.weight_kg": "seventy", "model": "no_such", "outcomes": "no_such"})
    assert field(html, "person.weight_kg") == "seventy"
    assert '<option value="no_such" selected>' in html


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ({"mechanism": "disinhibiton"}, '<option value="disinhibiton" selected>'),
        ({"outcomes": "depression,foo"}, '<input type="checkbox" value="foo" checked>'),
        ({"outcomes": "depression, ptsd"}, '<input type="checkbox" value="ptsd" checked>'),
        ({"background": "foo"}, '<input type="checkbox" value="foo" checked>'),
    ],
)
def test_a_choice_that_there_is_not_stays_for_the_server_to_refuse(query: Mapping[str, str], kept: str) -> None:
    assert kept in opened(query)
    assert kept not in opened()


@pytest.mark.parametrize("key", ["outside", "person.hypertension"])
def test_what_an_address_says_is_not_so_is_not_ticked(key: str) -> None:
    assert not re.search(rf'name="{re.escape(key)}"[^>]* checked', opened({key: "0"}))


def test_keys_that_no_field_has_are_told() -> None:
    html = opened({"person.wieght_kg": "110", "zzz": "3", "v": kinetamine.__version__, "vial": "50", "set.x": "1"})
    assert "Left out, as nothing here has that name: person.wieght_kg (did you mean person.weight_kg?), zzz." in html
    assert "Left out, as" not in opened({"person.weight_kg": "110"})


def test_every_field_of_a_course_is_in_the_form() -> None:
    html = opened()
    there = set(re.findall(r'\s(?:name|data-group)="([\w.]+)"', html)) | {"mechanism"}
    assert fields() == there - {"vial", "vial_of", "viewport", "referrer"}


def test_what_an_address_holds_is_escaped() -> None:
    evil = '"><script>alert(1)</script>'
    names = ("regimen", "person.weight_kg", "model", "mechanism", "outcomes", "set.x", "v", "title", "effects")
    html = opened({**dict.fromkeys(names, evil), evil: "1"})
    assert "<script>alert" not in html


def test_an_address_of_another_version_says_so() -> None:
    html = opened({"v": "0.0.1"})
    assert "This address was made with Kinetamine 0.0.1" in html


def test_evidence_is_in_view_before_any_script() -> None:
    html = opened()
    shown = re.findall(r'data-of="mechanism" data-value="(\w+)" >', html)
    assert shown == ["disinhibition", "habenula"]
    assert 'class="grade high"' in html
    assert 'href="/library/mechanisms/habenula"' in html


def test_nothing_in_the_page_needs_an_inline_script_or_style() -> None:
    html = opened()
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", html)
