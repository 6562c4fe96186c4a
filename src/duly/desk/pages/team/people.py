"""People as planning sees them: hours, skills, languages, training, absence with cover; days the office is closed."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.team.tabs import team_tabs
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.refusals import BadInput
from duly.office.actions.planning import PersonPlan, be_away, be_here, close_days, open_days, plan_person
from duly.office.queries.people import absences, people
from duly.office.queries.policy import closed_days

LONGEST = timedelta(days=400)


@page("GET", right="team.manage")
def show_people(request: HttpRequest) -> HttpResponseBase:
    """Show people, absences and closed days."""
    return people_page(request, Form(None, signed_in(request)))


def people_page(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponseBase:
    actor = signed_in(request)
    today = day_of(actor)
    staff = people(actor.entity_id, today)
    context = {
        "tabs": team_tabs("/team/people", actor),
        "people": staff,
        "choices": [(str(person.user_id), person.name) for person in staff],
        "absences": absences(actor.entity_id, today),
        "closed": closed_days(actor.entity_id, today),
        "today": today,
        "form": form,
    }
    return render(request, "team/people.html", context, status=status)


@page("POST", right="team.manage")
def save_person(request: HttpRequest) -> HttpResponseBase:
    """Keep how much a person works, what they know, until when they are in training."""
    actor = signed_in(request)
    form = Form(request, actor)
    user_id = form.whole_number("user", "Person", at_most=2**53)
    hours = form.decimal("hours", "Hours a week")
    skills = form.text("skills", "Skills", required=False)
    languages = form.text("languages", "Languages", required=False)
    until = form.day_or_none("trainee_until", "In training until")
    version = form.whole_number("version", "Version")
    if not 0 <= hours <= 100:
        form.blame("hours", "Hours a week", "Between 0 and 100")
    if not form.wrong:
        with refusals_in(form, actor):
            plan = PersonPlan(
                user_id, int(hours * 60), tuple(skills.split(",")), tuple(languages.split(",")), until, version
            )
            plan_person(plan, by=actor)
            return acted(request, "/team/people", "Planned.")
    return people_page(request, form, status=422)


@page("POST", right="team.manage")
def add_absence(request: HttpRequest) -> HttpResponseBase:
    """Note an absence and who covers."""
    actor = signed_in(request)
    form = Form(request, actor)
    user_id = form.whole_number("away", "Who", at_most=2**53)
    from_on = form.day("from_on", "Away from")
    back_on = form.day("back_on", "Back on")
    cover = form.text("cover", "Cover", required=False)
    note = form.text("note", "Note", required=False, at_most=200)
    if not form.wrong:
        with refusals_in(form, actor):
            be_away(user_id, from_on, back_on, int(cover) if cover.isdigit() else None, note, by=actor)
            return acted(request, "/team/people", "Noted. New work and what returns goes to the cover.")
    return people_page(request, form, status=422)


@page("POST", right="team.manage")
def cancel_absence(request: HttpRequest) -> HttpResponseBase:
    """Cancel an absence."""
    text = request.POST.get("absence", "")
    if not (text.isascii() and text.isdigit()):
        raise BadInput("work.absence_unknown", absence=text[:20])
    be_here(int(text), by=signed_in(request))
    return acted(request, "/team/people", "The absence is cancelled.")


@page("POST", right="team.manage")
def close_office(request: HttpRequest) -> HttpResponseBase:
    """Close the office from a day through a day."""
    actor = signed_in(request)
    form = Form(request, actor)
    first = form.day("first_on", "From")
    last = form.day("last_on", "Through")
    name = form.text("name", "Why", at_most=80)
    if not form.wrong and not first <= last <= first + LONGEST:
        form.blame("last_on", "Through", "On or after the first day, at most a year later")
    if not form.wrong:
        with refusals_in(form, actor):
            days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
            close_days(days, name, by=actor)
            return acted(request, "/team/people", "Closed. No deadline and no return falls on these days.")
    return people_page(request, form, status=422)


@page("POST", right="team.manage")
def open_office(request: HttpRequest) -> HttpResponseBase:
    """Take a closed day back."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError as error:
        raise BadInput("work.day_unclear") from error
    open_days([day], by=signed_in(request))
    return acted(request, "/team/people", "An ordinary day again.")
