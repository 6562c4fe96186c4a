"""What the pages of corrections share: the form's account, the preview, the sentences of refusals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries.corrections import Preview, preview
from duly.desk.web.acting import acted, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor
from duly.kernel.refusals import NotFound
from duly.receivables.models import Account
from duly.receivables.queries import account_by_number
from duly.receivables.queries.items import OpenItem

SENTENCES.update(
    {
        "receivables.reason_missing": "Say why, so that the next person understands.",
        "receivables.item_unknown": "This document is not known here.",
        "receivables.nothing_open": "Nothing of it is open.",
        "receivables.amount_not_above_zero": "The amount must be above zero.",
        "receivables.transfer_to_the_same_account": "It is on this account already.",
        "receivables.account_closed": "That account is closed.",
        "receivables.currencies_differ": "That account is in another currency.",
        "receivables.transfer_is_used": "Only {left_minor} of it is left on the other account: free it there first.",
        "receivables.transfer_taken_back_already": "It was taken back already.",
        "receivables.money_lies_on_the_account": "{unapplied_minor} of theirs is not applied: apply or refund it.",
        "receivables.money_of_theirs_is_not_written_off": "Money of theirs is owed to them: refund it instead.",
        "receivables.difference_is_not_small": "{amount_minor} is more than the {limit_minor} that count as small.",
        "receivables.write_off_taken_back_already": "It was taken back already.",
        "receivables.only_their_money_stays_on_account": "Only payments and credits stay on account.",
        "receipts.money_has_moved_on": "A part of its money was moved or paid back: undo that first.",
        "receipts.less_money_left": "Only {left_minor} of it can be moved.",
        "receipts.cannot_be_moved": "Only money received, and not reversed, can be moved.",
        "receipts.each_account_once": "Name every account once.",
        "rebill.same_account": "It is billed to this account already.",
        "rebill.account_cannot_take_it": "That account is closed or in another currency.",
    }
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction as a page: where it is sent, its right, the accounts it touches, and what it does."""

    template: str
    right: str
    account_ids: Sequence[int]
    change: Callable[[Actor], object]
    to: str
    said: str


def other_account(form: Form, actor: Actor, name: str, label: str) -> Account | None:
    """Read the number of another account; a wrong one is shown beside its field."""
    number = form.text(name, label, at_most=40)
    if not number:
        return None
    try:
        return account_by_number(actor.entity_id, number.strip())
    except NotFound:
        form.blame(name, label, "There is no account of this number")
        return None


def ask(
    request: HttpRequest,
    template: str,
    form: Form,
    context: dict[str, Any],
    *,
    shown: Preview | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """Show the form, with the preview where one was asked for."""
    return render(request, template, {**context, "form": form, "preview": shown}, status=status)


def finish(request: HttpRequest, form: Form, wanted: Correction | None, context: dict[str, Any]) -> HttpResponseBase:
    """Show what is wrong, or the preview, or do it."""
    actor = signed_in(request)
    template = str(context["template"])
    if form.wrong or wanted is None:
        return ask(request, template, form, context, status=422)
    if request.POST.get("do") == "preview":
        shown = None
        with refusals_in(form, actor):
            shown = preview(actor, wanted.right, wanted.account_ids, wanted.change)
        return ask(request, template, form, context, shown=shown, status=422 if form.wrong else 200)
    with refusals_in(form, actor):
        wanted.change(actor)
    if form.wrong:
        return ask(request, template, form, context, status=422)
    return acted(request, wanted.to, wanted.said)


def item_options(
    items: Sequence[OpenItem], money: Callable[[int, str], str], kinds: dict[str, str]
) -> list[tuple[str, str]]:
    """Return open items as choices: what it is, and what is open of it."""
    return [
        (
            str(item.id),
            f"{item.number or kinds.get(item.kind, item.kind)} · {money(item.open_minor, item.currency)} open",
        )
        for item in items
    ]
