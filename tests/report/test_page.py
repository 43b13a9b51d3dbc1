"""The HTML report: whole, well-formed, self-contained, escaped, and honest about what it is."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from kinetamine.report.page import render, write_report
from kinetamine.report.palette import DARK, LIGHT
from report.by_hand import make

HOSTILE = "<script>alert('x')</script> & \"quoted\" </title><img src=x onerror=alert(1)>"
_VOID = {"meta", "br", "img", "link", "input", "hr"}


class Page(HTMLParser):
    """Elements, their attributes and text; complains about tags that do not close in order."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self.feed(source)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.text.setdefault(self.open[-1], []).append(data)

    def said(self, *tags: str) -> str:
        return " ".join(part for tag in tags for part in self.text.get(tag, ()))


@pytest.fixture(scope="module")
def source() -> str:
    return render(*make(title=HOSTILE, warnings=("OUTSIDE THE STUDIED RANGE of by_hand: age <5.", "Second <i>.")))


@pytest.fixture(scope="module")
def page(source: str) -> Page:
    return Page(source)


def test_what_a_user_gives_is_text_and_never_markup(source: str, page: Page) -> None:
    assert HOSTILE not in source
    assert HOSTILE in page.said("h1")
    assert not [1 for tag, _ in page.elements if tag in {"img", "i", "b"}]
    assert [tag for tag, _ in page.elements].count("script") == 3
    handlers = [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert handlers == []


def test_nothing_is_loaded_from_anywhere(source: str, page: Page) -> None:
    for tag, attributes in page.elements:
        assert "src" not in attributes
        assert tag not in {"link", "iframe", "object", "embed"}
        address = attributes.get("href") or "#"
        assert address.startswith("#") or (tag == "a" and address.startswith("https://doi.org/"))
    policy = next(one["content"] for _, one in page.elements if one.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert "default-src 'none'" in policy
    style = source[source.index("<style>") : source.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_it_says_what_it_is(page: Page) -> None:
    said = page.said("li", "p", "dd", "h2", "figcaption")
    for sentence in (
        "Prediction, not a measurement",
        "Research, teaching and supervised clinical use; not a medical device, no dosing advice.",
        "Model by_hand",
        "Kinetamine 0.0.1",
        "5th–95th percentile of 101 virtual people; between-person variability only",
        "2 doses of 35 mg racemic ketamine, intravenous, on days 1 and 4.",
        "OUTSIDE THE STUDIED RANGE of by_hand: age <5.",
        "Outside the studied range",
    ):
        assert sentence in said


def test_every_number_stands_there_with_its_class_and_source(page: Page) -> None:
    cells = page.said("td", "th", "span")
    assert "KE0" in cells
    assert "UNVERIFIED" in cells
    assert "recalled <b>boldly</b>" in cells
    assert "Gabrielsson et al. 2016, J <Test>" in cells
    assert "@article{textbook_2016," in page.said("pre")
    assert "doi:10.1/a<b" in page.said("a")


def test_every_plot_has_its_box_and_its_words(source: str, page: Page) -> None:
    data = json.loads(source.split('id="course-data">')[1].split("</script>", maxsplit=1)[0])
    boxes = {one["id"]: one for _, one in page.elements if one.get("role") == "img"}
    wanted = {"plot-overview"} | {f"plot-{one['key']}" for one in data["panels"]}
    wanted |= {f"plot-zoom-{one['key']}" for one in data["zooms"]}
    assert set(boxes) == wanted
    assert all(one["aria-label"] for one in boxes.values())
    assert all("outside the studied range" in one["stamp"] for one in data["panels"])
    assert max(data["panels"][0]["traces"][0]["y"]) == pytest.approx(200.0, rel=1e-3)


def test_tables_have_captions_and_heads_and_headings_do_not_skip(page: Page) -> None:
    tags = [tag for tag, _ in page.elements]
    assert tags.count("table") == tags.count("caption") > 3
    assert all(one.get("scope") in {"row", "col"} for tag, one in page.elements if tag == "th")
    levels = [int(tag[1]) for tag in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    identifiers = [one["id"] for _, one in page.elements if "id" in one]
    assert len(identifiers) == len(set(identifiers))
    anchors = [(one.get("href") or "")[1:] for _, one in page.elements if (one.get("href") or "").startswith("#")]
    assert set(anchors) <= set(identifiers)


def test_the_file_is_whole_or_absent(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old", encoding="utf-8")
    assert write_report(*make(), target) == target
    assert target.read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_it_is_quick_and_needs_no_heavy_library(tmp_path: Path) -> None:
    heavy = ("pandas", "xarray", "plotly", "matplotlib", "jax")
    script = f"import sys, kinetamine.report.page; print([name for name in {heavy!r} if name in sys.modules])"
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=paths)
    assert done.stdout.strip() == "[]"
    made = make()
    start = time.process_time()
    write_report(*made, tmp_path / "report.html")
    assert time.process_time() - start < 3.0  # a tenth of this on a free machine


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255.0 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colours", [LIGHT, DARK])
def test_lines_and_words_stand_out_from_the_ground(colours: dict[str, str]) -> None:
    ground = luminance(colours["ground"])
    for role in set(colours) - {"ground", "grid"}:
        high, low = sorted((luminance(colours[role]), ground), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, role
