"""Which debts a payment settles. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

UNAPPLIED_CODE = "2150"
UNDEPOSITED_CODE = "1050"


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open item of an account: `open_minor` > 0 is owed to us, < 0 is money or credit of theirs."""

    id: int
    account_id: int
    currency: str
    due_on: date
    open_minor: int


@dataclass(frozen=True, slots=True)
class Application:
    """`amount_minor` (> 0) of the credit item settles that much of the debit item."""

    credit_item_id: int
    debit_item_id: int
    amount_minor: int


def oldest_first(items: Iterable[OpenItem]) -> list[Application]:
    """Settle what is owed with what was paid, oldest due day first, within each account and currency.

    Ties go to the lower id, so the same items always give the same answer; no item is used beyond its open
    amount.
    """
    ordered = sorted(items, key=lambda item: (item.account_id, item.currency, item.due_on, item.id))
    purses: dict[tuple[int, str], tuple[list[OpenItem], list[OpenItem]]] = {}
    for item in ordered:
        credits, debits = purses.setdefault((item.account_id, item.currency), ([], []))
        (debits if item.open_minor > 0 else credits).append(item)
    return [application for purse in purses.values() for application in _pair(*purse)]


def _pair(credits: list[OpenItem], debits: list[OpenItem]) -> list[Application]:
    applications: list[Application] = []
    left = {item.id: abs(item.open_minor) for item in (*credits, *debits)}
    waiting = iter(debits)
    debit = next(waiting, None)
    for credit in credits:
        while debit is not None and left[credit.id]:
            amount_minor = min(left[credit.id], left[debit.id])
            applications.append(Application(credit.id, debit.id, amount_minor))
            left[credit.id] -= amount_minor
            left[debit.id] -= amount_minor
            if not left[debit.id]:
                debit = next(waiting, None)
    return applications
