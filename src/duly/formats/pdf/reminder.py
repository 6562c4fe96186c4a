"""A reminder of what is overdue, as it is printed: one letter to a payer with all items of all its accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.formats.pdf.document import check_head, must_equal
from duly.formats.pdf.party import Buyer, Seller


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderLine:
    """One overdue item or late charge: what is asked for of it, and how late it is; `note` says what rests and why."""

    number: str
    description: str
    asked_minor: int
    currency: str
    due_on: date
    days_late: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderDoc:
    """A reminder: the words of the policy's step, its lines, and what is asked for in each currency.

    `currency` is the one that is to be paid first (of the payer's main account); its total stands large.
    """

    number: str
    issued_on: date
    pay_by_on: date
    seller: Seller
    buyer: Buyer
    currency: str
    subject: str
    body: str
    lines: tuple[ReminderLine, ...]
    totals: tuple[tuple[str, int], ...]
    language: str = "en"
    payment_reference: str = ""
    payment_qr: str | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_head(self.number, self.currency)
        sums: dict[str, int] = {}
        for line in self.lines:
            sums[line.currency] = sums.get(line.currency, 0) + line.asked_minor
        for currency, total_minor in self.totals:
            must_equal("reminder.does_not_add_up", total_minor, sums.pop(currency, 0), currency=currency)
        must_equal("reminder.currency_left_over", 0, len(sums))

    @property
    def total_minor(self) -> int:
        """What is asked for in the main currency."""
        return dict(self.totals).get(self.currency, 0)
