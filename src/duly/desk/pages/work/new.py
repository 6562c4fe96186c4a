"""Work made by hand: a task or a question."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries.people import working
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.finding import account_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.office.actions import NewTask, add_task
from duly.office.rules import KINDS

BY_HAND = [(kind.name, kind.label) for kind in KINDS.values() if kind.by_hand]


@page("GET", right="work.do")
def ask_task(request: HttpRequest) -> HttpResponseBase:
    """Ask for a task or a question."""
    begin = {"kind": "task", "account": request.GET.get("account", "")}
    return task_form(request, Form(None, signed_in(request), begin_with=begin))


def task_form(request: HttpRequest, form: Form, *, status: int = 200) -> HttpResponseBase:
    actor = signed_in(request)
    people = [(str(id_), name) for id_, name in working(actor.entity_id, day_of(actor)).items()]
    if not actor.may_do("work.assign"):
        people = [one for one in people if one[0] == str(actor.user_id)]
    return render(request, "work/new.html", {"form": form, "kinds": BY_HAND, "people": people}, status=status)


@page("POST", right="work.do")
def save_task(request: HttpRequest) -> HttpResponseBase:
    """Make the task."""
    actor = signed_in(request)
    today = day_of(actor)
    form = Form(request, actor)
    kind = form.choice("kind", "Kind", [name for name, _ in BY_HAND])
    subject = form.text("subject", "What is to be done", at_most=120)
    reason = form.text("reason", "Why", required=False)
    deadline_on = form.day_or_none("deadline_on", "Until")
    owner = form.text("owner", "Who", required=False)
    account = account_in(form, actor, today) if form.typed("account").strip() else None
    if not form.wrong:
        with refusals_in(form, actor):
            task = NewTask(
                kind,
                subject,
                reason,
                account.id if account else None,
                int(owner) if owner.isdigit() else None,
                deadline_on,
            )
            made = add_task(task, today=today, by=actor)
            return acted(request, f"/queue/{made}", f"{KINDS[kind].label} made.")
    return task_form(request, form, status=422)
