"""Who may do, approve and propose what, up to which amount: data with days, changed here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions import NewLimit, NewRight, set_limit, set_policy, set_right
from duly.access.queries import entity, overlaps, policies
from duly.access.rules import ALL_RIGHTS, LEVELS, POLICIES
from duly.desk.queries.settings import rights_table, roles
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES, right_in_words
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor

NOT_HELD = "none"
LEVEL_WORDS = {"do": "does it", "approve": "approves it", "propose": "proposes it", NOT_HELD: "does not hold it"}
SENTENCES.update({"access.policy_out_of_range": "Write a number from 0 to 366."})


def words_of(right: str) -> str:
    """Say what a right allows: 'Credit invoices'."""
    return right_in_words(right).capitalize()


@page("GET", right="books.view")
def show_rights(request: HttpRequest) -> HttpResponseBase:
    """Show who may do what, as it holds today, and the numbers of policy."""
    actor = signed_in(request)
    return ask_rights(request, Form(None, actor, begin_with={"from_on": day_of(actor)}), actor)


def ask_rights(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    today = day_of(actor)
    context = {
        "form": form,
        "rights": rights_table(actor.entity_id, today),
        "words": words_of,
        "roles": roles(),
        "overlaps": overlaps(actor.entity_id, today),
        "policies": policies(actor.entity_id, today),
        "today": today,
        "tabs": settings_tabs("/settings/rights", actor),
    }
    return render(request, "settings/rights.html", context, status=status)


def changeable_roles(actor: Actor) -> list[tuple[str, str]]:
    """Return the roles this person may change: never one they hold."""
    return [(role, role.capitalize()) for role in roles() if role not in actor.roles]


@page("GET", right="policies.edit")
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
        "roles": changeable_roles(actor),
        "rights": [(name, words_of(name)) for name in sorted(ALL_RIGHTS)],
        "currency": entity(actor.entity_id).currency,
    }
    return render(request, "settings/limit.html", context, status=status)


@page("POST", right="policies.edit")
def save_limit(request: HttpRequest) -> HttpResponseBase:
    """Set or lift a limit from a day on."""
    actor = signed_in(request)
    form = Form(request, actor)
    currency = entity(actor.entity_id).currency
    wanted = NewLimit(
        form.choice("role", "Role", roles()),
        form.choice("right", "Right", ALL_RIGHTS),
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


@page("GET", right="access.grant_money")
def show_level(request: HttpRequest) -> HttpResponseBase:
    """Ask how a role holds a right."""
    actor = signed_in(request)
    begin = {"role": request.GET.get("role", ""), "right": request.GET.get("right", ""), "from_on": day_of(actor)}
    return ask_level(request, Form(request, actor, begin_with=begin), actor)


def ask_level(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    context = {
        "form": form,
        "roles": changeable_roles(actor),
        "rights": [(name, words_of(name)) for name in sorted(ALL_RIGHTS)],
        "levels": [(level, words.capitalize()) for level, words in LEVEL_WORDS.items()],
    }
    return render(request, "settings/level.html", context, status=status)


@page("POST", right="access.grant_money")
def save_level(request: HttpRequest) -> HttpResponseBase:
    """Give a role a right, change how it holds it, or take it, from a day on."""
    actor = signed_in(request)
    form = Form(request, actor)
    role = form.choice("role", "Role", roles())
    right = form.choice("right", "Right", ALL_RIGHTS)
    level = form.choice("level", "From then on the role", (*LEVELS, NOT_HELD))
    wanted = NewRight(
        role, right, None if level == NOT_HELD else level, form.day("from_on", "From", earliest=day_of(actor))
    )
    if not form.wrong:
        with refusals_in(form, actor):
            set_right(wanted, by=actor)
    if form.wrong:
        return ask_level(request, form, actor, 422)
    return acted(request, "/settings/rights", f"From {wanted.from_on} a {role} {LEVEL_WORDS[level]}.")


@page("POST", right="policies.edit")
def save_policy(request: HttpRequest) -> HttpResponseBase:
    """Set a number of policy from a day on."""
    actor = signed_in(request)
    form = Form(request, actor)
    name = form.choice("name", "Policy", POLICIES)
    value = form.whole_number("value", "Number", at_most=366)
    from_on = form.day("from_on", "From", earliest=day_of(actor))
    if not form.wrong:
        with refusals_in(form, actor):
            set_policy(name, value, from_on=from_on, by=actor)
    if form.wrong:
        return ask_rights(request, form, actor, 422)
    return acted(request, "/settings/rights", f"{POLICIES[name][1]}: {value} from {from_on}.")
