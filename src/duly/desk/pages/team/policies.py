"""Deadlines and procedures of each kind of work: read by everybody, written in versions."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.team.tabs import team_tabs
from duly.desk.web.acting import acted, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.kernel.refusals import NotFound
from duly.office.actions.planning import NewPolicy, set_policy
from duly.office.queries.policy import policies, policy_history
from duly.office.rules import KINDS


@page("GET", right="books.view")
def show_policies(request: HttpRequest) -> HttpResponseBase:
    """Show how each kind of work is done."""
    actor = signed_in(request)
    context = {"tabs": team_tabs("/team/policies", actor), "kinds": KINDS, "policies": policies(actor.entity_id)}
    return render(request, "team/policies.html", context)


@page("GET", right="books.view")
def show_policy(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Show one policy with its versions."""
    actor = signed_in(request)
    if kind not in KINDS:
        raise NotFound("work.kind_unknown", kind=kind)
    policy = policies(actor.entity_id)[kind]
    begin = {
        "within_days": policy.within_days,
        "minutes": policy.minutes,
        "pend_days": policy.pend_days,
        "most_pend_days": policy.most_pend_days,
        "escalate_after_days": policy.escalate_after_days,
        "sample_percent": f"{policy.sample_percent.normalize():f}",
        "procedure": policy.procedure,
        "version": policy.version,
    }
    return policy_page(request, Form(None, actor, begin_with=begin), kind)


def policy_page(request: HttpRequest, form: Form, kind: str, *, status: int = 200) -> HttpResponseBase:
    actor = signed_in(request)
    context = {
        "kind": KINDS[kind],
        "policy": policies(actor.entity_id)[kind],
        "shipped": KINDS[kind].policy,
        "history": policy_history(actor.entity_id, kind),
        "form": form,
    }
    return render(request, "team/policy.html", context, status=status)


@page("POST", right="policies.edit")
def save_policy(request: HttpRequest, kind: str) -> HttpResponseBase:
    """Write a new version of a policy."""
    actor = signed_in(request)
    if kind not in KINDS:
        raise NotFound("work.kind_unknown", kind=kind)
    form = Form(request, actor)
    policy = NewPolicy(
        kind,
        form.whole_number("version", "Version", at_most=100_000),
        form.whole_number("within_days", "Due within", at_most=365),
        form.whole_number("minutes", "Effort", at_most=480),
        form.whole_number("pend_days", "Usually pended", at_least=1, at_most=60),
        form.whole_number("most_pend_days", "At most pended", at_least=1, at_most=180),
        form.whole_number("escalate_after_days", "Escalated after", at_most=60),
        form.decimal("sample_percent", "Sampled"),
        form.text("procedure", "Procedure", at_most=4_000),
    )
    if not 0 <= policy.sample_percent <= 100:
        form.blame("sample_percent", "Sampled", "Between 0 and 100")
    if not form.wrong:
        with refusals_in(form, actor):
            version = set_policy(policy, by=actor)
            return acted(request, f"/team/policies/{kind}", f"Version {version} is in force.")
    return policy_page(request, form, kind, status=422)
