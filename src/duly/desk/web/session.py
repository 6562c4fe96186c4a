"""The session's clock: it ends after 30 idle minutes and after 12 hours in any case (ASVS 7.3.1, 7.3.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase

from duly.access.models import User
from duly.desk.web.frame import ENTITY
from duly.kernel.clock import now

IDLE_SECONDS = 30 * 60
ABSOLUTE_SECONDS = 12 * 60 * 60
WARN_SECONDS = 2 * 60
STARTED, SEEN = "desk.started_at", "desk.seen_at"
BY_LINK = "desk.by_link"
# A write per request would make every page a transaction on the sessions table.
WRITE_EVERY_SECONDS = 20


class SessionLifetimeMiddleware:
    """Ends a session that was idle or grew too old; must stand after SessionMiddleware, before whoever sets
    the actor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        session: Any = request.session
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not session.is_empty():
            keep_time(request)
        return self.get_response(request)


def begin(request: HttpRequest, user: User, entity_id: int, *, by_link: bool = False) -> None:
    """Sign a person in for an entity: a new session id, its clock started."""
    login(request, user, backend="duly.access.backend.DulyBackend")
    at = int(now().timestamp())
    request.session.update({ENTITY: entity_id, STARTED: at, SEEN: at, BY_LINK: by_link})


def came_by_link(request: HttpRequest) -> bool:
    """Whether this session began with a sign-in link: its owner has shown who they are without the password."""
    return bool(request.session.get(BY_LINK))


def keep_time(request: HttpRequest) -> None:
    """Note that the session was used now, or end it; the first use starts its clock."""
    session: Any = request.session
    at = int(now().timestamp())
    started, seen = session.setdefault(STARTED, at), session.setdefault(SEEN, at)
    if at - seen > IDLE_SECONDS or at - started > ABSOLUTE_SECONDS:
        session.flush()
        request.session_ended = True  # type: ignore[attr-defined]
        return
    is_background = request.headers.get("X-Duly-Background") == "1"
    if at - seen >= WRITE_EVERY_SECONDS and not is_background:
        session[SEEN] = at


def seconds_left(request: HttpRequest) -> int | None:
    """Return how long the session lasts without another request; None where there is none."""
    session: Any = getattr(request, "session", None)
    if session is None or STARTED not in session:
        return None
    at = int(now().timestamp())
    return min(IDLE_SECONDS, ABSOLUTE_SECONDS - (at - int(session[STARTED])))
