"""Small-office mode: waivers the owner signed, and the weekly look that makes up for them."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions import end_waiver, review_week, sign_waiver
from duly.access.models import Waiver
from duly.access.queries import acts_under_waiver, members, overlaps, reviews_due, waivers
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound

SENTENCES.update(
    {
        "waiver.reason_missing": "Say why one person has to hold both.",
        "waiver.at_most_a_year": "A waiver ends after it begins, and within a year.",
        "waiver.not_in_force": "This waiver is not in force any more.",
        "waiver.nothing_due": "This week is not over, or somebody has looked through it.",
        "waiver.reviewed_by_another": "Somebody else looks through your week.",
    }
)


@page("GET", right="books.view")
def show_waivers(request: HttpRequest) -> HttpResponseBase:
    """Show the waivers and the weeks nobody has looked through."""
    actor = signed_in(request)
    begin = {"from_on": day_of(actor), "until_on": day_of(actor) + timedelta(days=180)}
    return ask_waivers(request, Form(None, actor, begin_with=begin), actor)


def ask_waivers(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    today = day_of(actor)
    context = {
        "form": form,
        "waivers": waivers(actor.entity_id),
        "due": reviews_due(actor.entity_id, today),
        "overlaps": overlaps(actor.entity_id, today),
        "people": [(str(person.user_id), person.name) for person in members(actor.entity_id) if person.is_active],
        "today": today,
        "tabs": settings_tabs("/settings/small-office", actor),
    }
    return render(request, "settings/small_office.html", context, status=status)


@page("POST", right="access.waive")
def sign(request: HttpRequest) -> HttpResponseBase:
    """Sign that one person may hold what two should."""
    actor = signed_in(request)
    form = Form(request, actor)
    known = [str(person.user_id) for person in members(actor.entity_id)]
    person = form.choice("person", "Person", known)
    reason = form.text("reason", "Why", at_most=500)
    from_on, until_on = form.day("from_on", "From"), form.day("until_on", "Until")
    if not form.wrong:
        with refusals_in(form, actor):
            sign_waiver(int(person), reason=reason, from_on=from_on, until_on=until_on, by=actor)
    if form.wrong:
        return ask_waivers(request, form, actor, 422)
    return acted(request, "/settings/small-office", "Signed. Each week of it is to be looked through.")


@page("POST", right="access.waive")
def end(request: HttpRequest, waiver_id: int) -> HttpResponseBase:
    """End a waiver today."""
    actor = signed_in(request)
    end_waiver(waiver_id, today=day_of(actor), by=actor)
    return acted(request, "/settings/small-office", "Ended. What conflicts is only asked for from now on.")


def week_of(week: int) -> date:
    """Read a week's Monday out of the address (20261116)."""
    try:
        return date(week // 10000, week // 100 % 100, week % 100)
    except ValueError as error:
        raise NotFound("waiver.unknown", week=week) from error


def waiver_named(actor: Actor, waiver_id: int) -> Waiver:
    """Return the waiver of the entity; another's is not there."""
    for found in waivers(actor.entity_id):
        if found.id == waiver_id:
            return found
    raise NotFound("waiver.unknown", waiver=waiver_id)


@page("GET", right="access.review")
def show_week(request: HttpRequest, waiver_id: int, week: int) -> HttpResponseBase:
    """Show what the person did in a week, for whoever looks through it."""
    actor = signed_in(request)
    found, begins = waiver_named(actor, waiver_id), week_of(week)
    context = {
        "waiver": found,
        "week_on": begins,
        "week": week,
        "acts": acts_under_waiver(actor.entity_id, found.user_id, begins, actor.zone),
        "is_due": any(
            row.waiver_id == found.id and row.week_on == begins for row in reviews_due(actor.entity_id, day_of(actor))
        ),
    }
    return render(request, "settings/review.html", context)


@page("POST", right="access.review")
def review(request: HttpRequest, waiver_id: int, week: int) -> HttpResponseBase:
    """Record that the week was looked through, and what was found."""
    actor = signed_in(request)
    finding = request.POST.get("finding", "")[:1000]
    review_week(waiver_id, week_of(week), finding=finding, today=day_of(actor), by=actor)
    return acted(request, "/settings/small-office", "Kept. The week is looked through.")
