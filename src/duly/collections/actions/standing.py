"""Where each overdue account stands on the board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.sql import run_sql

HERE = "duly.collections"


@action("books.view", name="collections.refresh_board")
def refresh_board(today: date, *, by: Actor, account_ids: Sequence[int] | None = None) -> int:
    """Work out again where accounts stand (all without a list); returns how many stand there. Changes no books."""
    if act().name == "collections.refresh_board":
        act().quiet = True
    wanted = list(account_ids) if account_ids is not None else None
    run_sql(HERE, "standing/1_clear.sql", entity=by.entity_id, accounts=wanted)
    return run_sql(HERE, "standing/2_write.sql", entity=by.entity_id, accounts=wanted, today=today)
