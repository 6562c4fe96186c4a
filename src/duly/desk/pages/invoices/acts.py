"""What can be done with an issued document: send again, credit, void, correct. It is never edited."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.pages.charges.drafts import plain
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text, number_text
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.invoicing.actions.credit import credit_invoice, creditable_lines
from duly.invoicing.actions.delivery import resend_invoice
from duly.invoicing.actions.reverse_credit import reverse_credit
from duly.invoicing.actions.void import correct_invoice, void_invoice
from duly.invoicing.queries.documents import Document, DocumentLine, document, document_by_number, lines_of
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput

SENTENCES.update(
    {
        "correct.nothing_to_bill": "Nothing is left to bill: void the invoice instead.",
        "credit.more_than_left": "More than is left of a line.",
        "credit.amount_exceeds_left": "More than is left of the invoice.",
        "credit.sent_already": "{number} has been sent. Enter what was credited as a charge and bill it: then the"
        " customer has a paper for it.",
        "credit.voids_an_invoice": "{number} voids an invoice, and its charges wait to be billed again. Bill those.",
        "credit.billed_again": "What {number} credited was billed again since. Credit or bill the difference instead.",
        "credit.reversed_already": "{number} was taken back already.",
        "credit.not_a_credit_of_an_invoice": "{number} is no credit note of one invoice.",
        "invoice.reason_missing": "Say why; it stands on the credit note.",
    }
)


@page("POST", right="invoices.send")
def resend(request: HttpRequest, number: str) -> HttpResponseBase:
    """Send a document once more, to its account's address or another, or as a file."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    to = request.POST.get("to", "").strip()
    as_file = request.POST.get("how") == "file"
    resend_invoice(found.id, by=actor, to="" if as_file else to, as_file=as_file)
    where = "into the drop folder" if as_file else f"to {to}" if to else "to the account’s address"
    return acted(request, f"/invoices/{number}", f"{number} goes {where} in 60 seconds.")


