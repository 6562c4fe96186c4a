"""Reports that go out by mail: which, to whom, how often; and what an hour of people costs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.http.request import QueryDict

from duly.access.queries import entity, members
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.kernel.money import Money
from duly.reports.actions import (
    NewSchedule,
    forget_staff_account,
    note_staff_account,
    resume_schedule,
    schedule_report,
    set_cost_rate,
    stop_schedule,
)
from duly.reports.queries import BY_NAME
from duly.reports.queries.schedules import cost_rates, schedules, staff_accounts
from duly.reports.rules import CADENCES, FORMATS

SENTENCES.update(
    {
        "reports.schedule_unreadable": "This report cannot go out like that.",
        "reports.schedule_needs_people": "Choose at least one person.",
        "reports.schedule_in_the_past": "The first day lies in the past.",
        "reports.person_may_not_export": "One of these people may not export, so no report can be sent to them.",
        "reports.schedule_unknown": "There is no such report by mail.",
        "reports.schedule_not_running": "Somebody has changed this meanwhile.",
        "reports.rate_below_zero": "An hour cannot cost less than nothing.",
        "reports.account_too_short": "This is too short for a bank account.",
        "reports.account_noted_already": "This bank account is noted already.",
        "reports.account_unknown": "This bank account is not noted.",
        "reports.person_unknown": "There is no such person here.",
    }
)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show what goes out by itself."""
    actor = signed_in(request)
    context = {"rows": schedules(actor.entity_id), "cadences": CADENCES, "formats": FORMATS}
    return render(request, "reports/schedules.html", context)


@page("GET", right="reports.schedule")
def new(request: HttpRequest) -> HttpResponseBase:
    """Show the form for a report to go out; the address says which and how it is asked."""
    actor = signed_in(request)
    asked = request.GET.copy()
    name = str(asked.pop("report", [""])[-1])
    begin = {"report": name, "asked": asked.urlencode(), "first_on": day_of(actor).isoformat()}
    return form_page(request, actor, Form(None, actor, begin_with=begin))


@page("POST", right="reports.schedule")
def add(request: HttpRequest) -> HttpResponseBase:
    """Have a report go out."""
    actor = signed_in(request)
    form = Form(request, actor)
    wanted = NewSchedule(
        form.choice("report", "Report", BY_NAME),
        form.choice("format", "As", FORMATS),
        form.choice("cadence", "How often", CADENCES),
        tuple(form.ids("to")),
        form.day("first_on", "First on"),
        {name: str(value) for name, value in QueryDict(form.typed("asked")).items()},
    )
    if not wanted.to_users:
        form.blame("to", "To", "Choose at least one person")
    if not form.wrong:
        with refusals_in(form, actor):
            schedule_report(wanted, today=day_of(actor), by=actor)
            title = BY_NAME[wanted.report].title
            return acted(request, "/reports/schedules", f"{title} goes out {CADENCES[wanted.cadence]}.")
    return form_page(request, actor, form, status=422)


def form_page(request: HttpRequest, actor: Actor, form: Form, *, status: int = 200) -> HttpResponseBase:
    context = {
        "form": form,
        "reports": [(name, kind.title) for name, kind in BY_NAME.items() if name != "statement"],
        "cadences": list(CADENCES.items()),
        "formats": list(FORMATS.items()),
        "people": [member for member in members(actor.entity_id) if member.is_active],
        "ticked": {int(each) for each in form.picked("to") if each.isdigit()} or {actor.user_id or 0},
    }
    return render(request, "reports/schedule.html", context, status=status)


@page("POST", right="reports.schedule")
def stop(request: HttpRequest, schedule_id: int) -> HttpResponseBase:
    """Send a report no more."""
    stop_schedule(schedule_id, by=signed_in(request))
    return acted(request, "/reports/schedules", "It is sent no more.")


@page("POST", right="reports.schedule")
def resume(request: HttpRequest, schedule_id: int) -> HttpResponseBase:
    """Send a stopped report again."""
    actor = signed_in(request)
    resume_schedule(schedule_id, today=day_of(actor), by=actor)
    return acted(request, "/reports/schedules", "It is sent again, from today on.")


@page("GET", right="books.view")
def costs(request: HttpRequest) -> HttpResponseBase:
    """Show what an hour costs and whose bank accounts are known."""
    actor = signed_in(request)
    return costs_page(request, actor, Form(None, actor, begin_with={"valid_from": day_of(actor).isoformat()}))


@page("POST", right="policies.edit")
def set_costs(request: HttpRequest) -> HttpResponseBase:
    """Set what an hour costs, or note a colleague's bank account."""
    actor = signed_in(request)
    form = Form(request, actor)
    user = form.typed("user")
    user_id = int(user) if user.isascii() and user.isdigit() else None
    if form.typed("what") == "account":
        number = form.text("number", "Bank account", at_most=40)
        if user_id is None:
            form.blame("user", "Person", "Choose one")
        elif not form.wrong:
            with refusals_in(form, actor, field="number"):
                note_staff_account(user_id, number, today=day_of(actor), by=actor)
                return acted(request, "/reports/costs", f"Noted, ending in {number[-4:]}.")
        return costs_page(request, actor, form, status=422)
    currency = entity(actor.entity_id).currency
    minor = form.money("hour", "An hour", currency=currency, at_least=0)
    valid_from = form.day("valid_from", "From")
    if not form.wrong:
        with refusals_in(form, actor):
            set_cost_rate(Money(minor, currency), user_id=user_id, valid_from=valid_from, by=actor)
            return acted(request, "/reports/costs", "The rate is set.")
    return costs_page(request, actor, form, status=422)


@page("POST", right="settings.edit")
def forget(request: HttpRequest, account_id: int) -> HttpResponseBase:
    """Forget a colleague's bank account."""
    forget_staff_account(account_id, by=signed_in(request))
    return acted(request, "/reports/costs", "Forgotten.")


def costs_page(request: HttpRequest, actor: Actor, form: Form, *, status: int = 200) -> HttpResponseBase:
    context = {
        "form": form,
        "rates": cost_rates(actor.entity_id),
        "accounts": staff_accounts(actor.entity_id),
        "people": [(member.user_id, member.name) for member in members(actor.entity_id)],
        "currency": entity(actor.entity_id).currency,
    }
    return render(request, "reports/costs.html", context, status=status)
