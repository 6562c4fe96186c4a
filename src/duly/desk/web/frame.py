"""What stands around every screen: the rail, the period's state, who is signed in, messages with their
Undo.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import HttpRequest

from duly.access import queries
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotAllowed

TOASTS = "desk.toasts"
ENTITY = "desk.entity_id"


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the rail; `letter` follows `g` on the keyboard, `right` hides it from others."""

    key: str
    label: str
    icon: str
    letter: str
    path: str
    right: str = ""
    on_phone: bool = False
    waiting: str = "waiting"


RAIL: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "Work",
        (
            Place("today", "Today", "today", "t", "/today", on_phone=True),
            Place("work", "Queue", "queue", "q", "/queue", "work.do"),
            Place("match", "Match desk", "match", "m", "/match", on_phone=True, waiting="to match"),
            Place("discrepancies", "Discrepancies", "discrepancies", "d", "/discrepancies", waiting="to settle"),
            Place("collections", "Collections", "collections", "c", "/collections"),
            Place("approvals", "Approvals", "approve", "v", "/approvals", "proposals.see", waiting="to decide"),
        ),
    ),
    (
        "Billing",
        (
            Place("accounts", "Accounts", "accounts", "a", "/accounts", on_phone=True),
            Place("agreements", "Agreements", "agreements", "r", "/agreements"),
            Place("charges", "Charge review", "charges", "h", "/charges", waiting="to decide"),
            Place("runs", "Bill runs", "runs", "b", "/runs"),
            Place("invoices", "Invoices", "invoices", "i", "/invoices", on_phone=True),
            Place("payments", "Payments", "payments", "p", "/payments"),
        ),
    ),
    (
        "Office",
        (
            Place("team", "Team", "team", "e", "/team", "team.manage"),
            Place("reports", "Reports", "reports", "o", "/reports"),
            Place("settings", "Settings", "settings", ",", "/settings"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class FrameFacts:
    """What the frame shows beyond the screen itself; counts are the actor's own waiting work by place key."""

    office: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    period: str = ""
    period_note: str = ""
    period_tone: str = "ok"
    period_path: str = ""
    banner: str = ""
    banner_tone: str = "warn"


@dataclass(frozen=True, slots=True)
class Toast:
    """One message after an act; `undo` is the address that takes the act back with a POST."""

    text: str
    tone: str = "ok"
    undo: str = ""
    note: str = ""


_tellers: list[Callable[[Actor], FrameFacts]] = []


def tell_frame_with(teller: Callable[[Actor], FrameFacts]) -> None:
    """Set who knows the counts, the period and the office's name (the screens do, at start-up)."""
    _tellers[:] = [teller]


def actor_of(request: HttpRequest) -> Actor | None:
    """Return who is signed in and for which entity, with the rights of this moment; None before sign-in."""
    if not hasattr(request, "actor"):
        request.actor = _actor_of_session(request)  # type: ignore[attr-defined]
    actor = getattr(request, "actor", None)
    return actor if isinstance(actor, Actor) else None


def _actor_of_session(request: HttpRequest) -> Actor | None:
    session: Any = getattr(request, "session", None)
    entity_id = session.get(ENTITY) if session is not None else None
    user: Any = getattr(request, "user", None)
    if entity_id is None or user is None or not user.is_authenticated:
        return None
    try:
        return queries.actor_of(user.pk, entity_id)
    except NotAllowed:
        # Switched off, or no longer a member, since the session began.
        return None


def signed_in(request: HttpRequest) -> Actor:
    """Return the actor of a page that asked for one."""
    actor = actor_of(request)
    assert actor is not None, "the page rule lets only signed-in people pass"
    return actor


def rail_for(actor: Actor | None) -> list[tuple[str, list[Place]]]:
    """Return the rail's groups with the places this person may enter."""
    if actor is None:
        return []
    groups = [(name, [place for place in places if not place.right or actor.may(place.right)]) for name, places in RAIL]
    return [(name, places) for name, places in groups if places]


def place_of(path: str) -> str:
    """Return the key of the place a path belongs to, '' when it belongs to none."""
    for _, places in RAIL:
        for place in places:
            if path == place.path or path.startswith(place.path + "/"):
                return place.key
    return ""


def facts_for(actor: Actor | None) -> FrameFacts:
    """Ask the teller; before sign-in, and for the sample person of the style guide, the frame stays silent."""
    if not _tellers or actor is None or actor.user_id is None:
        return FrameFacts()
    return _tellers[0](actor)


def tell(request: HttpRequest, toast: Toast) -> None:
    """Keep a message for the next page this person sees."""
    session: Any = getattr(request, "session", None)
    if session is not None:
        session[TOASTS] = [*session.get(TOASTS, []), asdict(toast)][-3:]


def take_toasts(request: HttpRequest, more: Iterable[Toast] = ()) -> list[Toast]:
    """Return and forget the waiting messages."""
    session: Any = getattr(request, "session", None)
    kept = session.pop(TOASTS, []) if session is not None and TOASTS in session else []
    return [*(Toast(**toast) for toast in kept), *more]
