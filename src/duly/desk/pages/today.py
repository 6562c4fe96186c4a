"""Today: what is due, what came back, what waits; one key starts the next best thing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from duly.desk.queries.work import CAP, Day, day_of_work, href_of, verb_of
from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import date_text
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.events.queries import recent_events
from duly.kernel.actor import Actor
from duly.kernel.clock import now
from duly.office.models import Work
from duly.office.queries import Asked, escalated_page
from duly.office.queries.team import Wanted, samples
from duly.office.rules import FINDINGS, KINDS

LATELY = 8
SHOWN = 50
BESIDE = 8


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show the day of this person: their work, what nobody has yet, and that of people they cover for."""
    actor = signed_in(request)
    today = day_of(actor)
    day = day_of_work(actor, today, limit=SHOWN + 1)
    leads = actor.may("team.manage")
    context = {
        "today": today,
        "greeting": greeting(actor),
        "said": said_of(day, today, actor),
        "groups": by_deadline(day.work[:SHOWN], today),
        "more_work": len(day.work) > SHOWN,
        "numbers": numbers(day),
        "next_best": day.work[0] if day.work else None,
        "day": day,
        "kinds": KINDS,
        "href_of": href_of,
        "verb_of": verb_of,
        "findings": FINDINGS,
        "escalated": escalated_page(actor.entity_id, Asked(list(KINDS)), limit=BESIDE) if leads else [],
        "found": [one for one in found_on(actor) if one.finding != "right"],
        "events": recent_events(actor.entity_id, actor_id=actor.user_id, limit=LATELY),
    }
    return render(request, "today/today.html", context)


def found_on(actor: Actor) -> list[Any]:
    """Return what reviews of this person's acts found lately."""
    if actor.user_id is None:
        return []
    return samples(actor.entity_id, Wanted("reviewed", user_id=actor.user_id), limit=BESIDE)


def greeting(actor: Actor) -> str:
    """Greet by the hour in the office's zone."""
    hour = now().astimezone(ZoneInfo(actor.zone)).hour
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    first_name = actor.name.split()[0] if actor.name.strip() else "there"
    return f"Good {part}, {first_name}"


def said_of(day: Day, today: date, actor: Actor) -> str:
    """Say the day in one line: the date, the hours planned, the deadlines."""
    hours = round(day.planned_minutes / 60, 1)
    parts = [date_text(today, actor.language, "full")]
    if day.planned_minutes:
        parts.append(f"{hours:g} h planned")
    due = day.due_today
    parts.append(f"{due} deadline{'' if due == 1 else 's'} today")
    return " · ".join(parts)


def by_deadline(work: Sequence[Work], today: date) -> list[tuple[str, str, list[Work]]]:
    """Group the work: late, today, this week, later; empty groups are left out."""
    week = today + timedelta(days=6 - today.weekday())
    groups: list[tuple[str, str, list[Work]]] = [
        ("Late", "bad", [one for one in work if one.deadline_on < today]),
        ("Due today", "warn", [one for one in work if one.deadline_on == today]),
        ("This week", "info", [one for one in work if today < one.deadline_on <= week]),
        ("Later", "quiet", [one for one in work if one.deadline_on > week]),
    ]
    return [group for group in groups if group[2]]


def numbers(day: Day) -> list[dict[str, Any]]:
    """Return the strip: due today, to match, to decide, disputes and differences, to approve."""

    def shown(*kinds: str) -> str:
        found = day.count(*kinds)
        return f"{CAP:,}+" if found >= CAP else f"{found:,}"

    late = day.late
    return [
        {
            "label": "Due today",
            "value": day.due_today + late,
            "small": f"{late} late" if late else "nothing late",
            "tone": "bad" if late else "",
            "href": "/queue?due=today" if not late else "/queue?due=late",
        },
        {"label": "To match", "value": shown("match"), "small": "bank lines", "href": "/queue?kind=match"},
        {"label": "To decide", "value": shown("surprise"), "small": "charges", "href": "/queue?kind=surprise"},
        {"label": "Holds", "value": shown("hold", "held_account"), "small": "accounts", "href": "/queue?kind=hold"},
        {
            "label": "To answer",
            "value": shown("dispute", "discrepancy", "promise", "question"),
            "small": "disputes, differences",
            "href": "/queue?kind=dispute",
        },
        {
            "label": "To approve",
            "value": shown("approval", "run", "journal"),
            "small": "proposals, runs, journals",
            "href": "/queue?kind=approval",
        },
    ]


urlpatterns = [path("today", show, name="today")]
