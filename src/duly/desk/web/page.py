"""`@page`: every view says which methods it answers and which right it asks for. Nothing undeclared is
served.

@page("GET", right="receivables.view")
def account(request: HttpRequest, number: str) -> HttpResponse: ...

@page("POST", right="invoices.void")
def void(request: HttpRequest, number: str) -> HttpResponse:
    event_id = actions.void(...)
    return done(request, f"/invoices/{number}", "Voided INV-1042.", undo=event_id)

path("invoices/<number>/note", by_method(show_note, save_note))
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, URLResolver
from django.utils.http import url_has_allowed_host_and_scheme

from duly.desk.web.errors import refused_page
from duly.desk.web.frame import Toast, actor_of, tell
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused

View = Callable[..., HttpResponseBase]
ANYONE = "anyone"
SIGNED_IN = "signed in"
UNDO_PATH = "/undo/{event_id}"


@dataclass(frozen=True, slots=True)
class PageRule:
    """What a view declared: the methods it answers and the right it asks for."""

    methods: tuple[str, ...]
    right: str


def page(*methods: str, right: str) -> Callable[[View], View]:
    """Declare a view. `right` is a right's name, SIGNED_IN, or ANYONE for pages before sign-in."""
    rule = PageRule(methods, right)
    answers = {*methods, "HEAD"} if "GET" in methods else set(methods)

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in answers:
                return HttpResponseNotAllowed(sorted(answers))
            actor = actor_of(request)
            if right != ANYONE and actor is None:
                return to_sign_in(request)
            try:
                if actor is not None and right not in (ANYONE, SIGNED_IN):
                    let_in(actor, right)
                return view(request, *args, **kwargs)
            except Refused as refusal:
                return refused_page(request, refusal)

        guarded.page_rules = (rule,)  # type: ignore[attr-defined]
        return guarded

    return declare


def let_in(actor: Actor, right: str) -> None:
    """Refuse who neither has the right nor may ask for what it allows."""
    if not actor.may(right):
        actor.require(right)


def by_method(*views: View) -> View:
    """Answer one address with several declared views, each for its own methods."""
    rules = tuple(rule for view in views for rule in rules_of(view))
    table = {method: view for view in views for rule in rules_of(view) for method in rule.methods}
    if "GET" in table:
        table["HEAD"] = table["GET"]

    def choose(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        view = table.get(request.method or "")
        return view(request, *args, **kwargs) if view else HttpResponseNotAllowed(sorted(table))

    choose.page_rules = rules  # type: ignore[attr-defined]
    return choose


def rules_of(view: Any) -> tuple[PageRule, ...]:
    """Return what a view declared; empty for one that declared nothing."""
    return tuple(getattr(view, "page_rules", ()))


def all_routes(patterns: Sequence[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Walk a urlconf: (route, view) of every address, for the test that nothing is undeclared."""
    for each in patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from all_routes(each.url_patterns, route)
        else:
            yield route, each.callback


def done(
    request: HttpRequest, to: str, say: str, *, undo: int | None = None, tone: str = "ok", note: str = ""
) -> HttpResponseBase:
    """Answer an act: tell what happened (with Undo when an event id is given) and show the page to go on
    with.

    The 303 is followed by the browser and by htmx alike, so both see the fresh page and lists stay true.
    """
    undo_path = UNDO_PATH.format(event_id=undo) if undo is not None else ""
    tell(request, Toast(say, tone, undo_path, note))
    return see_other(safe_path(request, to, otherwise="/today"))


def see_other(path: str) -> HttpResponseBase:
    """Redirect so that the next request is a GET."""
    response = HttpResponseRedirect(path)
    response.status_code = 303
    return response


def safe_path(request: HttpRequest, path: str, *, otherwise: str = "/today") -> str:
    """Return a path of this office, never another host's."""
    ours = url_has_allowed_host_and_scheme(path, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return path if path and ours else otherwise


def back_path(request: HttpRequest, *, otherwise: str = "/today") -> str:
    """Return where the person came from: the form's `next`, else `otherwise`."""
    return safe_path(request, request.POST.get("next") or request.GET.get("next") or "", otherwise=otherwise)


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Send someone without a session to the sign-in page, and back afterwards."""
    wanted = request.get_full_path() if request.method in ("GET", "HEAD") else "/today"
    ended = "&ended=1" if getattr(request, "session_ended", False) else ""
    return see_other(f"/sign-in?next={quote(wanted)}{ended}")
