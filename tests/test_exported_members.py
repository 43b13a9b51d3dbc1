"""The public API, pinned: a name that comes or goes is a decision."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import kinetamine

PUBLIC = """
    Course Dose FieldError Forecast Form InputError KinetamineError OutsideStudiedRangeError Person Reference Regimen
    Series SolverError Trajectory UnknownNameError __version__ cite compare contrast load_course models predict simulate
    validate
"""
HEAVY = ("numpy", "scipy", "pandas", "xarray", "pint", "matplotlib", "plotly", "typer", "jax")


def test_the_public_names_are_these() -> None:
    assert sorted(kinetamine.__all__) == dir(kinetamine) == sorted(PUBLIC.split())


@pytest.mark.parametrize("name", kinetamine.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(kinetamine, name) is not None


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="no attribute 'dose_me'"):
        _ = kinetamine.dose_me


def test_models_are_named() -> None:
    assert "kamp_2020" in kinetamine.models()


def test_importing_it_is_light() -> None:
    show = f"import kinetamine, sys; print([name for name in {HEAVY} if name in sys.modules])"
    here = {"PYTHONPATH": next(iter(kinetamine.__path__)) + "/.."}
    done = subprocess.run([sys.executable, "-c", show], capture_output=True, encoding="utf-8", check=True, env=here)
    assert done.stdout.strip() == "[]"


def test_the_version_is_the_same_everywhere() -> None:
    root = Path(__file__).parents[1]
    assert (
        tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
        == kinetamine.__version__
    )
    assert f"version: {kinetamine.__version__}\n" in (root / "CITATION.cff").read_text()
