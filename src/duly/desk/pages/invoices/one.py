"""One document: the paper as the customer has it, and beside it where it stands and why it says what it says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from markupsafe import Markup

from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import date_text, money_text, number_text
from duly.desk.web.page import page
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES
from duly.events.queries import events_about
from duly.formats.pdf import DocumentRefused
from duly.formats.pdf.layout import sheet_of
from duly.invoicing.actions import paper
from duly.invoicing.actions.credit import creditable_lines
from duly.invoicing.queries.documents import Document, DocumentLine, Explained, document_by_number, explain_document
from duly.kernel.actor import Actor

SENTENCES.update(
    {
        "invoice.unknown": "There is no invoice of this number.",
        "invoice.voided_already": "This invoice was voided already.",
        "invoice.credited_already": "Part of this invoice is credited already: credit what is left instead.",
        "invoice.takes_back_lines": "This invoice itself takes back lines of another: credit what is left instead.",
        "invoice.left_already": "It has left the office already and cannot be called back.",
        "credit.not_an_invoice": "Only invoices can be credited.",
        "credit.nothing_left": "Nothing of this invoice is left to credit.",
        "mail.address_unusable": "“{address}” is no e-mail address.",
        "pdf.no_font_for": "The paper has no letters for {characters}.",
    }
)
MODELS = {
    "flat": "a flat price",
    "per_unit": "a price per unit",
    "usage": "use",
    "graduated": "steps, each unit at the price of its step",
    "volume": "the price of the step reached, for all units",
    "package": "packages",
    "percentage": "a percentage",
    "minimum": "a minimum",
    "one_off": "a price once",
    "milestone": "a milestone",
}
RELATIONS = {
    "corrects": "Corrects",
    "corrected_by": "Corrected by",
    "takes_back": "Takes back lines of",
    "taken_back_by": "Lines taken back by",
    "restores": "Restores lines of",
    "restored_by": "Lines restored by",
}


@page("GET", right="books.view")
def show(request: HttpRequest, number: str) -> HttpResponseBase:
    """Show a document."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    told = explain_document(actor.entity_id, found.id)
    sheet, trouble = paper_of(actor, found)
    left = sum(line.left_minor for line in creditable_lines(actor.entity_id, found.id)) if is_invoice(found) else 0
    return render(
        request,
        "invoices/invoice.html",
        {
            "doc": found,
            "told": told,
            "sheet": sheet,
            "trouble": trouble,
            "today": day_of(actor),
            "steps": steps_of(told, day_of(actor), actor.language),
            "whys": [(line, why_of(line, told, actor)) for line in told.lines],
            "taxes": taxes_of(told, actor),
            "events": events_about(actor.entity_id, "invoice", found.id),
            "relations": RELATIONS,
            "left_minor": left,
            "untouched": is_invoice(found)
            and found.voided_by_id is None
            and left == found.total_minor
            and not any(line.reverses_invoice_id for line in told.lines),
            "reversible": found.kind == "credit_note"
            and found.corrects_id is not None
            and not any(link.relation == "corrected_by" for link in told.links)
            and not any(each.state in ("sent", "bounced") for each in told.dispatches),
            "queued": any(each.state == "queued" for each in told.dispatches),
        },
    )


def is_invoice(found: Document) -> bool:
    return found.kind == "invoice"


def paper_of(actor: Actor, found: Document) -> tuple[dict[str, Any] | None, str]:
    """Return what stands on the paper, word for word; or why it could not be set."""
    try:
        sheet = sheet_of(paper.sheet(actor.entity_id, found.id))
    except DocumentRefused as refusal:
        return None, str(refusal)
    payment = sheet.get("payment")
    if payment and payment.get("qr"):
        # Drawn by ourselves from the reference: the only markup on the sheet.
        payment["qr"] = Markup(payment["qr"])
    return sheet, ""


