"""Milligrams to mood on one time axis: the first figure of the report."""

from __future__ import annotations

from typing import Any

from kinetamine.report.content import Content
from kinetamine.report.figures import panel_data
from kinetamine.report.panels import DAY_H, Panel

_SHORT = {
    "ketamine": "Ketamine in blood",
    "ketamine_enantiomers": "Ketamine in blood",
    "nmda": "NMDA receptors blocked",
    "dissociation": "Dissociation, CADSS",
    "pressure": "Blood pressure",
    "glutamate": "Glutamate (model only)",
    "bdnf": "BDNF (model only)",
    "plasticity": "mTORC1, potentiation (model only)",
    "synapses": "Synapses gained (model only)",
    "relief": "Relief of the circuit (model only)",
    "benefit": "Benefit of the other treatment",
    "madrs": "Depression, MADRS",
    "hama": "Anxiety, HAM-A",
    "caps5": "Post-traumatic stress, CAPS-5",
    "ssi": "Suicidal ideation, SSI",
    "pain": "Pain",
    "still_well": "Still well, of responders",
}
ROWS = tuple(_SHORT)
"""Panels that make the chain; of the first two, whichever comes first."""


def overview_panels(content: Content) -> tuple[Panel, ...]:
    """The panels of the chain, from blood to mood."""
    by_key = {panel.key: panel for panel in content.panels}
    if "ketamine" in by_key:
        by_key.pop("ketamine_enantiomers", None)
    return tuple(by_key[key] for key in ROWS if key in by_key)


def overview_data(content: Content) -> list[dict[str, Any]]:
    """Rows from the dose to the score, for the page's script."""
    panels = overview_panels(content)
    if not content.sessions or not panels:
        return []
    rows = [_row(panel) for panel in panels]
    return [_dose_row(content, panels[0].x_label), *rows] if content.trajectory.events else rows


def _row(panel: Panel) -> dict[str, Any]:
    title = _SHORT[panel.key]
    return panel_data(panel) | {"title": title, "unit": panel.y_label.rsplit(", ", 1)[-1]}


def _dose_row(content: Content, x_label: str) -> dict[str, Any]:
    """Milligrams of each session as a bar at its start."""
    totals = [0.0 for _ in content.sessions]
    for event in content.trajectory.events:
        for time_h in event.starts_h:
            place = sum(session.start_h <= time_h + 1e-9 for session in content.sessions) - 1
            totals[place] += event.amount_mg
    return {
        "title": "Dose",
        "unit": "mg of base",
        "from_zero": True,
        "include": [],
        "x_label": x_label,
        "traces": [],
        "bands": [],
        "bars": {
            "x": [round(session.start_h / DAY_H, 5) for session in content.sessions],
            "y": [round(total, 4) for total in totals],
        },
    }
