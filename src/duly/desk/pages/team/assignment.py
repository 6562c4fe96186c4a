"""Assignment rules: who gets new work."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import entity
from duly.desk.pages.team.tabs import team_tabs
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.refusals import BadInput
from duly.office.actions import assign_by_rules
from duly.office.actions.planning import NewRule, add_rule, end_rule
from duly.office.queries.people import people
from duly.office.queries.policy import rules
from duly.office.rules import KINDS, METHODS


@page("GET", right="team.manage")
def show_rules(request: HttpRequest) -> HttpResponseBase:
    """Show the rules in their order, and the form for one more."""
    actor = signed_in(request)
    known = rules(actor.entity_id)
    begin = {"place": (known[-1].place if known else 0) + 1, "method": "round_robin"}
    return rules_page(request, Form(None, actor, begin_with=begin))


def rules_page(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponseBase:
    actor = signed_in(request)
    staff = people(actor.entity_id, day_of(actor))
    context = {
        "tabs": team_tabs("/team/rules", actor),
        "rules": rules(actor.entity_id),
        "form": form,
        "kinds": KINDS,
        "methods": METHODS,
        "people": staff,
        "names": {person.user_id: person.name for person in staff},
        "kind_choices": [(name, kind.plural) for name, kind in KINDS.items()],
        "method_choices": list(METHODS.items()),
        "currency": entity(actor.entity_id).currency,
        "skills": sorted({skill for person in staff for skill in person.skills}),
        "languages": sorted({language for person in staff for language in person.languages}),
    }
    return render(request, "team/rules.html", context, status=status)


@page("POST", right="work.assign")
def save_rule(request: HttpRequest) -> HttpResponseBase:
    """Add a rule."""
    actor = signed_in(request)
    form = Form(request, actor)
    currency = entity(actor.entity_id).currency
    place = form.whole_number("place", "Order", at_least=1, at_most=999)
    name = form.text("name", "Name", at_most=80)
    method = form.choice("method", "How", METHODS)
    kind = form.choice("kind", "Kind", KINDS, required=False)
    at_least = form.money_or_none("at_least", "From", currency=currency)
    at_most = form.money_or_none("at_most", "Up to", currency=currency)
    first = form.text("account_from", "Accounts from", required=False, at_most=40)
    last = form.text("account_to", "to", required=False, at_most=40)
    language = form.text("language", "Language", required=False, at_most=2)
    skill = form.text("skill", "Skill", required=False, at_most=40)
    if not form.wrong:
        with refusals_in(form, actor):
            rule = NewRule(
                place,
                name,
                method,
                kind or None,
                at_least,
                at_most,
                currency if at_least is not None or at_most is not None else None,
                first or None,
                last or None,
                language.lower() or None,
                skill.lower(),
                tuple(int(text) for text in form.picked("person") if text.isascii() and text.isdigit()),
            )
            add_rule(rule, by=actor)
            return acted(request, "/team/rules", f"Rule “{name}” is in force for new work.")
    return rules_page(request, form, status=422)


@page("POST", right="work.assign")
def end(request: HttpRequest) -> HttpResponseBase:
    """End a rule."""
    text = request.POST.get("rule", "")
    if not (text.isascii() and text.isdigit()):
        raise BadInput("work.rule_unclear", rule=text[:20])
    end_rule(int(text), by=signed_in(request))
    return acted(request, "/team/rules", "The rule gives no more work to anybody.")


@page("POST", right="work.assign")
def assign_now(request: HttpRequest) -> HttpResponseBase:
    """Give all work without an owner to people by the rules."""
    actor = signed_in(request)
    given = assign_by_rules(today=day_of(actor), by=actor)
    return acted(request, "/team/rules", f"{given:,} given to people by the rules.")
