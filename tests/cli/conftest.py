"""The program, called as a function and as a process."""

from __future__ import annotations

import pytest

from cli.program import Process, Run, run_apart, run_here


@pytest.fixture
def kinetamine() -> Run:
    """Run the program in this process."""
    return run_here


@pytest.fixture
def program() -> Process:
    """Run the program as a process of its own."""
    return run_apart
