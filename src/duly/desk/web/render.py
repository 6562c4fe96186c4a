"""`render`: a whole page, or only the block that htmx asked for.

A page template extends base.html and fills the block `work` (and `title`). When htmx asks with
`hx-target="#work"`,
only that block is rendered, with the rail's counts and the waiting messages beside it, so that a list and
everything
around it are true after every act. `hx-target="#more"` (Load more) renders the block `rows` for appending.
Any other
target names a block of the page that holds the element with that id. Without htmx the same view gives the
whole page.

Only blocks run in a fragment: put `{% set %}` inside the block that needs it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from jinja2 import Template
from markupsafe import Markup

from duly.desk.web.allowed import may_open
from duly.desk.web.csp import nonce_of
from duly.desk.web.frame import Toast, actor_of, facts_for, place_of, rail_for, take_toasts
from duly.desk.web.jinja import environment_in_use
from duly.desk.web.session import WARN_SECONDS, seconds_left


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
    toasts: Iterable[Toast] = (),
) -> HttpResponse:
    """Answer with a page, or with the part of it that htmx asked for."""
    if asks_part(request) and actor_of(request) is None:
        # The session ended under an open page: leave it, so that nothing of it stays on the screen.
        return HttpResponse(status=200, headers={"HX-Redirect": request.get_full_path()})
    page = environment_in_use().get_template(template)
    known = _frame_of(request, toasts) | dict(context or {})
    if not asks_part(request):
        return HttpResponse(page.render(known), status=status)
    target = request.headers.get("HX-Target", "").rpartition("#")[2]
    response = HttpResponse(status=status)
    if target == "more" and "rows" in page.blocks:
        response.write(_part("frame/more.html", known, body=block_of(page, "rows", known)))
        return response
    if target in page.blocks and target != "work":
        response.write(block_of(page, target, known) + _part("frame/messages.html", known))
        return response
    title = block_of(page, "title", known) if "title" in page.blocks else Markup("Duly")
    response.write(_part("frame/fragment.html", known, title=title, body=block_of(page, "work", known)))
    if target != "work":
        response["HX-Retarget"], response["HX-Reswap"] = "#work", "outerMorph"
    return response


def message_only(request: HttpRequest, toast: Toast, *, status: int) -> HttpResponse:
    """Answer htmx with a message and change nothing on the page, so that typed text stays."""
    response = HttpResponse(_part("frame/messages.html", _frame_of(request, [toast])), status=status)
    response["HX-Reswap"] = "none"
    return response


def asks_part(request: HttpRequest) -> bool:
    """Return whether htmx asks for part of a page."""
    return request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers


def block_of(page: Template, name: str, known: Mapping[str, Any]) -> Markup:
    """Render one block of a page's own template."""
    return Markup("".join(page.blocks[name](page.new_context(dict(known)))))


def _part(template: str, known: Mapping[str, Any], **more: Any) -> str:
    return environment_in_use().get_template(template).render(dict(known) | more)


def _frame_of(request: HttpRequest, toasts: Iterable[Toast]) -> dict[str, Any]:
    actor = actor_of(request)
    core: dict[str, Any] = {
        "request": request,
        "actor": actor,
        "nonce": nonce_of(request),
        "csrf_token": lambda: get_token(request),
        "may_open": partial(may_open, actor),
        "language": actor.language if actor else "en",
        "zone": actor.zone if actor else "UTC",
    }
    macros: Any = environment_in_use().get_template("macros.html")
    return core | {
        "ui": macros.make_module(core),
        "facts": facts_for(actor),
        "rail": rail_for(actor),
        "here": place_of(request.path),
        "toasts": take_toasts(request, toasts),
        "theme": _one_of(request.COOKIES.get("duly_theme"), "light", "dark"),
        "keys": _one_of(request.COOKIES.get("duly_keys"), "off"),
        "session_left": seconds_left(request),
        "session_warn": WARN_SECONDS,
    }


def _one_of(found: str | None, *allowed: str) -> str:
    return found if found in allowed else ""
