"""The one door through which data changes: right, one transaction, one event, its undo.

A function marked `@action("invoices.credit")` takes `by: Actor`. The outermost action checks the right, opens the
transaction and records one Event; an action called inside another is a step of it: it joins the transaction and the
event and its right is not asked again. What the event says is filled in while acting, through `act()`.

An act beyond its actor's right (BeyondRight) becomes a proposal: all of it is rolled back, what was asked for is kept,
and Proposed is raised. Who keeps proposals is told by `propose_with`.
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
from duly.kernel.refusals import BeyondRight, Proposed

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
    beneficiary_id: int | None = None

    def about(self, kind: str, subject_id: int | None, *, account_id: int | None = None) -> None:
        """Say which thing the act is about; `account_id` puts it on that account's timeline."""
        self.subject_kind, self.subject_id = kind, subject_id
        self.account_id = account_id if account_id is not None else self.account_id

    def say(self, summary: str, **facts: Any) -> None:
        """Set the one-sentence summary people read, and the facts (JSON values) behind it."""
        self.summary = summary
        self.facts.update(facts)

    def benefits(self, user_id: int | None) -> None:
        """Name the colleague who gains by the act: that person can never be the one who approves it."""
        self.beneficiary_id = user_id

    def undo_with(self, action_name: str, **arguments: Any) -> None:
        """Name the action (and its JSON arguments) that reverses this act as a whole."""
        self.undo = {"action": action_name, "args": arguments}


@dataclass(frozen=True, slots=True)
class Asked:
    """An act beyond its actor's right, as it was asked for; `run` is the action with its name and right."""

    run: Callable[..., Any]
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    by: Actor
    beyond: BeyondRight


_current: ContextVar[Act | None] = ContextVar("duly_act", default=None)
_rehearsing: ContextVar[bool] = ContextVar("duly_rehearsing", default=False)
_last: ContextVar[Act | None] = ContextVar("duly_last_act", default=None)
REGISTRY: dict[str, Callable[..., Any]] = {}
REACTIONS: dict[str, list[Callable[[Act], None]]] = {}
"""Action name -> who reacts, in the same transaction; filled by the site's wiring, so that below never knows above."""
_recorders: list[Callable[[Act], int]] = []
_proposers: list[Callable[[Asked], Proposed | None]] = []


def record_with(recorder: Callable[[Act], int]) -> None:
    """Set who writes the event (the events capability does, at start-up)."""
    _recorders[:] = [recorder]


def propose_with(proposer: Callable[[Asked], Proposed | None]) -> None:
    """Set who keeps an act beyond its actor's right as a proposal; None says that it cannot be one."""
    _proposers[:] = [proposer]


def act() -> Act:
    """Return the running act; only valid inside an action."""
    current = _current.get()
    assert current is not None, "act() is only known inside an @action"
    return current


def inside_action() -> bool:
    """Return whether an action is running (the posting door asks)."""
    return _current.get() is not None


def is_rehearsal() -> bool:
    """Return whether nothing of this will be kept."""
    return _rehearsing.get()


def last_event_id() -> int | None:
    """Return the event of the act this thread has just done, where it can be undone: what a screen offers Undo for."""
    done = _last.get()
    return done.event_id if done is not None and done.undo is not None else None


def action(
    right: str, *, name: str | None = None, proposable: bool = True
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as a change; callers pass who asks as `by=`. `name` defaults to the right.

    What is not `proposable` is refused when it is beyond the right (the deciding of proposals itself is).
    """

    def decorate(change: Callable[P, R]) -> Callable[P, R]:
        @wraps(change)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if (outer := _current.get()) is not None:
                result = change(*args, **kwargs)
                _react(name or right, outer)
                return result
            by = cast(Actor, kwargs["by"])
            try:
                by.require(right)
                return perform(name or right, by, lambda: change(*args, **kwargs))
            except BeyondRight as beyond:
                if proposable and (proposed := _proposed(Asked(run, args, dict(kwargs), by, beyond))):
                    raise proposed from beyond
                raise

        marked = cast(Any, run)
        marked.right = right
        marked.action_name = name or right
        marked.proposable = proposable
        assert REGISTRY.get(name or right, run).__qualname__ == run.__qualname__, f"{name or right} is taken"
        REGISTRY[name or right] = run
        return run

    return decorate


def perform(name: str, by: Actor, change: Callable[[], R]) -> R:
    """Do a change as the outermost act: one transaction, reactions, one event. The right was asked before."""
    current = Act(name, by)
    _last.set(None)
    with transaction.atomic():
        token = _current.set(current)
        try:
            result = change()
            _react(name, current)
            if not current.quiet:
                current.event_id = _recorders[0](current)
        finally:
            _current.reset(token)
        if _rehearsing.get():
            transaction.set_rollback(True)
    _last.set(None if _rehearsing.get() else current)
    return result


def try_out(name: str, by: Actor, change: Callable[[], object], look: Callable[[Act], R]) -> tuple[Act, R]:
    """Do a change whole, look at what it made true, and take all of it back; leaves no event."""
    tried = Act(name, by)
    with transaction.atomic():
        token = _current.set(tried)
        try:
            change()
            _react(name, tried)
            seen = look(tried)
        finally:
            _current.reset(token)
        transaction.set_rollback(True)
    return tried, seen


def _proposed(asked: Asked) -> Proposed | None:
    if not _proposers or asked.by.user_id is None:
        return None
    return _proposers[0](asked)


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
