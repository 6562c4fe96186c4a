"""Statements of account: by schedule, or on request; each once for its day, each past the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from duly.collections.actions.gate import ask_batch
from duly.events.actions import outbox_batch
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_one, run_sql

HERE = "duly.collections"
UNDO_WINDOW = timedelta(seconds=60)
LONGEST_WAIT = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which statements: through which day, of which accounts; `scheduled` only those their rule makes due."""

    to_on: date
    account_ids: Sequence[int] | None = None
    scheduled: bool = True
    first_id: int = 0
    last_id: int = 2**62


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: statements on their way, and those held with their reason."""

    queued: int
    held: int


@action("statements.send")
def send_statements(wanted: Wanted, *, today: date, by: Actor) -> Made:
    """Make the statements of accounts as of a day and let them out; twice for the same day is once.

    A scheduled one begins after the last, one on request at the beginning of its year. What the gate refuses is held.
    """
    if wanted.to_on > today:
        raise Refused("statements.day_to_come", to=wanted.to_on.isoformat())
    where: dict[str, Any] = {
        "entity": by.entity_id,
        "to_on": wanted.to_on,
        "accounts": list(wanted.account_ids) if wanted.account_ids is not None else None,
        "first": wanted.first_id,
        "last": wanted.last_id,
    }
    now = clock.now()
    run_sql(HERE, "statements/0_staging.sql")
    run_sql(HERE, f"statements/{'1_due' if wanted.scheduled else '1_asked'}.sql", **where)
    analyze("statement_due")
    run_sql(HERE, "statements/2_figures.sql", **where)
    analyze("statement_made")
    with ask_batch(by.entity_id, by=by):
        run_sql(HERE, "statements/3_ask.sql", at=now)
    params = {"entity": by.entity_id, "latest": now + LONGEST_WAIT, "by": by.name, "at": now, "to_on": wanted.to_on}
    run_sql(HERE, "statements/4_write.sql", **params)
    with outbox_batch():
        run_sql(HERE, "statements/5_stage_outbox.sql", entity=by.entity_id, not_before=now + UNDO_WINDOW)
    made = fetch_one(HERE, "statements/count.sql", Made, entity=by.entity_id)
    assert made is not None
    act().quiet = made == Made(0, 0)
    one = wanted.account_ids[0] if wanted.account_ids and len(wanted.account_ids) == 1 else None
    act().about("account", one, account_id=one)
    act().say(
        f"{made.queued} statement{'' if made.queued == 1 else 's'} of account as of {wanted.to_on}"
        + (f", {made.held} held" if made.held else "")
    )
    return made