def steps_of(told: Explained, today: Any, language: str) -> list[tuple[str, str]]:
    """Return the way of a document: issued, sent, due, settled."""
    doc = told.document
    sent = next((each for each in reversed(told.dispatches) if each.state == "sent"), None)
    settled = doc.open_minor in (0, None)
    way = [(f"Issued {date_text(doc.issued_on, language, 'day')}", True)]
    if doc.delivery != "none" or told.dispatches:
        at = sent.sent_at.date() if sent and sent.sent_at else None
        way.append((f"Sent {date_text(at, language, 'day')}" if at else "Sent", sent is not None))
    if is_invoice(doc):
        way.append((f"Due {date_text(doc.due_on, language, 'day')}", settled or doc.due_on < today))
    closed = f" {date_text(doc.closed_on, language, 'day')}" if doc.closed_on else ""
    word = "Voided" if doc.voided_by_id else ("Paid" if is_invoice(doc) else "Applied")
    way.append((f"{word}{closed}", settled))
    first = next((i for i, (_, done) in enumerate(way) if not done), len(way))
    return [(text, "done" if done else "now" if i == first else "later") for i, (text, done) in enumerate(way)]


def taxes_of(told: Explained, actor: Actor) -> list[str]:
    """Say how each tax comes about."""
    said = []
    for tax in told.taxes:
        rate = number_text((tax.rate * 100).normalize(), actor.language)
        base = money_text(tax.taxable_minor, told.document.currency, actor.language)
        amount = money_text(tax.tax_minor, told.document.currency, actor.language)
        reason = f" ({tax.reason_code})" if tax.reason_code else ""
        said.append(f"{tax.component} {rate} % of {base} is {amount}: tax code {tax.tax_code}{reason}.")
    return said


def why_of(line: DocumentLine, told: Explained, actor: Actor) -> list[str]:
    """Say how the price of a line came to be, from what was stored when it was made."""
    facts = line.pricing if isinstance(line.pricing, dict) else {}
    currency, language = told.document.currency, actor.language

    def number(value: Any) -> str:
        return number_text(Decimal(str(value)).normalize(), language)

    said = [basis_of(line, facts, number)]
    if facts.get("used") is not None:
        free = f", of which {number(facts['included'])} are included" if facts.get("included") else ""
        said.append(
            f"{number(facts['used'])} used ({facts.get('aggregate', 'sum')} of {facts.get('meter', '')}){free}."
        )
    for step in facts.get("steps") or []:
        flat = f", and {number(step['flat_price'])} for reaching it" if step.get("flat_price") else ""
        upper = f"to {number(step['up_to'])}" if step.get("up_to") is not None else "on"
        units = f"{number(step['units'])} × {number(step.get('unit_price', 0))}"
        said.append(f"From {number(step.get('above', 0))} {upper}: {units}{flat}.")
    if facts.get("percentage") is not None:
        base = money_text(int(facts.get("base_minor") or 0), currency, language)
        said.append(f"{number(facts['percentage'])} % of {base}.")
    if facts.get("days") and facts.get("of_days") and facts["days"] != facts["of_days"]:
        said.append(f"{facts['days']} of {facts['of_days']} days of the period.")
    if line.reverses_invoice_id:
        said.append("Takes back a line that was billed before.")
    if line.credited_net_minor:
        said.append(f"{money_text(line.credited_net_minor, currency, language)} of it was credited since.")
    return said


def basis_of(line: DocumentLine, facts: dict[str, Any], number: Any) -> str:
    """Say where a line comes from and its price."""
    if facts.get("entered"):
        listed = f"; the list price is {number(facts['list_unit_price'])}" if facts.get("list_unit_price") else ""
        return f"Entered by hand{listed}."
    came = {"agreement": "From the agreement", "usage": "From use", "import": "Imported", "reversal": "A correction"}
    model = MODELS.get(str(facts.get("model", "")), "")
    price = facts.get("price", line.unit_price)
    at = f": {number(line.quantity)} × {number(price)}" if price is not None and not facts.get("steps") else ""
    listed = ", the list price of the day" if facts.get("price_id") else ""
    return f"{came.get(line.source_kind, 'Billed again')}{', ' + model if model else ''}{at}{listed}."


@page("GET", right="books.view")
def pdf(request: HttpRequest, number: str) -> HttpResponseBase:
    """Give the document's PDF: drawn once, the same bytes ever after."""
    actor = signed_in(request)
    found = document_by_number(actor.entity_id, number)
    response = HttpResponse(paper.render(actor.entity_id, found.id), content_type="application/pdf")
    kind = "attachment" if "download" in request.GET else "inline"
    safe = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in found.number)
    response["Content-Disposition"] = f'{kind}; filename="{safe}.pdf"'
    return response
