"""The page Compare as the server gives it: fields, presets and no script inside it."""

from __future__ import annotations

import json
import re

import pytest

from kinetamine.web.pages.compare import show


@pytest.fixture(scope="module")
def page() -> str:
    return bytes(show().body).decode()


def test_every_field_has_a_label_and_a_place_for_what_is_wrong(page: str) -> None:
    for name in ("regimen", "weight", "age", "outcome"):
        assert f'for="{name}"' in page
        assert f'id="{name}-wrong"' in page


def test_the_choices_are_data_and_close_no_element(page: str) -> None:
    found = re.search(r'<script type="application/json" id="choices">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    assert {"kg110", "rifampicin", "spray", "midazolam", "ect", "ssri"} <= {one["key"] for one in data["presets"]}
    assert len(data["looks"]) == 6
    assert "<" not in found[1]


def test_nothing_runs_or_styles_inside_the_page(page: str) -> None:
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in one or "application/json" in one for one in scripts)
    assert not re.search(r"\sstyle=|\son\w+=", page)
