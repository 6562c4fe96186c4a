"""The books in the office's language."""

from __future__ import annotations

from datetime import date

from duly.kernel.actions import action
from duly.kernel.actor import Actor
from duly.ledger.actions import post_journal
from duly.ledger.models import Journal
from duly.ledger.rules import JournalLine
from tests.scenario import Office


def journal(
    office: Office,
    debit: str,
    credit: str,
    amount_minor: int,
    *,
    on: date,
    currency: str = "EUR",
    memo: str = "accrual",
    by: Actor | None = None,
) -> Journal:
    """Debit one ledger account, credit another."""
    lines = [JournalLine(debit, currency, amount_minor), JournalLine(credit, currency, -amount_minor)]
    return post_journal(lines, effective_on=on, memo=memo, by=by or office.accountant)


@action("ledger.post", name="tests.act")
def acting(*, by: Actor) -> None:
    """An action that does nothing but leave its event."""
