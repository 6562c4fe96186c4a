"""Deadlines in one's own calendar: a secret address that can be revoked, with counts and never a name."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound

from duly.desk.web.acting import acted
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import plural
from duly.desk.web.page import ANYONE, page
from duly.desk.web.render import render
from duly.formats.icalendar import DayEntry, calendar_text
from duly.kernel.clock import now
from duly.office.actions.feeds import open_calendar, revoke_calendar
from duly.office.queries.team import Entry, calendar_of, feeds
from duly.office.rules import KINDS

NAMES = {"mine": "Duly: my deadlines", "team": "Duly: deadlines of the team"}


@page("GET", right="work.do")
def show_calendars(request: HttpRequest) -> HttpResponseBase:
    """Show which calendar addresses this person has."""
    return calendars(request)


def calendars(request: HttpRequest, *, made: str = "", scope: str = "") -> HttpResponseBase:
    actor = signed_in(request)
    open_now = {feed.scope: feed for feed in feeds(actor.entity_id, actor.user_id or 0)}
    scopes = [name for name in NAMES if name == "mine" or actor.may("team.manage")]
    return render(
        request,
        "work/calendar.html",
        {"feeds": open_now, "scopes": scopes, "names": NAMES, "made": made, "scope": scope},
    )


@page("POST", right="work.do")
def make_calendar(request: HttpRequest) -> HttpResponseBase:
    """Make an address; it is shown this once."""
    scope = request.POST.get("scope", "")
    token = open_calendar(scope, by=signed_in(request))
    return calendars(request, made=request.build_absolute_uri(f"/calendar/{token}.ics"), scope=scope)


@page("POST", right="work.do")
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Revoke an address; whoever has it sees nothing from now on."""
    revoke_calendar(request.POST.get("scope", ""), by=signed_in(request))
    return acted(request, "/queue/calendar", "The address leads nowhere any more.")


@page("GET", right=ANYONE)
def read_calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer a calendar program that knows a secret address; anybody else finds nothing here."""
    found = calendar_of(token)
    if found is None:
        return HttpResponseNotFound("Not found", content_type="text/plain")
    feed, entries = found
    lines = [
        DayEntry(uid_of(feed.id, one), one.day, title_of(one), request.build_absolute_uri("/queue"))
        for one in entries
    ]  # fmt: skip
    body = calendar_text(NAMES[feed.scope], lines, at=now())
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="deadlines.ics"'
    answer["Cache-Control"] = "private, max-age=900"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def title_of(one: Entry) -> str:
    """Say an entry in words that name nobody."""
    if one.returns:
        return f"{plural(one.works, 'piece')} of work come back" if one.works != 1 else "1 piece of work comes back"
    kind = KINDS[one.kind]
    return f"{one.works} × {kind.label if one.works == 1 else kind.plural} due"


def uid_of(feed_id: int, one: Entry) -> str:
    """Return what a calendar program knows an entry by."""
    text = f"{feed_id}:{one.day.isoformat()}:{one.kind}:{one.returns}"
    return f"{sha256(text.encode()).hexdigest()[:32]}@duly"
