"""What can be done about a difference, by whom, and for which side of it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from duly.matching.rules.finding import BOTH, MISSING, TOO_MUCH


@dataclass(frozen=True, slots=True)
class Resolution:
    """One way to settle a difference: the right it takes beside `discrepancies.resolve`, and what becomes of the case.

    outcome: 'resolved' (the books changed), 'dropped' (nothing to do, never asked again at this amount), 'waits'
    (stays open until an answer or a day). `reason` is the one its write-off is booked under.
    """

    key: str
    title: str
    says: str
    right: str
    outcome: str = "resolved"
    favours: frozenset[str] = BOTH
    kinds: frozenset[str] = frozenset()
    reason: str = ""
    waiting_on: str = "us"


OF_MONEY = frozenset({"short_payment", "deduction", "over_payment", "double_payment", "wrong_account"})
OF_DEBT = frozenset({"short_payment", "deduction"})
OF_THEIRS = frozenset({"over_payment", "double_payment", "wrong_account"})
OF_BILLS = frozenset({"price", "tax"})
HERE = "discrepancies.resolve"

RESOLUTIONS = {
    each.key: each
    for each in (
        Resolution(
            "credit",
            "Credit note",
            "A credit note takes it off the invoice, with its tax.",
            "invoices.credit",
            kinds=OF_DEBT | OF_BILLS,
        ),
        Resolution(
            "small",
            "Small difference",
            "Written off to 6900, within the office's rule.",
            "writeoffs.small",
            kinds=OF_MONEY,
            reason="small_difference",
        ),
        Resolution("fee", "Bank fee", "We bear it: booked to 6100.", HERE, kinds=OF_DEBT, reason="bank_fee"),
        Resolution(
            "withholding",
            "Withholding tax",
            "Booked to 1310, to be claimed with the payer's certificate.",
            HERE,
            kinds=OF_DEBT,
            reason="withholding",
        ),
        Resolution("exchange", "Exchange difference", "Booked to 6800.", HERE, kinds=OF_DEBT, reason="exchange"),
        Resolution("net", "Apply their credit", "Their own credit settles it.", "receivables.allocate", kinds=OF_DEBT),
        Resolution(
            "transfer_in",
            "Bring money from a sister account",
            "The money moves here and settles it.",
            "receivables.transfer",
            kinds=OF_DEBT,
        ),
        Resolution(
            "apply",
            "Apply to another item",
            "The money settles what else they owe.",
            "receivables.allocate",
            kinds=OF_THEIRS,
        ),
        Resolution(
            "transfer",
            "Move to the right account",
            "The money moves to the account it was meant for and settles the item there.",
            "receivables.transfer",
            kinds=OF_THEIRS,
        ),
        Resolution(
            "refund", "Refund", "A refund is requested; a second person decides.", "refunds.request", kinds=OF_THEIRS
        ),
        Resolution(
            "on_account",
            "Leave on account",
            "It stays theirs and waits for their next invoice.",
            "receivables.on_account",
            outcome="dropped",
            kinds=OF_THEIRS,
        ),
        Resolution(
            "bill",
            "Bill it",
            "A charge is drafted and goes out with the next run.",
            "charges.edit",
            kinds=frozenset({"missing_charge", "price", "tax"}) | OF_THEIRS,
        ),
        Resolution(
            "rebill",
            "Void and bill again",
            "The invoice is voided; its charges can be billed again, rightly taxed.",
            "invoices.void",
            kinds=OF_DEBT | OF_BILLS,
        ),
        Resolution(
            "correct",
            "Correct the receipt",
            "The receipt is reversed and entered again with the right amount.",
            "receipts.reverse",
            kinds=OF_MONEY,
        ),
        Resolution(
            "journal",
            "Correct by journal",
            "A journal brings the bank's ledger account in line with the bank.",
            "ledger.post",
            kinds=frozenset({"ledger_bank"}),
        ),
        Resolution(
            "ask",
            "Ask the customer",
            "The case waits a week for an answer.",
            HERE,
            outcome="waits",
            waiting_on="customer",
            kinds=OF_MONEY,
        ),
        Resolution("wait", "Wait", "The case comes back on a day.", HERE, outcome="waits", waiting_on="bank"),
        Resolution(
            "hold",
            "Stop and look into it",
            "The account is held for all but payments; nothing is refunded meanwhile.",
            "accounts.hold",
            outcome="waits",
            kinds=OF_MONEY,
        ),
        Resolution("keep", "Leave it as it is", "No difference after all: nothing is booked.", HERE, outcome="dropped"),
    )
}
ASK_DAYS = 7
WAIT_DAYS = 14


def offered(kind: str, favours: str) -> list[Resolution]:
    """Return what can be done about a case of this kind and side."""
    return [each for each in RESOLUTIONS.values() if favours in each.favours and (not each.kinds or kind in each.kinds)]


__all__ = ["ASK_DAYS", "BOTH", "MISSING", "RESOLUTIONS", "TOO_MUCH", "WAIT_DAYS", "Resolution", "offered"]
