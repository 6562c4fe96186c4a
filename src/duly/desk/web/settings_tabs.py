"""The tabs that all settings share."""

from __future__ import annotations

from duly.kernel.actor import Actor

TABS = (
    ("Office", "/settings", "books.view"),
    ("People", "/settings/people", "books.view"),
    ("Rights and limits", "/settings/rights", "books.view"),
    ("Gates", "/settings/gates", "books.view"),
    ("Small office", "/settings/small-office", "books.view"),
    ("Items and prices", "/settings/items", "books.view"),
    ("Taxes", "/settings/taxes", "books.view"),
    ("Numbers", "/settings/numbers", "books.view"),
    ("Periods", "/settings/periods", "books.view"),
    ("Where customers pay", "/remit-to", "books.view"),
    ("Imports", "/imports", "imports.run"),
)


def settings_tabs(here: str, actor: Actor) -> list[tuple[str, None, str, bool]]:
    """Return the tabs this person may open, for the page at `here`."""
    return [(text, None, path, path == here) for text, path, right in TABS if actor.may(right)]
