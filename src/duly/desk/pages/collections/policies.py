"""Policies with their words, stop list, law packs, agencies, expected losses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.collections.actions.agencies import add_agency
from duly.collections.actions.losses import propose_losses
from duly.collections.actions.policies import PolicyDraft, StepDraft, set_policy, switch_law
from duly.collections.queries.account import stops
from duly.collections.queries.losses import loss_rates
from duly.collections.queries.policies import Policy, agencies, handovers, law_rows, policies, policy_of
from duly.desk.pages.collections.words import STOP_KINDS, tabs_of
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.money import format_minor
from duly.receivables.queries import aging_totals

LANGUAGES = {"en": "English", "de": "German", "es": "Spanish", "fr": "French"}
LATE_LAWS = {
    "": "Nothing is charged",
    "eu-late-payment": "EU late payment: ECB rate + 8 points, 40 EUR",
    "de-bgb-288": "Germany: base rate + 9 points, 40 EUR",
}
AGES = {
    "not_due": "Not due",
    "d1_30": "1-30 days",
    "d31_60": "31-60 days",
    "d61_90": "61-90 days",
    "over_90": "Over 90 days",
}
NUMBERS = {
    "letter_gap_days": "Days between letters",
    "pay_in_days": "Days to pay named in the letter",
    "money_wait_days": "Days to wait for money of the same amount",
    "promise_grace_days": "Grace of a promise, days",
}


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show how each segment is reminded."""
    actor = signed_in(request)
    context = {"policies": policies(actor.entity_id), "late_laws": LATE_LAWS, "tabs": tabs_of("policies")}
    return render(request, "collections/policies.html", context)


def draft_of(found: Policy) -> PolicyDraft:
    """Return a policy as the draft of its successor."""
    steps = tuple(StepDraft(**{key: value for key, value in step.items() if key != "step"}) for step in found.steps)
    names = ("segment", "name", "currency", "min_minor", "late_law", *NUMBERS)
    return PolicyDraft(steps=steps, **{name: getattr(found, name) for name in names})


@page("GET", right="books.view")
def ask(request: HttpRequest, segment: str) -> HttpResponseBase:
    """Show a segment's policy to be changed."""
    actor = signed_in(request)
    found = policy_of(actor.entity_id, segment)
    begin: dict[str, object] = {name: getattr(found, name) for name in ("late_law", *NUMBERS)}
    begin["min"] = format_minor(found.min_minor, found.currency, grouping=False)
    for step in found.steps:
        place = step["step"]
        begin |= {f"{name}_{place}": step[name] for name in ("name", "days_late", "grace_days", "channel")}
        begin[f"fee_{place}"] = format_minor(step["fee_minor"], found.currency, grouping=False)
        begin |= {f"{name}_{place}": "1" if step[name] else "" for name in ("charges_interest", "charges_lump")}
    return asked(request, Form(None, actor, begin_with=begin), found)


def asked(request: HttpRequest, form: Form, found: Policy) -> HttpResponseBase:
    """Show the form of a policy."""
    context = {"form": form, "policy": found, "late_laws": LATE_LAWS, "numbers": NUMBERS, "tabs": tabs_of("policies")}
    return render(request, "collections/policy.html", context, status=422 if form.wrong else 200)


@page("POST", right="books.view")
def save(request: HttpRequest, segment: str) -> HttpResponseBase:
    """Let the segment be reminded like this from today on; without the right it becomes a proposal."""
    actor = signed_in(request)
    found, form = policy_of(actor.entity_id, segment), Form(request, actor)
    now = draft_of(found)
    days: dict[str, Any] = {name: form.whole_number(name, label, at_most=365) for name, label in NUMBERS.items()}
    wanted = replace(
        now,
        min_minor=form.money("min", "Smallest amount", currency=found.currency, at_least=0),
        late_law=form.choice("late_law", "Late costs", LATE_LAWS, required=False),
        steps=tuple(step_in(form, place, step, found) for place, step in enumerate(now.steps, start=1)),
        **days,
    )
    if not form.wrong:
        with refusals_in(form, actor):
            set_policy(wanted, today=day_of(actor), by=actor)
    if form.wrong:
        return asked(request, form, found)
    return acted(request, "/collections/policies", f"{found.name} are reminded like this from today on.")


def step_in(form: Form, place: int, step: StepDraft, found: Policy) -> StepDraft:
    """Read one step of the form."""
    return replace(
        step,
        name=form.text(f"name_{place}", f"Name of step {place}"),
        days_late=form.whole_number(f"days_late_{place}", f"Days late of step {place}", at_most=999),
        grace_days=form.whole_number(f"grace_days_{place}", f"Grace of step {place}", at_most=99),
        channel=form.choice(f"channel_{place}", f"Channel of step {place}", ("letter", "call")),
        fee_minor=form.money(f"fee_{place}", f"Fee of step {place}", currency=found.currency, at_least=0),
        charges_interest=form.flag(f"charges_interest_{place}"),
        charges_lump=form.flag(f"charges_lump_{place}"),
    )


