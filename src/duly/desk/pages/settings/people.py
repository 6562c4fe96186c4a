"""Who works here, in which roles, and who is a trainee still."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions import (
    grant_role,
    invite_person,
    make_sign_in_link,
    revoke_role,
    switch_person,
)
from duly.access.queries import entity, gate_passes, gates, known_person, members
from duly.desk.queries.settings import roles
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound, Refused

LINK_DAYS = 7
SENTENCES.update(
    {
        "access.no_link": "{name} signs in as before; a link is only for who never did.",
        "access.rights_conflict": "One person would hold {first} and {second}. {why}",
        "access.never_to_oneself": "Nobody changes what they may do themselves.",
    }
)


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
        "missing": gates_missing(actor),
        "roles": [(role, role.capitalize()) for role in roles()],
        "link": link,
        "invited": invited,
        "tabs": settings_tabs("/settings/people", actor),
    }
    return render(request, "settings/people.html", context, status=status)


def gates_missing(actor: Actor) -> dict[int, list[str]]:
    """Return the gates each person has not passed: such a person is a trainee in what they cover."""
    passed = {(row.user_id, row.gate) for row in gate_passes(actor.entity_id, day_of(actor))}
    asked = [gate.name for gate in gates(actor.entity_id, day_of(actor)) if gate.rights]
    needing = {"specialist", "coordinator"}
    return {
        person.user_id: [gate for gate in asked if (person.user_id, gate) not in passed]
        for person in members(actor.entity_id)
        if needing & set(person.roles)
    }


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
            language = entity(actor.entity_id).language
            trainee = form.flag("trainee")
            user_id = invite_person(email, name, role, by=actor, language=language, is_trainee=trainee)
    if form.wrong:
        return ask_people(request, form, actor, status=422)
    known = known_person(actor.entity_id, email)
    if known is None or not known.may_get_link:
        # A link would open whatever else this person may do, in other offices too.
        return acted(request, "/settings/people", f"{name} is {role} from now on and signs in as before.")
    return show_link(request, actor, user_id, name)


def show_link(request: HttpRequest, actor: Actor, user_id: int, name: str) -> HttpResponseBase:
    """Show a sign-in link once, to be handed over."""
    token = make_sign_in_link(user_id, actor.entity_id, days=LINK_DAYS)
    link = request.build_absolute_uri(f"/sign-in/{token}")
    fresh = Form(None, actor, begin_with={"role": "specialist"})
    return ask_people(request, fresh, actor, link=link, invited=name)


@page("POST", right="access.grant")
def link(request: HttpRequest) -> HttpResponseBase:
    """Make a link for who has never signed in, such as after an invitation that needed approval."""
    actor = signed_in(request)
    user_id, name = member_named(request, actor)
    email = next(person.email for person in members(actor.entity_id) if person.user_id == user_id)
    known = known_person(actor.entity_id, email)
    if known is None or not known.may_get_link or not actor.may_do("access.grant"):
        raise Refused("access.no_link", name=name)
    return show_link(request, actor, user_id, name)


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
