"""Waiting for what no selector says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

PATIENCE_MS = 90_000
"""Courses that are new to the engine are translated first, which takes seconds."""
_STEP_MS = 100


def until(page: Page, expression: str) -> None:
    """Until an expression of the page holds; the pages' own policy forbids wait_for_function."""
    for _ in range(PATIENCE_MS // _STEP_MS):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(_STEP_MS)
    pytest.fail(f"never: {expression}")
