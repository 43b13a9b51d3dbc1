"""The page Simulate for those who test it: open it, type, wait for what follows."""

from __future__ import annotations

from playwright.sync_api import Page

from browser.patience import PATIENCE_MS

DONE = "#results[data-state=fresh]"


def open_at(page: Page, address: str = "/") -> None:
    """The page with its results."""
    page.goto(address)
    settled(page)


def settled(page: Page) -> None:
    """What was asked has been answered."""
    page.wait_for_selector(DONE, timeout=PATIENCE_MS)


def typed(page: Page, field: str, text: str) -> None:
    """Type into a field, and wait for the answer."""
    page.evaluate("delete document.getElementById('results').dataset.took")
    page.fill(field, text)
    page.wait_for_selector("#results[data-took]", timeout=PATIENCE_MS)
    settled(page)
