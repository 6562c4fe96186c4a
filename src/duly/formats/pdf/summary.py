"""A document in a few sentences, for the mail that carries it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from duly.formats.pdf.document import InvoiceDoc, StatementDoc
from duly.formats.pdf.invoice_sheet import due
from duly.formats.pdf.sheet import Pen
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


def summary_of(doc: InvoiceDoc | StatementDoc, pen: Pen) -> Summary:
    """Return the mail's words for a document in its language."""
    words, kind = pen.words, doc.kind if isinstance(doc, InvoiceDoc) else "statement"
    name, seller = doc.buyer.contact_name, doc.seller
    headline = due(doc, pen) if isinstance(doc, InvoiceDoc) else balance(doc, pen)
    contact = (seller.phone, seller.email, seller.website)
    return Summary(
        subject=words(f"mail.subject.{kind}", number=doc.number, seller=seller.name),
        greeting=words("mail.greeting", name=name) if name else words("mail.greeting.unnamed"),
        body=words(f"mail.body.{kind}", number=doc.number, issued_on=pen.figures.day(doc.issued_on)),
        facts=(
            (headline["label"], headline["amount"]),
            *((label, value) for label, value in headline["cells"]),
        ),
        attachment=words("mail.attachment"),
        questions=words("mail.questions"),
        closing=words("mail.closing"),
        signature=(seller.name, *seller.address.lines(), *(text for text in contact if text)),
        file_name=f"{UNSAFE_IN_FILE_NAMES.sub('-', words(f'kind.{kind}') + ' ' + doc.number).strip('-')}.pdf",
    )
