"""Money that came in: the list, one receipt with what it settled, recording by hand, taking back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.payments.bank import tabs_of
from duly.desk.queries import payments as queries
from duly.desk.queries.payments import ReceiptFilter
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.finding import account_filter, account_in, pages_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text
from duly.desk.web.page import back_path, done, page
from duly.desk.web.paging import LIMIT, Cursor, Sort, cursor_of, page_of
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.formats.tabular.write import Column
from duly.invoicing.queries.documents import Document, document_by_number
from duly.kernel.actions import last_event_id
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.payments.actions import ReceiptRow, apply, record, reverse, unapply
from duly.payments.models import Receipt
from duly.payments.queries import allocations_of, receipt
from duly.payments.rules import Application
from duly.receivables.models import Account
from duly.receivables.queries import account

SENTENCES.update(
    {
        "receipts.unknown": "There is no such receipt.",
        "receipts.cannot_become_reversed": "This receipt was reversed already.",
        "receipts.belongs_to_bank_line": "Its money is on a bank line: undo that match instead.",
        "receipts.currency_differs_from_account": "The account is in another currency.",
        "receipts.reason_missing": "Say in a few words why it is taken back.",
        "receivables.nothing_to_unallocate": "It is taken back already.",
    }
)
METHODS = {"cheque": "Cheque", "cash": "Cash", "card": "Card", "other": "Other"}
ALL_METHODS = {"bank": "Bank"} | METHODS | {"opening": "Taken over"}
KINDS = {"receipt": "Received", "reversal": "Reversed", "return": "Came back", "refund": "Refunded"}
FILTERS = (
    Filter("account", "Account number", chip="Account %s"),
    Filter("method", "How", "choice", ALL_METHODS, chip="%s"),
    Filter("kind", "What", "choice", KINDS, chip="%s"),
    Filter("from", "Received from", "date", chip="From %s"),
    Filter("to", "Received to", "date", chip="To %s"),
)
VIEWS = [("Everything", ""), ("Cheques", "method=cheque"), ("Came back", "kind=return"), ("Reversed", "kind=reversal")]
COLUMNS = (
    Column("Receipt"),
    Column("What"),
    Column("Account"),
    Column("Name"),
    Column("Received", "date"),
    Column("How"),
    Column("Amount", "money", "Currency"),
    Column("Not applied", "money", "Currency"),
    Column("Currency"),
    Column("Payer"),
    Column("Reference"),
    Column("Recorded by"),
)
NEWEST = Sort("received_on", descending=True)


@page("GET", right="books.view")
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Show receipts, newest first."""
    actor = signed_in(request)
    narrowed = narrow(request, FILTERS, actor, views=VIEWS)
    where = filter_of(narrowed, actor)
    if kind_asked(request):
        return table_file(request, "receipts", COLUMNS, file_rows(actor, where))
    rows = queries.receipts(actor.entity_id, where, cursor=cursor_of(request, NEWEST), limit=LIMIT)
    listed = page_of(request, rows, NEWEST, key=lambda row: row.received_on, row_id=lambda row: row.id)
    sums: dict[str, int] = {}
    for row in listed.rows:
        sums[row.currency] = sums.get(row.currency, 0) + row.amount_minor
    shown = ", ".join(money_text(minor, currency, actor.language) for currency, minor in sums.items())
    context = {
        "narrowed": narrowed,
        "page": listed,
        "tabs": tabs_of("receipts"),
        "methods": ALL_METHODS,
        "kinds": KINDS,
        "sums": f"Shown: {shown}" if shown else "",
    }
    return render(request, "payments/receipts.html", context)


def filter_of(narrowed: Narrowed, actor: Actor) -> ReceiptFilter:
    return ReceiptFilter(
        account_id=account_filter(narrowed, actor.entity_id),
        method=narrowed.values["method"],
        kind=narrowed.values["kind"],
        from_on=narrowed.values["from"],
        to_on=narrowed.values["to"],
    )


def file_rows(actor: Actor, where: ReceiptFilter) -> Iterator[tuple[Any, ...]]:
    """Yield every receipt that fits, for a file."""

    def fetch(after: Cursor | None) -> list[Receipt]:
        return queries.receipts(actor.entity_id, where, cursor=after or Cursor(), limit=2000)

    for row in pages_of(fetch, lambda last: Cursor(last.received_on, last.id)):
        yield (
            *(row.number or "", KINDS[row.kind], row.account_number, row.account_name, row.received_on),
            *(ALL_METHODS[row.method], row.amount_minor, row.unapplied_minor, row.currency, row.payer_name),
            *(row.reference, row.by_name),
        )


