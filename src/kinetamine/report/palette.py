"""Colours of the report by what they stand for, on light and on dark ground; every renderer takes them from here."""

from __future__ import annotations

from types import MappingProxyType

LIGHT = MappingProxyType(
    {
        "ground": "#ffffff",
        "ink": "#1d2430",
        "quiet": "#5b6472",
        "grid": "#e6e8ec",
        "arterial": "#b3372e",
        "venous": "#2b5c9e",
        "s": "#0f766e",
        "r": "#b45309",
        "metabolite": "#6d3fc0",
        "metabolite2": "#8a6116",
        "receptor": "#5b3fb5",
        "acute": "#c2410c",
        "acute2": "#0369a1",
        "mechanism": "#a3246b",
        "mechanism2": "#4d6410",
        "mood": "#157a4a",
        "mood2": "#6b5b95",
        "reference": "#6b7280",
    }
)
"""Roles on a white ground."""

DARK = MappingProxyType(
    {
        "ground": "#171b22",
        "ink": "#e7eaf0",
        "quiet": "#a3adbb",
        "grid": "#2c333e",
        "arterial": "#ff8d7e",
        "venous": "#8ab6f9",
        "s": "#4fd1c0",
        "r": "#f2b04a",
        "metabolite": "#bfa5f7",
        "metabolite2": "#d8b968",
        "receptor": "#b3a2f5",
        "acute": "#fb9a66",
        "acute2": "#6cc3f2",
        "mechanism": "#f58cc3",
        "mechanism2": "#bcd66a",
        "mood": "#6fd6a0",
        "mood2": "#c3b3ea",
        "reference": "#9aa4b2",
    }
)
"""The same roles on a dark ground."""

CYCLE = ("venous", "arterial", "mood", "metabolite", "acute", "s", "metabolite2", "acute2", "mood2", "r")
"""Order in which models are told apart on one picture."""


def css_variables(colours: MappingProxyType[str, str]) -> str:
    """Declarations such as ``--c-ink: #1d2430;`` for a style sheet."""
    return " ".join(f"--c-{role}: {colour};" for role, colour in colours.items())
