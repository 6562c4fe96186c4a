"""Invoices, credit notes and statements of account on paper: a frozen document in, PDF bytes out."""

from duly.formats.pdf.document import (
    Address,
    AgingBucket,
    Attachment,
    BankDetails,
    Buyer,
    DocumentRefused,
    InvoiceDoc,
    Kind,
    Line,
    Seller,
    StatementDoc,
    StatementLine,
    TaxGroup,
)
from duly.formats.pdf.reminder import ReminderDoc, ReminderLine
from duly.formats.pdf.render import render_pdf

__all__ = [
    "Address",
    "AgingBucket",
    "Attachment",
    "BankDetails",
    "Buyer",
    "DocumentRefused",
    "InvoiceDoc",
    "Kind",
    "Line",
    "ReminderDoc",
    "ReminderLine",
    "Seller",
    "StatementDoc",
    "StatementLine",
    "TaxGroup",
    "render_pdf",
]
