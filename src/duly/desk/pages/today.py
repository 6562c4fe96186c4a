"""Today: what is due, what waits, what happened; one button starts the next best thing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from duly.desk.queries.today import MATCH_WITHIN, Waiting, waiting_work
from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.events.queries import recent_events
from duly.kernel.actor import Actor
from duly.kernel.clock import now

LATELY = 10
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of work looks in the list."""

    icon: str
    word: str
    verb: str


LOOKS = {
    "hold": Look("held", "Hold", "Decide the hold"),
    "surprise": Look("alert", "Surprise", "Decide the charge"),
    "run": Look("runs", "Bill run", "Approve the bill run"),
    "match": Look("match", "Match", "Match bank lines"),
    "gap": Look("bank", "Statement", "Clear the statement"),
    "journal": Look("ledger", "Journal", "Decide the journal"),
    "mail": Look("mail", "Mail came back", "Send again"),
}


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the day's work of this person, or of everybody with `?whose=all`."""
    actor = signed_in(request)
    today = day_of(actor)
    mine = request.GET.get("whose") != "all"
    work = waiting_work(actor, today, mine=mine)
    events = recent_events(actor.entity_id, actor_id=actor.user_id if mine else None, limit=LATELY)
    context = {
        "today": today,
        "greeting": greeting(actor),
        "groups": by_deadline(work[:SHOWN], today),
        "more_work": len(work) - SHOWN,
        "numbers": numbers(work, today),
        "next_best": work[0] if work else None,
        "looks": LOOKS,
        "mine": mine,
        "two_days": MATCH_WITHIN,
        "events": events,
        "later": first_later(work, today),
    }
    return render(request, "today/today.html", context)


def greeting(actor: Actor) -> str:
    """Greet by the hour in the office's zone."""
    hour = now().astimezone(ZoneInfo(actor.zone)).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    first_name = actor.name.split()[0] if actor.name.strip() else "there"
    return f"Good {part}, {first_name}"


def by_deadline(work: Sequence[Waiting], today: date) -> list[tuple[str, str, list[Waiting]]]:
    """Group the work: late, today, this week, later; empty groups are left out."""
    week = today + timedelta(days=6 - today.weekday())
    groups: list[tuple[str, str, list[Waiting]]] = [
        ("Late", "bad", [w for w in work if w.deadline_on and w.deadline_on < today]),
        ("Due today", "warn", [w for w in work if w.deadline_on == today]),
        ("This week", "info", [w for w in work if w.deadline_on and today < w.deadline_on <= week]),
        ("Later", "quiet", [w for w in work if not w.deadline_on or w.deadline_on > week]),
    ]
    return [group for group in groups if group[2]]


def first_later(work: Sequence[Waiting], today: date) -> date | None:
    """Return the first deadline after today, for the sentence of an empty day."""
    later = [w.deadline_on for w in work if w.deadline_on and w.deadline_on > today]
    return min(later) if later else None


def numbers(work: Sequence[Waiting], today: date) -> list[dict[str, Any]]:
    """Return the strip: due today, to match, to decide, on hold, waiting for approval."""

    def count(*kinds: str) -> int:
        return sum(w.things if w.kind == "match" else 1 for w in work if w.kind in kinds)

    late = sum(1 for w in work if w.deadline_on and w.deadline_on < today)
    due = sum(1 for w in work if w.deadline_on == today)
    return [
        {
            "label": "Due today",
            "value": due + late,
            "small": f"{late} late" if late else "nothing late",
            "tone": "bad" if late else "",
        },
        {"label": "To match", "value": count("match"), "small": "bank lines", "href": "/match"},
        {"label": "To decide", "value": count("surprise"), "small": "charges", "href": "/charges"},
        {"label": "On hold", "value": count("hold"), "small": "accounts", "href": "/accounts?held=1"},
        {"label": "To approve", "value": count("run", "journal"), "small": "runs and journals", "href": "/runs"},
    ]


urlpatterns = [path("today", show, name="today")]
