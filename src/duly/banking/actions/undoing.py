"""Taking a bank file back while nothing of it is placed."""

from __future__ import annotations

from dataclasses import dataclass

from duly.banking.actions.accounts import HERE
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound, Refused
from duly.kernel.sql import fetch_one, run_sql


@dataclass(frozen=True, slots=True)
class Undoable:
    """What stands against taking a file back."""

    name: str
    state: str
    placed: int
    built_on: str | None


@action("bank.import", name="bank.undo_file")
def undo_file(file_id: int, *, by: Actor) -> None:
    """Take a file back, whole: its statements leave the chain, its lines are as if never seen.

    Refused while a line of it is placed, when a later file continues its statements or relied on its lines.
    """
    run_sql(HERE, "undo/1_lock.sql", entity=by.entity_id, file=file_id)
    # Lines first: whoever is placing one at this moment is waited for, and then counted.
    run_sql(HERE, "undo/2_lines.sql", entity=by.entity_id, file=file_id)
    found = fetch_one(HERE, "undo/3_obstacles.sql", Undoable, entity=by.entity_id, file=file_id)
    if found is None:
        raise NotFound("bank.unknown_file", file=file_id)
    if found.state != "imported":
        raise Refused("bank.file_undone_already", file=found.name)
    if found.placed:
        raise Refused("bank.lines_are_placed", file=found.name, lines=found.placed)
    if found.built_on:
        raise Refused("bank.later_file_builds_on_it", file=found.name, later=found.built_on)
    run_sql(HERE, "undo/4_statements.sql", entity=by.entity_id, file=file_id)
    run_sql(HERE, "undo/5_file.sql", entity=by.entity_id, file=file_id)
    act().about("bank_file", file_id)
    act().say(f"{found.name} taken back")
