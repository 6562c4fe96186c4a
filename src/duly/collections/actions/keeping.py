"""Bringing promises and plans up to date with the money that came in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.sql import fetch_one, fetch_value

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class _Promises:
    kept: int
    broken: int


@dataclass(frozen=True, slots=True)
class _Plans:
    kept: int
    defaulted: int


@dataclass(frozen=True, slots=True)
class Kept:
    """How many promises and plans were found kept, broken or in default."""

    promises_kept: int
    promises_broken: int
    plans_kept: int
    plans_defaulted: int


@action("dunning.run", name="collections.keep_books")
def keep_books(on: date, *, by: Actor, account_id: int | None = None) -> Kept:
    """Judge promises and plans by the money received until `on`: kept, broken, in default. Twice is once.

    A promise is kept by receipts on its account from the day it was made to its day and grace, net of what was taken
    back; earlier promises are served first. An instalment is kept when the plan's items were settled so far by its day
    and grace. What is in default returns to its original due days.
    """
    params = {"entity": by.entity_id, "on": on, "account": account_id}
    promises = fetch_one(HERE, "keep/promises.sql", _Promises, **params)
    plans = fetch_one(HERE, "keep/plans.sql", _Plans, **params)
    assert promises is not None
    assert plans is not None
    fetch_value(HERE, "keep/free_items.sql", entity=by.entity_id)
    found = Kept(promises.kept, promises.broken, plans.kept, plans.defaulted)
    current = act()
    if current.name == "collections.keep_books":
        current.quiet = found == Kept(0, 0, 0, 0)
        current.say(
            f"{found.promises_kept} promises kept, {found.promises_broken} broken;"
            f" {found.plans_kept} plans kept, {found.plans_defaulted} in default"
        )
    return found
