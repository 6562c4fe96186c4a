"""Decisions about accounts, items and numbers. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SeriesShape:
    """How the numbers of a document kind look: `INV-2026-000001`; the digit keeps payment references
    distinct."""

    prefix: str
    digit: int


REFERENCE_SCHEMES = {
    "RF": "ISO 11649 references (RF)",
    "OGM": "Belgian structured communications (+++ddd/dddd/ddddd+++)",
    "QRR": "Swiss QR references",
    "KID": "Norwegian KID numbers",
    "VIITE": "Finnish reference numbers",
}
"""The payment references documents may carry, in words."""

SERIES = {
    "invoice": SeriesShape("INV", 1),
    "credit_note": SeriesShape("CN", 2),
    "receipt": SeriesShape("RCT", 3),
    "agreement": SeriesShape("AGR", 4),
    "account": SeriesShape("A", 5),
    "journal": SeriesShape("JRN", 6),
    "opening": SeriesShape("OPEN", 7),
    "transfer": SeriesShape("TRF", 8),
    "write_off": SeriesShape("WO", 9),
    "refund": SeriesShape("RFD", 0),
    "late_charge": SeriesShape("LC", 10),
}

BAD_DEBT_CODE = "6950"
SMALL_DIFFERENCE_CODE = "6900"


@dataclass(frozen=True, slots=True)
class WriteOffReason:
    """Why a debt is given up: in words, the ledger account that bears the loss, whether a note is needed."""

    words: str
    code: str
    needs_note: bool = False


WRITE_OFF_REASONS = {
    "uncollectable": WriteOffReason("Cannot be collected", BAD_DEBT_CODE),
    "insolvent": WriteOffReason("The customer is insolvent", BAD_DEBT_CODE),
    "not_worth_it": WriteOffReason("Collecting costs more than it brings", BAD_DEBT_CODE),
    "time_barred": WriteOffReason("Too old to be claimed", BAD_DEBT_CODE),
    "settled_for_less": WriteOffReason("Settled for less, as agreed", BAD_DEBT_CODE, needs_note=True),
    "small_difference": WriteOffReason("Small difference", SMALL_DIFFERENCE_CODE),
    "bank_fee": WriteOffReason("Fee a bank kept on the way", "6100"),
    "withholding": WriteOffReason("Tax the payer had to keep", "1310"),
    "exchange": WriteOffReason("Exchange rate", "6800"),
    "other": WriteOffReason("Other", BAD_DEBT_CODE, needs_note=True),
}
"""Giving a discount or correcting a bill is a credit note, never a write-off."""


@dataclass(frozen=True, slots=True)
class SmallBalanceRule:
    """Up to `limit_minor`, `older_than_days` after it was due: what a run writes off; id 0 is the shipped rule."""

    id: int
    currency: str
    limit_minor: int
    older_than_days: int


SHIPPED_SMALL_DAYS = 30


def shipped_small_balance(currency: str, digits: int) -> SmallBalanceRule:
    """Return the rule of an office that set none: 0.99, a month after it was due."""
    return SmallBalanceRule(0, currency, max(10**digits - 1, 0), SHIPPED_SMALL_DAYS)
