"""From a word somebody has in their hands to what it names, and to whoever can explain that."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_sql
from duly.reports.why.account import why_account, why_opening
from duly.reports.why.books import why_entry, why_journal, why_ledger_account, why_period
from duly.reports.why.catalog import why_item, why_tax_code
from duly.reports.why.corrections import why_late_charge, why_refund, why_transfer, why_write_off
from duly.reports.why.document import why_document
from duly.reports.why.models import Asked, Why
from duly.reports.why.money_in import why_bank_line, why_receipt
from duly.reports.why.work import why_agreement, why_run

HERE = "duly.reports"
BY_WORD = {
    "bank_line": re.compile(r"(?:bank[ -]?)?line[ :#-]*(\d+)", re.IGNORECASE),
    "run": re.compile(r"run[ :#-]*(\d+)", re.IGNORECASE),
    "entry": re.compile(r"entry[ :#-]*(\d+)", re.IGNORECASE),
    "journal": re.compile(r"journal[ :#-]*(\d+)", re.IGNORECASE),
}
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
EXPLAINERS: dict[str, Callable[[Asked], Why]] = {
    "account": why_account,
    "opening": why_opening,
    "invoice": why_document,
    "credit_note": why_document,
    "receipt": why_receipt,
    "late_charge": why_late_charge,
    "transfer": why_transfer,
    "write_off": why_write_off,
    "refund": why_refund,
    "agreement": why_agreement,
    "ledger_account": why_ledger_account,
    "item": why_item,
    "tax_code": why_tax_code,
    "bank_line": why_bank_line,
    "run": why_run,
    "entry": why_entry,
    "journal": why_journal,
    "period": why_period,
}
REMEDY = (
    "name a document, receipt, agreement or account by its number, a payment reference, a ledger account or item code,"
    " a tax code, a month as 2026-01, or say `line 12`, `run 3`, `entry 7`, `journal 2`"
)


@dataclass(frozen=True, slots=True)
class _Subject:
    kind: str
    id: int
    number: str


def why(entity_id: int, subject: str, *, as_of: date) -> Why:
    """Explain a subject as of the end of a day; NotFound "why.subject_unknown" says what can be asked
    about."""
    word = " ".join(subject.split())
    found = _named(word) or _registered(entity_id, word)
    if found is None and word.isdigit():
        found = _Subject("bank_line", int(word), word)
    if found is None:
        raise NotFound("why.subject_unknown", subject=word, remedy=REMEDY)
    return EXPLAINERS[found.kind](Asked(entity_id, as_of, found.kind, found.id, found.number))


def _named(word: str) -> _Subject | None:
    for kind, pattern in BY_WORD.items():
        if match := pattern.fullmatch(word):
            return _Subject(kind, int(match[1]), word)
    return _Subject("period", 0, word) if MONTH.fullmatch(word) else None


def _registered(entity_id: int, word: str) -> _Subject | None:
    rows = fetch_sql(HERE, "why/subject.sql", _Subject, entity=entity_id, word=word)
    return rows[0] if rows else None
