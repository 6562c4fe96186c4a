"""A document in a few sentences, for the mail that carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duly.formats.pdf.document import InvoiceDoc, StatementDoc
from duly.formats.pdf.invoice_sheet import due
from duly.formats.pdf.reminder import ReminderDoc
from duly.formats.pdf.reminder_sheet import asked
from duly.formats.pdf.sheet import Pen, Sheet
from duly.formats.pdf.statement_sheet import balance

UNSAFE_IN_FILE_NAMES = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a mail says: subject, sentences, facts as (label, value), signature lines, the PDF's file name."""

    subject: str
    greeting: str
    body: str
    facts: tuple[tuple[str, str], ...]
    attachment: str
    questions: str
    closing: str
    signature: tuple[str, ...]
    file_name: str


def summary_of(doc: InvoiceDoc | StatementDoc | ReminderDoc, pen: Pen) -> Summary:
    """Return the mail's words for a document in its language."""
    words, kind = pen.words, kind_of(doc)
    name, seller = doc.buyer.contact_name, doc.seller
    headline = headline_of(doc, pen)
    contact = (seller.phone, seller.email, seller.website)
    return Summary(
        subject=doc.subject
        if isinstance(doc, ReminderDoc)
        else words(f"mail.subject.{kind}", number=doc.number, seller=seller.name),
        greeting=words("mail.greeting", name=name) if name else words("mail.greeting.unnamed"),
        body=doc.body
        if isinstance(doc, ReminderDoc)
        else words(f"mail.body.{kind}", number=doc.number, issued_on=pen.figures.day(doc.issued_on)),
        facts=(
            (headline["label"], headline["amount"]),
            *((label, value) for label, value in headline["cells"]),
        ),
        attachment=words("mail.attachment"),
        questions=" ".join(
            [words("mail.questions"), *([words("mail.opt_out")] if isinstance(doc, ReminderDoc) else [])]
        ),
        closing=words("mail.closing"),
        signature=(seller.name, *seller.address.lines(), *(text for text in contact if text)),
        file_name=f"{UNSAFE_IN_FILE_NAMES.sub('-', words(f'kind.{kind}') + ' ' + doc.number).strip('-')}.pdf",
    )


def kind_of(doc: InvoiceDoc | StatementDoc | ReminderDoc) -> str:
    """Return the key of the document's kind among the words."""
    if isinstance(doc, InvoiceDoc):
        return doc.kind
    return "reminder" if isinstance(doc, ReminderDoc) else "statement"


def headline_of(doc: InvoiceDoc | StatementDoc | ReminderDoc, pen: Pen) -> Sheet:
    """Return the amount that matters most, and what stands beside it."""
    if isinstance(doc, InvoiceDoc):
        return due(doc, pen)
    return asked(doc, pen) if isinstance(doc, ReminderDoc) else balance(doc, pen)
