"""Gates: what rights ask a person to have been trained in, and who has passed which."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.access.actions import define_gate, end_pass, pass_gate, require_gate
from duly.access.queries import gate_passes, gates, members
from duly.access.rules import ALL_RIGHTS
from duly.desk.pages.settings.people import member_named
from duly.desk.pages.settings.rights import words_of
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.desk.web.settings_tabs import settings_tabs
from duly.kernel.actor import Actor

NO_GATE = "none"
SENTENCES.update(
    {
        "gate.unknown": "There is no such gate, or the person does not work here.",
        "gate.not_passed": "This gate is not passed now.",
        "gate.ends_before_it_begins": "A pass ends after it began.",
    }
)


@page("GET", right="books.view")
def show_gates(request: HttpRequest) -> HttpResponseBase:
    """Show the gates, the rights that need them, and who has passed which."""
    actor = signed_in(request)
    return ask_gates(request, Form(None, actor, begin_with={"from_on": day_of(actor)}), actor)


def ask_gates(request: HttpRequest, form: Form, actor: Actor, status: int = 200) -> HttpResponseBase:
    today = day_of(actor)
    known = gates(actor.entity_id, today)
    context = {
        "form": form,
        "gates": known,
        "words": words_of,
        "people": [person for person in members(actor.entity_id) if person.is_active],
        "passes": {(row.user_id, row.gate): row for row in gate_passes(actor.entity_id, today)},
        "rights": [(name, words_of(name)) for name in sorted(ALL_RIGHTS)],
        "choices": [(gate.name, gate.name.capitalize()) for gate in known] + [(NO_GATE, "No gate")],
        "today": today,
        "tabs": settings_tabs("/settings/gates", actor),
    }
    return render(request, "settings/gates.html", context, status=status)


@page("POST", right="policies.edit")
def define(request: HttpRequest) -> HttpResponseBase:
    """Name a gate."""
    actor = signed_in(request)
    form = Form(request, actor)
    name = form.text("name", "Name", at_most=60)
    covers = form.text("covers", "What it covers", at_most=200)
    if not form.wrong:
        with refusals_in(form, actor):
            define_gate(name, covers, by=actor)
    if form.wrong:
        return ask_gates(request, form, actor, 422)
    return acted(request, "/settings/gates", f"There is a gate “{name}”. Say which rights need it.")


@page("POST", right="policies.edit")
def need(request: HttpRequest) -> HttpResponseBase:
    """Let a right need a gate, or none, from a day on."""
    actor = signed_in(request)
    form = Form(request, actor)
    right = form.choice("right", "Right", ALL_RIGHTS)
    names = [gate.name for gate in gates(actor.entity_id, day_of(actor))]
    gate = form.choice("gate", "Gate", (*names, NO_GATE))
    from_on = form.day("from_on", "From", earliest=day_of(actor))
    if not form.wrong:
        with refusals_in(form, actor):
            require_gate(right, None if gate == NO_GATE else gate, from_on=from_on, by=actor)
    if form.wrong:
        return ask_gates(request, form, actor, 422)
    return acted(request, "/settings/gates", f"{words_of(right)} needs {gate if gate != NO_GATE else 'no gate'}.")


@page("POST", right="gates.pass")
def passed(request: HttpRequest) -> HttpResponseBase:
    """Record that a person has passed a gate."""
    actor = signed_in(request)
    user_id, name = member_named(request, actor)
    form = Form(request, actor)
    gate = form.text("gate", "Gate", at_most=60)
    pass_gate(
        user_id,
        gate,
        passed_on=day_of(actor),
        valid_to=form.day_or_none("valid_to", "Until"),
        note=form.text("note", "Note", required=False, at_most=200),
        by=actor,
    )
    return acted(request, "/settings/gates", f"{name} has passed “{gate}”.")


@page("POST", right="gates.pass")
def ended(request: HttpRequest) -> HttpResponseBase:
    """End a pass: from today the person only proposes what needs the gate."""
    actor = signed_in(request)
    user_id, name = member_named(request, actor)
    gate = request.POST.get("gate", "")
    end_pass(user_id, gate, on_day=day_of(actor), by=actor)
    return acted(request, "/settings/gates", f"{name} has to pass “{gate}” again and only proposes until then.")
