"""Who hears of what: the one place where capabilities that do not know each other are joined."""

from __future__ import annotations

from datetime import date

from duly.commercial.actions.collect import collect_charges
from duly.commercial.actions.recheck import recheck_prices
from duly.desk.ports import import_with
from duly.invoicing.collect import COLLECTORS
from duly.kernel.actions import REACTIONS, Act
from duly.site.imports.port import FileImporter


def prices_changed(done: Act) -> None:
    """Have agreements that follow a changed list price compared again by the next run."""
    changes = [(int(item_id), date.fromisoformat(str(day))) for item_id, day in done.facts.get("changes", ())]
    summary, quiet = done.summary, done.quiet
    if changes:
        recheck_prices(changes, by=done.by)
    done.summary, done.quiet = summary, quiet


REACTING = {"catalog.set_prices": [prices_changed], "catalog.unset_prices": [prices_changed]}
"""Event -> reactions."""


def connect() -> None:
    """Join them; called once, when Django is ready."""
    if collect_charges not in COLLECTORS:
        COLLECTORS.append(collect_charges)
    import_with(FileImporter())
    REACTIONS.update(REACTING)
