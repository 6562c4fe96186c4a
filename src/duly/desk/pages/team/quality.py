"""Quality: acts picked by chance, and all of people in training, looked at by somebody else."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.team.tabs import team_tabs
from duly.desk.web.acting import acted, day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.events.queries import event
from duly.kernel.refusals import BadInput
from duly.office.actions.quality import review
from duly.office.queries.team import LATELY_DAYS, Wanted, samples, throughput
from duly.office.rules import FINDINGS, KINDS, accuracy_percent


@page("GET", right="quality.review")
def show_quality(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for a review, and one act in hand."""
    actor = signed_in(request)
    today = day_of(actor)
    state = "reviewed" if request.GET.get("show") == "reviewed" else "waiting"
    sort = Sort("id", descending=state == "reviewed")
    rows = samples(actor.entity_id, Wanted(state, after_id=cursor_of(request, sort).after_id), limit=LIMIT)
    listed = page_of(request, rows, sort, key=lambda row: row.id, row_id=lambda row: row.id)
    at = request.GET.get("at", "")
    named = samples(actor.entity_id, Wanted(id=int(at)), limit=1) if at.isascii() and at.isdigit() else []
    chosen = named[0] if named else next((row for row in listed.rows if row.user_id != actor.user_id), None)
    done = throughput(actor.entity_id, today - timedelta(days=LATELY_DAYS))
    reviewed, right = sum(row.reviewed for row in done), sum(row.right for row in done)
    context = {
        "tabs": team_tabs("/team/quality", actor),
        "states": [
            ("To review", None, "/team/quality", state == "waiting"),
            ("Reviewed", None, "/team/quality?show=reviewed", state == "reviewed"),
        ],
        "page": listed,
        "state": state,
        "chosen": chosen,
        "event": event(actor.entity_id, chosen.event_id) if chosen else None,
        "findings": FINDINGS,
        "kinds": KINDS,
        "reviewed": reviewed,
        "accuracy": accuracy_percent(right, reviewed),
        "lately": LATELY_DAYS,
    }
    return render(request, "team/quality.html", context)


@page("POST", right="quality.review")
def save_review(request: HttpRequest) -> HttpResponseBase:
    """Keep what a review found."""
    text = request.POST.get("sample", "")
    if not (text.isascii() and text.isdigit()):
        raise BadInput("quality.sample_unknown", sample=text[:20])
    finding = request.POST.get("finding", "")
    review(int(text), finding, request.POST.get("note", ""), by=signed_in(request))
    return acted(request, "/team/quality", f"Reviewed: {FINDINGS[finding].lower()}.")
