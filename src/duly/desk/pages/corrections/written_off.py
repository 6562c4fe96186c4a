"""What was written off, by whom and why; and the run over small balances by the office's rule."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase

from duly.access.queries import entity
from duly.desk.queries.corrections import preview
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import page
from duly.desk.web.paging import LIMIT, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.kernel.money import Money
from duly.kernel.refusals import BadInput
from duly.receivables.actions.writeoffs import set_small_rule, take_write_offs_back, write_off_small
from duly.receivables.queries.corrections import small_balance_rule, write_offs
from duly.receivables.rules import WRITE_OFF_REASONS

NEWEST = Sort("effective_on", descending=True)


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show what was written off, newest first, and what the rule says of small balances."""
    return _list(request)


def _list(
    request: HttpRequest, *, tried: object = None, form: Form | None = None, status: int = 200
) -> HttpResponseBase:
    actor = signed_in(request)
    cursor = cursor_of(request, NEWEST)
    before = (cursor.after, cursor.after_id) if cursor.after_id is not None else None
    rows = write_offs(actor.entity_id, before=before, limit=LIMIT)  # type: ignore[arg-type]
    listed = page_of(request, rows, NEWEST, key=lambda row: row.effective_on, row_id=lambda row: row.id)
    currency = entity(actor.entity_id).currency
    rule = small_balance_rule(actor.entity_id, currency, day_of(actor))
    begin = {
        "limit": money_text(rule.limit_minor, currency, actor.language, bare=True),
        "days": rule.older_than_days,
        "from": day_of(actor),
    }
    context = {
        "form": form or Form(None, actor, begin_with=begin),
        "page": listed,
        "reasons": {name: reason.words for name, reason in WRITE_OFF_REASONS.items()},
        "rule": rule,
        "preview": tried,
    }
    return render(request, "corrections/write_offs.html", context, status=status)


@page("POST", right="policies.edit")
def set_rule(request: HttpRequest) -> HttpResponseBase:
    """Set the rule for small balances from a day on."""
    actor, form = signed_in(request), Form(request, signed_in(request))
    currency = entity(actor.entity_id).currency
    limit = Money(form.money("limit", "Up to", currency=currency, at_least=0), currency)
    days = form.whole_number("days", "Days after they were due", at_most=3650)
    valid_from = form.day("from", "From", earliest=day_of(actor))
    if not form.wrong:
        with refusals_in(form, actor):
            set_small_rule(limit, days, valid_from=valid_from, by=actor)
    if form.wrong:
        return _list(request, form=form, status=422)
    return acted(request, "/write-offs", f"From {valid_from} on, remainders up to {limit} are small.")


@page("POST", right="writeoffs.small")
def run_small(request: HttpRequest) -> HttpResponseBase:
    """Write off every remainder within the rule, or show what would be."""
    actor = signed_in(request)
    currency, today = entity(actor.entity_id).currency, day_of(actor)
    if request.POST.get("do") == "preview":
        tried = preview(actor, "writeoffs.small", [], lambda by: write_off_small(currency=currency, today=today, by=by))
        return _list(request, tried=tried)
    done = write_off_small(currency=currency, today=today, by=actor)
    said = (
        f"{done.items} remainder{'' if done.items == 1 else 's'} written off."
        if done.items
        else "Nothing to write off."
    )
    return acted(request, "/write-offs", said)


@page("POST", right="writeoffs.make")
def take_back(request: HttpRequest, write_off_id: int) -> HttpResponseBase:
    """Take a write-off back: the debt is open again."""
    actor = signed_in(request)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        raise BadInput("receivables.reason_missing")
    take_write_offs_back([write_off_id], reason=reason[:200], today=day_of(actor), by=actor)
    return acted(request, "/write-offs", "The write-off is taken back; the debt is open again.")
