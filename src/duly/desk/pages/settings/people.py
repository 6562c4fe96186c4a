"""Who works here, in which roles, and who may do what up to which amount."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions import (
    NewLimit,
    grant_role,
    invite_person,
    make_sign_in_link,
    revoke_role,
    set_limit,
    switch_person,
)
from duly.access.queries import entity, known_person, members
from duly.desk.queries.settings import rights_table, roles
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound

LINK_DAYS = 7


@page("GET", right="books.view")
def show_people(request: HttpRequest) -> HttpResponseBase:
    """Show who works here."""
    actor = signed_in(request)
    return ask_people(request, Form(request, actor, begin_with={"role": "specialist"}), actor)


def ask_people(
    request: HttpRequest, form: Form, actor: Actor, *, status: int = 200, link: str = "", invited: str = ""
) -> HttpResponseBase:
    context = {
        "form": form,
        "people": members(actor.entity_id),
        "roles": [(role, role.capitalize()) for role in roles()],
        "link": link,
        "invited": invited,
        "tabs": settings_tabs("/settings/people", actor),
    }
    return render(request, "settings/people.html", context, status=status)


@page("POST", right="access.grant")
def invite(request: HttpRequest) -> HttpResponseBase:
    """Invite a person; the sign-in link is shown once, to be handed over."""
    actor = signed_in(request)
    form = Form(request, actor)
    name = form.text("name", "Name", at_most=200)
    email = form.text("email", "E-mail", at_most=254)
    role = form.choice("role", "Role", roles())
    if not form.wrong:
        with refusals_in(form, actor):
            user_id = invite_person(email, name, role, by=actor, language=entity(actor.entity_id).language)
    if form.wrong:
        return ask_people(request, form, actor, status=422)
    known = known_person(actor.entity_id, email)
    if known is None or not known.may_get_link:
        # A link would open whatever else this person may do, in other offices too.
        return acted(request, "/settings/people", f"{name} is {role} from now on and signs in as before.")
    token = make_sign_in_link(user_id, actor.entity_id, days=LINK_DAYS)
    link = request.build_absolute_uri(f"/sign-in/{token}")
    fresh = Form(None, actor, begin_with={"role": "specialist"})
    return ask_people(request, fresh, actor, link=link, invited=name)


def member_named(request: HttpRequest, actor: Actor) -> tuple[int, str]:
    """Return the person a form is about; only people of this entity."""
    asked = request.POST.get("user", "")
    for member in members(actor.entity_id):
        if str(member.user_id) == asked:
            return member.user_id, member.name
    raise NotFound("access.not_a_member", user=asked)


@page("POST", right="access.grant")
def grant(request: HttpRequest) -> HttpResponseBase:
    """Give a person one more role."""
    actor = signed_in(request)
    user_id, name = member_named(request, actor)
    role = request.POST.get("role", "")
    grant_role(user_id, role, by=actor)
    return acted(request, "/settings/people", f"{name} is now {role} too.")


@page("POST", right="access.grant")
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Take a role from a person."""
    actor = signed_in(request)
    user_id, name = member_named(request, actor)
    role = request.POST.get("role", "")
    revoke_role(user_id, role, by=actor)
    return acted(request, "/settings/people", f"{name} is no longer {role}.")


@page("POST", right="access.grant")
def switch(request: HttpRequest) -> HttpResponseBase:
    """Switch a person off, which ends their sessions, or on again."""
    actor = signed_in(request)
    user_id, name = member_named(request, actor)
    on = request.POST.get("on") == "1"
    switch_person(user_id, on, by=actor)
    return acted(request, "/settings/people", f"{name} may sign in again." if on else f"{name} is signed out for good.")


@page("GET", right="books.view")
def show_rights(request: HttpRequest) -> HttpResponseBase:
    """Show who may do what, as it holds today."""
    actor = signed_in(request)
    context = {
        "rights": rights_table(actor.entity_id, day_of(actor)),
        "roles": roles(),
        "today": day_of(actor),
        "tabs": settings_tabs("/settings/rights", actor),
    }
    return render(request, "settings/rights.html", context)


@page("GET", right="access.grant")
def show_limit(request: HttpRequest) -> HttpResponseBase:
    """Ask for a limit."""
    actor = signed_in(request)
    begin = {
        "role": request.GET.get("role", ""),
        "right": request.GET.get("right", ""),
        "from_on": day_of(actor),
    }
    return ask_limit(request, Form(request, actor, begin_with=begin), actor)


def ask_limit(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    context = {
        "form": form,
        "roles": [(role, role.capitalize()) for role in roles() if role not in actor.roles],
        "rights": [(row.name, row.name) for row in rights_table(actor.entity_id, day_of(actor))],
        "currency": entity(actor.entity_id).currency,
    }
    return render(request, "settings/limit.html", context, status=status)


@page("POST", right="access.grant")
def save_limit(request: HttpRequest) -> HttpResponseBase:
    """Set or lift a limit from a day on."""
    actor = signed_in(request)
    form = Form(request, actor)
    currency = entity(actor.entity_id).currency
    known = [row.name for row in rights_table(actor.entity_id, day_of(actor))]
    wanted = NewLimit(
        form.choice("role", "Role", roles()),
        form.choice("right", "Right", known),
        currency,
        form.money_or_none("limit", "Largest amount", currency=currency),
        form.day("from_on", "From", earliest=day_of(actor)),
    )
    if not form.wrong:
        with refusals_in(form, actor):
            set_limit(wanted, by=actor)
    if form.wrong:
        return ask_limit(request, form, actor, 422)
    return acted(request, "/settings/rights", f"The limit holds from {wanted.from_on}.")