@page("POST", right="invoices.void")
def void(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take an invoice back whole; its charges can be billed again."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    credit_id = void_invoice(found.id, reason=reason_in(request), today=day_of(actor), by=actor)
    note = document(actor.entity_id, credit_id).number
    return acted(request, f"/invoices/{number}", f"{number} is voided by {note}; its charges wait to be billed again.")


def reason_in(request: HttpRequest) -> str:
    """Read the reason of an act that leaves a document."""
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        raise BadInput("invoice.reason_missing")
    return reason


@page("GET", right="invoices.credit")
def credit_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show what of an invoice can still be credited."""
    actor = signed_in(request)
    return credit_page(request, document_by_number(actor.entity_id, number), Form(None, actor))


def credit_page(request: HttpRequest, found: Document, form: Form, *, status: int = 200) -> HttpResponseBase:
    actor = signed_in(request)
    left = {line.line: line for line in creditable_lines(actor.entity_id, found.id)}
    lines = [(line, left[line.line]) for line in lines_of(actor.entity_id, found.id) if line.line in left]
    context = {
        "doc": found,
        "form": form,
        "lines": lines,
        "left_minor": sum(line.left_minor for line in left.values()),
        "limit_minor": actor.limits.get(("invoices.credit", found.currency)),
    }
    return render(request, "invoices/credit.html", context, status=status)


@page("POST", right="invoices.credit")
def credit(request: HttpRequest, number: str) -> HttpResponseBase:
    """Credit all that is left, some lines, or an amount."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    form = Form(request, actor)
    how = form.choice("how", "How much", ("full", "lines", "amount"))
    reason = form.text("reason", "Reason", at_most=200)
    wanted = credit_in(form, actor, found, how)
    if not form.wrong:
        with refusals_in(form, actor):
            credit_id = credit_invoice(found.id, **wanted, reason=reason, today=day_of(actor), by=actor)
            made = document(actor.entity_id, credit_id)
            amount = money_text(-made.total_minor, made.currency, actor.language)
            return acted(request, f"/invoices/{made.number}", f"Credited {amount} of {number}.")
    return credit_page(request, found, form, status=422)


def credit_in(form: Form, actor: Actor, found: Document, how: str) -> dict[str, Any]:
    """Read how much is credited, as the action takes it."""
    if how == "amount":
        return {"amount_minor": form.money("amount", "Amount", currency=found.currency, at_least=1)}
    if how != "lines":
        return {}
    wanted: dict[int, int] = {}
    for line in creditable_lines(actor.entity_id, found.id):
        name = f"line_{line.line}"
        if form.typed(name).strip():
            minor = form.money(name, f"Line {line.line}", currency=found.currency)
            if minor:
                wanted[line.line] = minor
    if not wanted and not form.wrong:
        form.whole.append("Write an amount beside at least one line.")
    return {"lines": wanted}


@page("POST", right="invoices.credit")
def reverse(request: HttpRequest, number: str) -> HttpResponseBase:
    """Take a credit note back by its mirror document, before it has left."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    mirror_id = reverse_credit(found.id, reason=reason_in(request), today=day_of(actor), by=actor)
    mirror = document(actor.entity_id, mirror_id).number
    said = f"{number} is taken back by {mirror}; {found.corrects_number} stands as before."
    return acted(request, f"/invoices/{found.corrects_number}", said)


@page("GET", right="invoices.void")
def correct_form(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show the lines of an invoice to be billed again as they should have been."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    lines = lines_of(actor.entity_id, found.id)
    begin = {name: value for line in lines for name, value in begins(line, found, actor.language).items()}
    return correct_page(request, found, lines, Form(None, actor, begin_with=begin))


def begins(line: DocumentLine, found: Document, language: str) -> dict[str, object]:
    """Return the fields of one line as they begin."""
    return {
        f"description_{line.line}": line.description,
        f"quantity_{line.line}": number_text(plain(line.quantity), language),
        f"price_{line.line}": "" if line.unit_price is None else number_text(plain(line.unit_price), language),
        f"net_{line.line}": money_text(line.net_minor, found.currency, language, bare=True),
    }


def correct_page(
    request: HttpRequest, found: Document, lines: list[DocumentLine], form: Form, *, status: int = 200
) -> HttpResponseBase:
    return render(request, "invoices/correct.html", {"doc": found, "lines": lines, "form": form}, status=status)


@page("POST", right="invoices.void")
def correct(request: HttpRequest, number: str) -> HttpResponseBase:
    """Credit an invoice in full and bill its lines again as changed: one act, two documents."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    lines = lines_of(actor.entity_id, found.id)
    form = Form(request, actor)
    reason = form.text("reason", "Reason", at_most=200)
    changes = {line.line: change for line in lines if (change := change_in(form, line, found))}
    if not form.wrong and not changes:
        form.whole.append("Nothing is different from before.")
    if not form.wrong:
        with refusals_in(form, actor):
            done = correct_invoice(found.id, changes, reason=reason, today=day_of(actor), by=actor)
            new, note = (document(actor.entity_id, each).number for each in (done.invoice_id, done.credit_note_id))
            return acted(request, f"/invoices/{new}", f"{number} is credited by {note} and billed again as {new}.")
    return correct_page(request, found, lines, form, status=422)


def change_in(form: Form, line: DocumentLine, found: Document) -> dict[str, Any]:
    """Read what is different of one line; the net follows quantity and price unless it was changed itself."""
    at = line.line
    if form.flag(f"drop_{at}"):
        return {"drop": True}
    read: dict[str, Any] = {
        "description": form.text(f"description_{at}", f"Description of line {at}"),
        "quantity": form.decimal(f"quantity_{at}", f"Quantity of line {at}"),
        "net_minor": form.money(f"net_{at}", f"Net of line {at}", currency=found.currency),
    }
    if form.typed(f"price_{at}").strip():
        read["unit_price"] = form.decimal(f"price_{at}", f"Price of line {at}")
    return {name: value for name, value in read.items() if value != getattr(line, name)}