@page("GET", right="books.view")
def ask_words(request: HttpRequest, segment: str, step: int) -> HttpResponseBase:
    """Show the words of a step in each language."""
    actor = signed_in(request)
    found = policy_of(actor.entity_id, segment)
    texts = found.steps[step - 1]["texts"]
    begin = {f"{part}_{key}": texts.get(key, {}).get(part, "") for key in LANGUAGES for part in ("subject", "body")}
    return words_asked(request, Form(None, actor, begin_with=begin), found, step)


def words_asked(request: HttpRequest, form: Form, found: Policy, step: int) -> HttpResponseBase:
    """Show the form of a step's words."""
    context = {"form": form, "policy": found, "step": found.steps[step - 1], "languages": LANGUAGES}
    return render(request, "collections/words.html", context, status=422 if form.wrong else 200)


@page("POST", right="books.view")
def save_words(request: HttpRequest, segment: str, step: int) -> HttpResponseBase:
    """Change the words of a step."""
    actor = signed_in(request)
    found, form = policy_of(actor.entity_id, segment), Form(request, actor)
    texts: dict[str, Any] = {}
    for key, language in LANGUAGES.items():
        subject = form.text(f"subject_{key}", f"Subject, {language}", required=key == "en", at_most=200)
        body = form.text(f"body_{key}", f"Text, {language}", required=key == "en", at_most=3000)
        if subject and body:
            texts[key] = {"subject": subject, "body": body}
    now = draft_of(found)
    steps = [replace(each, texts=texts) if place == step else each for place, each in enumerate(now.steps, start=1)]
    if not form.wrong:
        with refusals_in(form, actor):
            set_policy(replace(now, steps=tuple(steps)), today=day_of(actor), by=actor)
    if form.wrong:
        return words_asked(request, form, found, step)
    return acted(request, "/collections/policies", "The words are changed from the next run on.")


@page("GET", right="books.view")
def stop_list(request: HttpRequest) -> HttpResponseBase:
    """Show whom nobody chases."""
    actor = signed_in(request)
    all_of = bool(request.GET.get("lifted"))
    context = {
        "stops": stops(actor.entity_id, lifted=all_of),
        "kinds": STOP_KINDS,
        "lifted": all_of,
        "tabs": tabs_of("stops"),
    }
    return render(request, "collections/stops.html", context)


@page("GET", right="books.view")
def laws(request: HttpRequest) -> HttpResponseBase:
    """Show every rule of every law pack with its source."""
    actor = signed_in(request)
    return render(request, "collections/laws.html", {"laws": law_rows(actor.entity_id), "tabs": tabs_of("laws")})


@page("POST", right="books.view")
def switch(request: HttpRequest, law_id: int) -> HttpResponseBase:
    """Switch a rule on or off; without the right it becomes a proposal."""
    actor = signed_in(request)
    on = request.POST.get("on") == "1"
    switch_law(law_id, on=on, why=request.POST.get("why", ""), by=actor)
    return acted(request, "/collections/laws", f"The rule is switched {'on' if on else 'off'}.")


@page("GET", right="books.view")
def ask_agencies(request: HttpRequest) -> HttpResponseBase:
    """Show agencies and what they have."""
    return agencies_shown(request, Form(None, signed_in(request)))


def agencies_shown(request: HttpRequest, form: Form) -> HttpResponseBase:
    """Show the page of agencies."""
    actor = signed_in(request)
    context = {
        "form": form,
        "agencies": agencies(actor.entity_id),
        "handovers": handovers(actor.entity_id),
        "tabs": tabs_of("agencies"),
    }
    return render(request, "collections/agencies.html", context, status=422 if form.wrong else 200)


@page("POST", right="books.view")
def add(request: HttpRequest) -> HttpResponseBase:
    """Make an agency known."""
    actor = signed_in(request)
    form = Form(request, actor)
    name, email = form.text("name", "Name"), form.text("email", "E-mail", required=False)
    reference = form.text("reference", "Our number there", required=False)
    if form.wrong:
        return agencies_shown(request, form)
    add_agency(name, email=email, reference=reference, by=actor)
    return acted(request, "/collections/agencies", f"{name} is known.")


@page("GET", right="books.view")
def losses(request: HttpRequest) -> HttpResponseBase:
    """Show ages, rates and the allowance they call for."""
    actor = signed_in(request)
    today = day_of(actor)
    rates = loss_rates(actor.entity_id, today)
    found = [
        (each.currency, [(AGES[age], minor, rates.get(age, 0)) for age, minor in zip(AGES, each.buckets, strict=True)])
        for each in aging_totals(actor.entity_id, today)
    ]
    return render(request, "collections/losses.html", {"found": found, "today": today, "tabs": tabs_of("losses")})


@page("POST", right="baddebt.propose")
def propose(request: HttpRequest) -> HttpResponseBase:
    """Propose the journal; a second person decides."""
    actor = signed_in(request)
    made = propose_losses(day_of(actor), by=actor)
    waiting = [each for each in made if each.journal_id]
    say = (
        f"{len(waiting)} journal waits for a second person." if waiting else "The allowance is what the ages call for."
    )
    return acted(request, "/collections/losses", say)
