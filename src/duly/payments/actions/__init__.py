"""Changes to receipts: recording, applying to open items, reversing, meeting the bank line."""

from duly.payments.actions.apply import apply, apply_oldest_first, unapply
from duly.payments.actions.batch import receipt_batch
from duly.payments.actions.corrections import AccountShare, AsItShouldBe, correct, move, split
from duly.payments.actions.deposit import deposit, undeposit
from duly.payments.actions.record import ReceiptRow, record, record_receipts
from duly.payments.actions.reverse import lock_items, reverse, reverse_from_bank

__all__ = [
    "AccountShare",
    "AsItShouldBe",
    "ReceiptRow",
    "apply",
    "apply_oldest_first",
    "correct",
    "deposit",
    "lock_items",
    "move",
    "receipt_batch",
    "record",
    "record_receipts",
    "reverse",
    "reverse_from_bank",
    "split",
    "unapply",
    "undeposit",
]
