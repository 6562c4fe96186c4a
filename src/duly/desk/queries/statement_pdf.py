"""A statement of account as PDF, as the same statement goes out by mail."""

from __future__ import annotations

from duly.collections.papers import statement_doc
from duly.formats.pdf import render_pdf
from duly.receivables.models import Account
from duly.receivables.queries import Statement


def statement_pdf(entity_id: int, account: Account, found: Statement) -> bytes:
    """Return the statement as PDF in the customer's language."""
    return render_pdf(statement_doc(entity_id, account, found))