@page("GET", right="books.view")
def show(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """Show one receipt: where it came from and what it settled."""
    actor = signed_in(request)
    found = receipt(actor.entity_id, receipt_id)
    context = {
        "receipt": found,
        "allocations": allocations_of(actor.entity_id, receipt_id),
        "line_id": queries.line_of_receipt(actor.entity_id, found),
        "methods": ALL_METHODS,
        "kinds": KINDS,
        "limit_minor": actor.limits.get(("receipts.reverse", found.currency)),
    }
    return render(request, "payments/receipt.html", context)


@page("POST", right="receipts.reverse")
def reverse_one(request: HttpRequest, receipt_id: int) -> HttpResponseBase:
    """Reverse a receipt recorded by hand: what it settled is open again."""
    actor = signed_in(request)
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        raise BadInput("receipts.reason_missing")
    reverse([receipt_id], reason=reason, today=day_of(actor), by=actor)
    return acted(request, f"/payments/receipts/{receipt_id}", "Reversed; what it had settled is open again.")


@page("POST", right="receivables.unallocate")
def unapply_some(request: HttpRequest) -> HttpResponseBase:
    """Take allocations back: the money and the documents are open again."""
    actor = signed_in(request)
    ids = [int(each) for each in request.POST.getlist("allocation") if each.isascii() and each.isdigit()]
    if not ids:
        raise BadInput("desk.nothing_chosen", remedy="Choose what is to be taken back")
    count = unapply(ids, today=day_of(actor), by=actor)
    words = "Un-applied" if count == 1 else f"{count} un-applied"
    return acted(request, back_path(request, otherwise="/payments/receipts"), f"{words}: money and document are open.")


@page("GET", right="receipts.record")
def new(request: HttpRequest) -> HttpResponseBase:
    """Ask for a receipt by hand, for an account or for one invoice."""
    actor = signed_in(request)
    found = invoice_asked(request, actor)
    begin: dict[str, object] = {"received_on": day_of(actor), "method": "cheque"}
    begin["account"] = request.GET.get("account", "")
    if found is not None:
        begin["account"] = found.account_number
        begin["amount"] = money_text(found.open_minor or 0, found.currency, actor.language, bare=True)
    return ask(request, Form(None, actor, begin_with=begin), found)


def invoice_asked(request: HttpRequest, actor: Actor) -> Document | None:
    """Return the invoice the money is for, where one is named."""
    number = (request.POST if request.method == "POST" else request.GET).get("invoice", "")
    return document_by_number(actor.entity_id, number) if number else None


def ask(request: HttpRequest, form: Form, found: Document | None, *, status: int = 200) -> HttpResponseBase:
    context = {"form": form, "invoice": found, "methods": list(METHODS.items())}
    return render(request, "payments/new.html", context, status=status)


@page("POST", right="receipts.record")
def save(request: HttpRequest) -> HttpResponseBase:
    """Record a receipt; what is for an invoice settles it at once."""
    actor = signed_in(request)
    found = invoice_asked(request, actor)
    form = Form(request, actor)
    owner = account(actor.entity_id, found.account_id) if found else account_in(form, actor, day_of(actor))
    row = row_in(form, owner, day_of(actor))
    if owner is not None and not form.wrong:
        with refusals_in(form, actor):
            receipt_id = record(row, by=actor)
            event = last_event_id()
            applied = settle(receipt_id, found, row, actor)
            money = money_text(row.amount_minor, row.currency, actor.language)
            what = f"applied to {found.number}" if applied and found else "not applied yet"
            to = f"/invoices/{found.number}" if applied and found else f"/payments/receipts/{receipt_id}"
            return done(request, to, f"{money} from {owner.name} recorded, {what}.", undo=event)
    return ask(request, form, found, status=422)


def row_in(form: Form, owner: Account | None, today: date) -> ReceiptRow:
    """Read a receipt."""
    currency = owner.currency if owner else "EUR"
    return ReceiptRow(
        owner.id if owner else 0,
        currency,
        form.money("amount", "Amount", currency=currency, at_least=1),
        form.day("received_on", "Received on", latest=today),
        form.choice("method", "How", METHODS),
        payer_name=form.text("payer_name", "From", required=False, at_most=200),
        reference=form.text("reference", "Reference", required=False, at_most=140),
        note=form.text("note", "Note", required=False),
    )


def settle(receipt_id: int, found: Document | None, row: ReceiptRow, actor: Actor) -> bool:
    """Apply a receipt to the invoice it is for, as far as both go; False where nothing was applied."""
    if found is None or not found.open_minor or found.item_id is None or not actor.may("receivables.allocate"):
        return False
    credit = receipt(actor.entity_id, receipt_id).item_id
    amount = min(row.amount_minor, found.open_minor)
    apply([Application(credit, found.item_id, amount)], today=day_of(actor), by=actor)
    return True
