"""Recording what happened, queueing what leaves, and the one verb undo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from duly.events.queries import event
from duly.kernel import clock
from duly.kernel.actions import REGISTRY, Act, act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import door
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.events"

STAGED = {
    "staged_outbox": """
        entity_id int not null,
        kind text not null,
        topic text not null,
        subject_kind text not null,
        subject_id bigint not null,
        account_id bigint,
        payload jsonb not null default '{}',
        dedup_key text not null,
        not_before timestamptz not null""",
}


def record(done: Act) -> int:
    """Write the event of an act that has just been done (inside its transaction); returns its id."""
    return int(
        fetch_value(
            HERE,
            "record.sql",
            entity=done.by.entity_id,
            at=clock.now(),
            actor_id=done.by.user_id,
            actor=done.by.name,
            action=done.name,
            subject_kind=done.subject_kind,
            subject_id=done.subject_id,
            account_id=done.account_id,
            summary=done.summary,
            facts=_json(done.facts) or "{}",
            undo=_json(done.undo),
            undo_of=done.undo_of,
        )
    )


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, default=str, sort_keys=True)


@contextmanager
def outbox_batch() -> Iterator[None]:
    """Open staged_outbox; at the end its rows wait in the outbox until the transaction has committed."""
    with door(STAGED, lambda: run_sql(HERE, "write_outbox.sql"), keys={}):
        yield


@action("events.undo")
def undo(event_id: int, *, by: Actor, **edge: Any) -> str:
    """Reverse one act, whole, by the action its event names; refused when it cannot be or was undone already.

    The right asked for is that of the reversing action. `edge` carries what only the edge knows (today), where
    the event does not say it. Returns the summary of what was undone.
    """
    done = event(by.entity_id, event_id)
    if done.undo is None:
        raise Refused("events.cannot_be_undone", event=event_id, action=done.action)
    if done.undone_by is not None:
        raise Refused("events.undone_already", event=event_id, undone_by=done.undone_by)
    reverse = REGISTRY[str(done.undo["action"])]
    by.require(reverse.right)  # type: ignore[attr-defined]
    current = act()
    current.undo_of = event_id
    current.about(done.subject_kind, done.subject_id, account_id=done.account_id)
    reverse(**{**_wanted(reverse, edge), **done.undo["args"]}, by=by)
    current.say(f"Undone: {done.summary}")
    current.undo = None
    return done.summary


def _wanted(reverse: Any, edge: dict[str, Any]) -> dict[str, Any]:
    """Return the edge values the reversing action asks for by name."""
    names = reverse.__wrapped__.__code__.co_varnames[: _argument_count(reverse)]
    return {name: value for name, value in edge.items() if name in names}


def _argument_count(function: Any) -> int:
    code = function.__wrapped__.__code__
    return int(code.co_argcount + code.co_kwonlyargcount)
