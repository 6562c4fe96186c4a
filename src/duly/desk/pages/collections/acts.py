"""Acts of one key: closing, withdrawing, recalling, sending a statement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.collections.actions.agencies import recall
from duly.collections.actions.contacts import lift_stop
from duly.collections.actions.disputes import close_dispute
from duly.collections.actions.plans import cancel_plan
from duly.collections.actions.promises import see_promise, withdraw_promise
from duly.collections.actions.standing import refresh_board
from duly.collections.actions.statements import Wanted, send_statements
from duly.collections.queries.account import dispute, plan, promise
from duly.collections.queries.policies import handovers
from duly.desk.pages.collections.forms import at
from duly.desk.web.acting import acted, day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound
from duly.receivables.queries import account, account_by_number


def back(request: HttpRequest, actor: Actor, account_id: int, say: str) -> HttpResponseBase:
    """Answer on the account's page, with its place on the board renewed."""
    answer = acted(request, at(account(actor.entity_id, account_id).number), say)
    refresh_board(day_of(actor), by=actor, account_ids=[account_id])
    return answer


def why_of(request: HttpRequest, otherwise: str) -> str:
    """Return the sentence typed with an act."""
    return request.POST.get("why", "").strip() or otherwise


@page("POST", right="disputes.edit")
def close(request: HttpRequest, dispute_id: int) -> HttpResponseBase:
    """Close a dispute as ours, theirs or withdrawn."""
    actor = signed_in(request)
    found = dispute(actor.entity_id, dispute_id)
    outcome = request.POST.get("outcome", "")
    close_dispute(dispute_id, outcome=outcome, note=why_of(request, "decided"), today=day_of(actor), by=actor)
    say = "The dispute is closed." + (" Credit the amount next." if outcome == "theirs" else "")
    return back(request, actor, found.account_id, say)


@page("POST", right="promises.make")
def withdraw(request: HttpRequest, promise_id: int) -> HttpResponseBase:
    """Withdraw a promise."""
    actor = signed_in(request)
    found = promise(actor.entity_id, promise_id)
    withdraw_promise(promise_id, why=why_of(request, "withdrawn"), by=actor)
    return back(request, actor, found.account_id, "The promise is withdrawn.")


@page("POST", right="promises.make")
def see(request: HttpRequest, promise_id: int) -> HttpResponseBase:
    """Note that a broken promise was looked at."""
    actor = signed_in(request)
    found = promise(actor.entity_id, promise_id)
    see_promise(promise_id, by=actor)
    return back(request, actor, found.account_id, "Looked at.")


@page("POST", right="plans.make")
def cancel(request: HttpRequest, plan_id: int) -> HttpResponseBase:
    """End a plan."""
    actor = signed_in(request)
    found = plan(actor.entity_id, plan_id)
    cancel_plan(plan_id, why=why_of(request, "ended"), today=day_of(actor), by=actor)
    return back(request, actor, found.account_id, "The plan has ended; its items are due on their own days.")


@page("POST", right="collections.stop")
def lift(request: HttpRequest, stop_id: int) -> HttpResponseBase:
    """Lift an entry of the stop list."""
    actor = signed_in(request)
    lift_stop(stop_id, why=why_of(request, ""), by=actor)
    return acted(request, "/collections/stops", "Off the stop list.")


@page("POST", right="books.view")
def call_back(request: HttpRequest, handover_id: int) -> HttpResponseBase:
    """Recall an account from its agency."""
    actor = signed_in(request)
    found = next((each for each in handovers(actor.entity_id) if each.id == handover_id), None)
    if found is None:
        raise NotFound("agencies.recalled_already")
    recall([handover_id], why=why_of(request, ""), today=day_of(actor), by=actor)
    owner = account_by_number(actor.entity_id, found.account_number)
    return back(request, actor, owner.id, "Recalled; the next run looks at it again.")


@page("POST", right="statements.send")
def send_statement(request: HttpRequest, number: str) -> HttpResponseBase:
    """Send the account's statement as of today."""
    actor = signed_in(request)
    found = account_by_number(actor.entity_id, number)
    made = send_statements(Wanted(day_of(actor), [found.id], scheduled=False), today=day_of(actor), by=actor)
    say = (
        "The statement is on its way."
        if made.queued
        else "The statement is held: the gate said no, or nothing is there."
    )
    return back(request, actor, found.id, say)
