"""The list of what waits, and one proposal with its evidence."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.access.models import Proposal
from duly.access.queries import decided_before, proposal, proposals, waiver_of, who_can_decide
from duly.access.rules import covers
from duly.desk.pages.approvals.arguments import Leaf, leaves
from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import sentence_of
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotAllowed
from duly.receivables.queries import account, balance_minor

VIEWS = {"me": "For me", "mine": "Asked by me", "waiting": "All waiting", "decided": "Decided"}
TONES = {"waiting": "warn", "accepted": "ok", "refused": "bad", "withdrawn": "quiet"}


def may_decide(found: Proposal, actor: Actor) -> bool:
    """Return whether this person can say yes or no to it now."""
    if found.state != "waiting" or actor.user_id == found.beneficiary_id or not covers(actor, found.needs):
        return False
    return actor.user_id != found.made_by or waiver_of(actor.entity_id, actor.user_id, day_of(actor)) is not None


@page("GET", right="proposals.see")
def show_approvals(request: HttpRequest) -> HttpResponseBase:
    """Show what waits for this person, what they asked for, all that waits, or what was decided."""
    actor = signed_in(request)
    waiting = proposals(actor.entity_id)
    lists: dict[str, list[Proposal]] = {
        "me": [row for row in waiting if may_decide(row, actor)],
        "mine": [row for row in waiting if row.made_by == actor.user_id],
        "waiting": waiting,
    }
    view = request.GET.get("view", "me")
    view = view if view in VIEWS else "me"
    if view == "decided":
        lists[view] = [row for row in proposals(actor.entity_id, state=None) if row.state != "waiting"]
    context = {
        "rows": lists[view],
        "view": view,
        "today": day_of(actor),
        "tones": TONES,
        "tabs": [
            (words, len(lists[name]) if name != "decided" else None, f"/approvals?view={name}", name == view)
            for name, words in VIEWS.items()
        ],
    }
    return render(request, "approvals/list.html", context)


@page("GET", right="proposals.see")
def show_one(request: HttpRequest, proposal_id: int) -> HttpResponseBase:
    """Show one proposal: what, why it could not be done alone, its evidence, who decides."""
    actor = signed_in(request)
    return render(request, "approvals/one.html", told(proposal(actor.entity_id, proposal_id), actor))


def told(found: Proposal, actor: Actor) -> dict[str, Any]:
    """Return what the page of a proposal shows."""
    owner = account(actor.entity_id, found.account_id) if found.account_id is not None else None
    now_minor = None
    if owner is not None and found.balance_before_minor is not None:
        now_minor = balance_minor(actor.entity_id, owner.id, day_of(actor))
    apart = {found.made_by, found.beneficiary_id}
    return {
        "p": found,
        "account": owner,
        "now_minor": now_minor,
        "cause": cause_of(found, actor),
        "who": who_can_decide(actor.entity_id, found.needs, apart) if found.state == "waiting" else [],
        "may_decide": may_decide(found, actor),
        "is_mine": found.made_by == actor.user_id,
        "arguments": shown(found.arguments),
        "edited": shown(found.decided_arguments) if found.decided_arguments else [],
        "history": decided_before(actor.entity_id, found.made_by),
        "today": day_of(actor),
        "tone": TONES[found.state],
    }


def cause_of(found: Proposal, actor: Actor) -> str:
    """Say why it could not be done alone, to its maker or about them."""
    said = sentence_of(NotAllowed(found.cause, **found.cause_facts), actor.language)
    return said if actor.user_id == found.made_by else said.replace("your limit", f"{found.made_by_name}’s limit")


def shown(arguments: dict[str, Any]) -> list[Leaf]:
    """Return the arguments a person can read: ids and what is empty say nothing."""
    return [leaf for leaf in leaves(arguments) if not leaf.is_id and leaf.value not in (None, "")]
