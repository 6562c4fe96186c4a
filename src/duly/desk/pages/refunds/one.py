"""One refund: its money, every check with what it saw, and the next step for whoever may take it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.refunds.words import OUTCOMES, STAGES, STATES
from duly.desk.queries.corrections import lines_like
from duly.desk.web.acting import acted, day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.events.queries import events_about
from duly.kernel.refusals import BadInput
from duly.matching.actions.refunds import place_refunds, place_returned_refund
from duly.payments.actions.refunds import approve_refund, refuse_refund, withdraw_refund
from duly.payments.actions.refunds_seen import return_refunds
from duly.payments.queries.refunds import checks_of, look_at, money_of, refund, refund_by_number
from duly.payments.rules.refunds import CHECK_WORDS

WAY = (("requested", "Asked for"), ("approved", "Approved"), ("released", "File made"), ("seen", "Seen in the bank"),
       ("closed", "Closed"))  # fmt: skip


@page("GET", right="books.view")
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show one refund with its checks by stage."""
    actor = signed_in(request)
    found = refund_by_number(actor.entity_id, number)
    stages: dict[str, list[object]] = {}
    for check in checks_of(actor.entity_id, found.id):
        stages.setdefault(check.stage, []).append(check)
    waiting = found.state in ("requested", "approved")
    sign = {"released": -1, "seen": 1, "closed": 1}.get(found.state, 0)
    context = {
        "refund": found,
        "states": STATES,
        "steps": steps_of(found.state),
        "now": look_at(actor.entity_id, found.id, day_of(actor)) if waiting else [],
        "stages": list(stages.items())[::-1],
        "stage_words": STAGES,
        "outcomes": OUTCOMES,
        "names": CHECK_WORDS,
        "money": money_of(actor.entity_id, found.id),
        "again_of": refund(actor.entity_id, found.again_of_id) if found.again_of_id else None,
        "lines": lines_like(actor.entity_id, sign * found.amount_minor, found.currency) if sign else [],
        "back_lines": lines_like(actor.entity_id, found.amount_minor, found.currency) if found.receipt_id else [],
        "events": events_about(actor.entity_id, "refund", found.id),
        "is_mine": found.requested_by is not None and found.requested_by == actor.user_id,
    }
    return render(request, "refunds/refund.html", context)


def steps_of(state: str) -> list[tuple[str, str]]:
    """Return the way of a refund, with where it stands."""
    names = [name for name, _ in WAY]
    if state not in names:
        return [(STATES[state][0], "now")]
    at = names.index(state)
    return [(words, "done" if place < at else "now" if place == at else "") for place, (_, words) in enumerate(WAY)]


@page("POST", right="refunds.approve")
def approve(request: HttpRequest, number: str) -> HttpResponseBase:
    """Stand for a refund as the second person; warnings looked at are ticked."""
    actor = signed_in(request)
    found = refund_by_number(actor.entity_id, number)
    approve_refund(found.id, accept=request.POST.getlist("accept"), today=day_of(actor), by=actor)
    return acted(request, f"/refunds/{number}", f"{number} is approved and waits to be paid.")


@page("POST", right="refunds.approve")
def refuse(request: HttpRequest, number: str) -> HttpResponseBase:
    """Say no to a refund."""
    actor = signed_in(request)
    found = refund_by_number(actor.entity_id, number)
    refuse_refund(found.id, reason=_reason(request), today=day_of(actor), by=actor)
    return acted(request, f"/refunds/{number}", f"{number} is refused; the money may be used again.")


@page("POST", right="refunds.request")
def withdraw(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take one's own request back."""
    actor = signed_in(request)
    found = refund_by_number(actor.entity_id, number)
    withdraw_refund(found.id, reason=_reason(request), today=day_of(actor), by=actor)
    return acted(request, f"/refunds/{number}", f"{number} is withdrawn; the money may be used again.")


@page("POST", right="bank.place")
def seen(request: HttpRequest, number: str) -> HttpResponseBase:
    """Say which open bank line shows the refund leaving."""
    actor = signed_in(request)
    found = refund_by_number(actor.entity_id, number)
    place_refunds(_line(request), [found.id], today=day_of(actor), by=actor)
    return acted(request, f"/refunds/{number}", f"{number} is seen in the bank.")


@page("POST", right="bank.place")
def returned(request: HttpRequest, number: str) -> HttpResponseBase:
    """Say that the refund came back, by a bank line or without one."""
    actor = signed_in(request)
    found, reason = refund_by_number(actor.entity_id, number), _reason(request)
    if request.POST.get("line", "").isdigit():
        place_returned_refund(_line(request), found.id, reason=reason, today=day_of(actor), by=actor)
    else:
        return_refunds([found.id], [""], [reason], today=day_of(actor), by=actor)
    return acted(request, f"/refunds/{number}", f"{number} came back; the money is unapplied on the account again.")


def _reason(request: HttpRequest) -> str:
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        raise BadInput("refunds.reason_missing")
    return reason


def _line(request: HttpRequest) -> int:
    text = request.POST.get("line", "")
    if not text.isdigit():
        raise BadInput("refunds.no_line_chosen", remedy="choose the bank line")
    return int(text)
