"""The report of a course: one HTML file that needs no network, no server and no other file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from string import Template
from typing import Any

from kinetamine.course import Course
from kinetamine.engine.trajectory import Trajectory
from kinetamine.report import content, layout
from kinetamine.report.figures import panel_data, to_script, zoom_data
from kinetamine.report.html import text
from kinetamine.report.overview import overview_data
from kinetamine.report.palette import DARK, LIGHT, css_variables
from kinetamine.report.zoom import shown_sessions


def write_report(
    trajectory: Trajectory, course: Course, path: Path, *, others: Mapping[str, Trajectory] | None = None
) -> Path:
    """Write the report; an older file stays until the new one is whole.

    Args:
        trajectory: what was simulated.
        course: what was asked for.
        path: of the HTML file.
        others: predictions of the same course by other models, as ``kinetamine.course.compare`` gives them.
    """
    whole = render(trajectory, course, others=others)
    part = path.with_name(path.name + ".part")
    part.write_text(whole, encoding="utf-8")
    part.replace(path)
    return path


def render(trajectory: Trajectory, course: Course, *, others: Mapping[str, Trajectory] | None = None) -> str:
    """The report as one HTML text."""
    gathered = content.gather(trajectory, course, others)
    return Template(_asset("page.html")).substitute(
        title=text(gathered.title),
        generator=text(f"kinetamine {trajectory.version}"),
        light=css_variables(LIGHT),
        dark=css_variables(DARK),
        style=_asset("report.css"),
        body=layout.body(gathered),
        data=to_script(_data(gathered)),
        plotly=_plotly(),
        script=_script(),
    )


def _data(gathered: content.Content) -> dict[str, Any]:
    return {
        "stamp": gathered.stamp,
        "panels": [panel_data(panel) for panel in gathered.panels],
        "zooms": [zoom_data(zoom) for zoom in gathered.zooms],
        "comparison": [panel_data(panel) for panel in gathered.comparison],
        "overview": overview_data(gathered),
        "sessions": [{"number": one.number, "label": one.label} for one in shown_sessions(gathered.trajectory)],
    }


@cache
def _asset(name: str) -> str:
    return (resources.files("kinetamine.report") / "assets" / name).read_text(encoding="utf-8")


def _script() -> str:
    """Both modules as one: what is in the page already need not be imported."""
    return _asset("figures.js") + _asset("report.js").partition("\n")[2]


@cache
def _plotly() -> str:
    """The drawing library as the plotly package ships it; importing plotly itself would take a second."""
    script = plotly_file().read_text(encoding="utf-8")
    # A script element ends at the first closing tag, even one inside a string.
    return script.replace("</script", "<\\/script")


def plotly_file() -> Path:
    """Where the installed plotly keeps its script, found without running the package."""
    from importlib.util import find_spec  # noqa: PLC0415 - only for a report

    spec = find_spec("plotly")
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) / "package_data" / "plotly.min.js"
