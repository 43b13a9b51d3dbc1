"""The report in a real browser: figures are drawn, nothing fails, nothing is fetched, the picture is not blank."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from kinetamine.course import Course
from kinetamine.engine.person import Person
from kinetamine.explanation import explain
from kinetamine.explanation.page import write_page
from kinetamine.report.page import write_report
from report.by_hand import make

CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), ""
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium on this machine"),
]
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=20000",
    "--enable-logging=stderr",
)


def browse(page: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Open a page in a browser of its own, that has never been used before."""
    profile = page.parent / "profile"
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120)


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write_report(*make(), tmp_path / "report.html")


def test_every_figure_is_drawn_and_nothing_fails(page: Path) -> None:
    done = browse(page, "--dump-dom")
    assert "CONSOLE" not in done.stderr, done.stderr
    boxes = set(re.findall(r'id="(plot-[\w-]+)"', done.stdout))
    drawn = set(re.findall(r'id="(plot-[\w-]+)" class="plot[^"]*js-plotly-plot', done.stdout))
    assert len(boxes) > 8
    assert drawn == boxes
    assert done.stdout.count('class="js-line"') > len(boxes)


def test_zooming_one_figure_zooms_all_and_sessions_can_be_stepped(page: Path) -> None:
    clicks = """<script type="module">
    Plotly.relayout("plot-ketamine", {"xaxis.range[0]": 2.5, "xaxis.range[1]": 4.5}).then(function () {
      document.getElementById("next").click();
      const found = Array.from(document.querySelectorAll("[id^=plot-]:not([id^=plot-zoom-])"));
      const ranges = found.map(function (one) { return one._fullLayout.xaxis.range.join(" "); });
      document.body.dataset.ranges = ranges.join(";");
      document.body.dataset.session = document.getElementById("session").value;
    });
    </script></body>"""
    page.write_text(page.read_text(encoding="utf-8").replace("</body>", clicks), encoding="utf-8")
    dom = browse(page, "--dump-dom").stdout
    ranges = re.findall(r'data-ranges="([^"]+)"', dom)
    assert set(ranges[-1].split(";")) == {"2.5 4.5"}
    assert 'data-session="2"' in dom
    assert "Showing days 2.50 to 4.50" in dom


@pytest.mark.parametrize("width", [500, 1280])
def test_the_picture_is_not_blank_and_not_wider_than_the_window(page: Path, width: int) -> None:
    from matplotlib.image import imread  # noqa: PLC0415 - slow to import, only here

    picture = page.with_suffix(".png")
    browse(page, f"--window-size={width},3000", f"--screenshot={picture}")
    pixels = np.asarray(imread(picture))[..., :3]
    assert pixels.shape[1] == width
    colours = np.unique((pixels[::4, ::4].reshape(-1, 3) * 15).round(), axis=0)
    assert len(colours) > 20
    dark = (pixels.mean(axis=2) < 0.5).mean()
    assert 0.003 < dark < 0.3


def test_dark_stays_dark(page: Path) -> None:
    from matplotlib.image import imread  # noqa: PLC0415 - as above

    picture = page.with_suffix(".png")
    browse(page, "--blink-settings=preferredColorScheme=0", "--window-size=1280,3000", f"--screenshot={picture}")
    assert (np.asarray(imread(picture))[..., :3].mean(axis=2) < 0.2).mean() > 0.8


def test_an_explanation_needs_no_script_and_no_network(tmp_path: Path) -> None:
    told = explain(Course(person=Person(), comparator="ssri", people=20, follow_up_days=28.0))
    done = browse(write_page(told, tmp_path / "explained.html"), "--dump-dom")
    assert "CONSOLE" not in done.stderr, done.stderr
    assert done.stdout.count("<article") == len(told.steps)
    assert '<polyline points="' in done.stdout
