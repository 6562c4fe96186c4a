"""Telling agreements that what they follow has changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.sql import run_sql

HERE = "duly.commercial"


@action("catalog.edit", name="agreements.recheck_prices")
def recheck_prices(changes: Sequence[tuple[int, date]], *, by: Actor) -> int:
    """Have the next plan compare every agreement that follows these items' list prices, from (item id, day)
    on.

    To be called when a list price was set for a day that may be billed already. Returns how many are in
    doubt.
    """
    doubted = run_sql(
        HERE,
        "change/recheck_prices.sql",
        entity=by.entity_id,
        item_ids=[item_id for item_id, _ in changes],
        days=[from_on for _, from_on in changes],
    )
    act().say(f"{doubted} agreements follow a changed list price")
    act().quiet = doubted == 0
    return doubted
