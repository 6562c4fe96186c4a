"""The one door through which data changes: right, one transaction, one event, its undo.

A function marked `@action("invoices.credit")` takes `by: Actor`. The outermost action checks the right, opens the
transaction and records one Event; an action called inside another is a step of it: it joins the transaction and the
event and its right is not asked again. What the event says is filled in while acting, through `act()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import transaction

from duly.kernel.actor import Actor

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(slots=True)
class Act:
    """What the running action will leave as its Event."""

    name: str
    by: Actor
    subject_kind: str = ""
    subject_id: int | None = None
    account_id: int | None = None
    summary: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    undo: dict[str, Any] | None = None
    undo_of: int | None = None
    quiet: bool = False
    event_id: int | None = None

    def about(self, kind: str, subject_id: int | None, *, account_id: int | None = None) -> None:
        """Say which thing the act is about; `account_id` puts it on that account's timeline."""
        self.subject_kind, self.subject_id = kind, subject_id
        self.account_id = account_id if account_id is not None else self.account_id

    def say(self, summary: str, **facts: Any) -> None:
        """Set the one-sentence summary people read, and the facts (JSON values) behind it."""
        self.summary = summary
        self.facts.update(facts)

    def undo_with(self, action_name: str, **arguments: Any) -> None:
        """Name the action (and its JSON arguments) that reverses this act as a whole."""
        self.undo = {"action": action_name, "args": arguments}


_current: ContextVar[Act | None] = ContextVar("duly_act", default=None)
_rehearsing: ContextVar[bool] = ContextVar("duly_rehearsing", default=False)
_last: ContextVar[Act | None] = ContextVar("duly_last_act", default=None)
REGISTRY: dict[str, Callable[..., Any]] = {}
REACTIONS: dict[str, list[Callable[[Act], None]]] = {}
"""Action name -> who reacts, in the same transaction; filled by the site's wiring, so that below never knows above."""
_recorders: list[Callable[[Act], int]] = []


def record_with(recorder: Callable[[Act], int]) -> None:
    """Set who writes the event (the events capability does, at start-up)."""
    _recorders[:] = [recorder]


def act() -> Act:
    """Return the running act; only valid inside an action."""
    current = _current.get()
    assert current is not None, "act() is only known inside an @action"
    return current


def inside_action() -> bool:
    """Return whether an action is running (the posting door asks)."""
    return _current.get() is not None


def last_event_id() -> int | None:
    """Return the event of the act this thread has just done, where it can be undone: what a screen offers Undo for."""
    done = _last.get()
    return done.event_id if done is not None and done.undo is not None else None


def action(right: str, *, name: str | None = None) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as a change; callers pass who asks as `by=`. `name` defaults to the right."""

    def decorate(change: Callable[P, R]) -> Callable[P, R]:
        @wraps(change)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if (outer := _current.get()) is not None:
                result = change(*args, **kwargs)
                _react(name or right, outer)
                return result
            by = cast(Actor, kwargs["by"])
            by.require(right)
            current = Act(name or right, by)
            _last.set(None)
            with transaction.atomic():
                token = _current.set(current)
                try:
                    result = change(*args, **kwargs)
                    _react(current.name, current)
                    if not current.quiet:
                        current.event_id = _recorders[0](current)
                finally:
                    _current.reset(token)
                if _rehearsing.get():
                    transaction.set_rollback(True)
            _last.set(None if _rehearsing.get() else current)
            return result

        marked = cast(Any, run)
        marked.right = right
        marked.action_name = name or right
        assert REGISTRY.get(name or right, run).__qualname__ == run.__qualname__, f"{name or right} is taken"
        REGISTRY[name or right] = run
        return run

    return decorate


@contextmanager
def undoing(event_id: int) -> Iterator[None]:
    """Run the action inside as the undo of an event: the new event names it."""
    current = act()
    current.undo_of = event_id
    yield


def _react(name: str, done: Act) -> None:
    for reaction in REACTIONS.get(name, ()):
        reaction(done)


@contextmanager
def rehearsal() -> Iterator[None]:
    """Do everything and keep nothing: actions inside run fully, then roll back (`--dry-run`)."""
    token = _rehearsing.set(True)
    try:
        yield
    finally:
        _rehearsing.reset(token)
