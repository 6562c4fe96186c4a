"""The tabs that all settings share."""

from __future__ import annotations

TABS = (
    ("Office", "/settings"),
    ("People", "/settings/people"),
    ("Rights and limits", "/settings/rights"),
    ("Items and prices", "/settings/items"),
    ("Taxes", "/settings/taxes"),
    ("Numbers", "/settings/numbers"),
    ("Periods", "/settings/periods"),
    ("Imports", "/imports"),
)


def settings_tabs(here: str) -> list[tuple[str, None, str, bool]]:
    """Return the tabs for the page at `here`."""
    return [(text, None, path, path == here) for text, path in TABS]
