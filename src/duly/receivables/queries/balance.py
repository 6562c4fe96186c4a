"""Why a balance is what it is: opening + charges - credits - payments, every figure with the way to its
rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from duly.kernel.sql import fetch_sql, fetch_value
from duly.receivables.queries.accounts import account

HERE = "duly.receivables"
FIRST_DAY = date(1, 1, 1)
LABELS = {
    "opening": "Opening balance",
    "invoice": "Charges",
    "late_charge": "Late charges",
    "credit_note": "Credits",
    "payment": "Payments",
    "transfer": "Moved from other accounts",
    "transfer_out": "Moved to other accounts",
    "write_off": "Written off",
    "other": "Other",
}
ALWAYS = ("opening", "invoice", "credit_note", "payment")
"""Steps that are shown even where nothing happened."""


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    minor: int
    items: int


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One step of the waterfall: what it is, how many documents, how much (minor units, owed to us
    positive)."""

    kind: str
    label: str
    items: int
    amount_minor: int
    href: str


@dataclass(frozen=True, slots=True)
class BalanceWhy:
    """A balance and the steps that make it; the steps always add up to it."""

    account_id: int
    number: str
    name: str
    currency: str
    from_on: date | None
    as_of: date
    lines: tuple[BalanceLine, ...]
    balance_minor: int


def balance_minor(entity_id: int, account_id: int, as_of: date, *, currency: str | None = None) -> int:
    """Return what the account owes at the end of a day, in minor units of its currency (or the one named)."""
    wanted = currency or account(entity_id, account_id).currency
    return int(
        fetch_value(HERE, "read/balance.sql", entity=entity_id, account=account_id, currency=wanted, as_of=as_of)
    )


def explain_balance(
    entity_id: int, account_id: int, as_of: date, *, from_on: date | None = None, currency: str | None = None
) -> BalanceWhy:
    """Return the waterfall of an account's balance at the end of a day, from the beginning or from a day."""
    owner = account(entity_id, account_id)
    wanted = currency or owner.currency
    parts = fetch_sql(
        HERE,
        "read/balance_parts.sql",
        _Part,
        entity=entity_id,
        account=account_id,
        currency=wanted,
        from_on=from_on or FIRST_DAY,
        as_of=as_of,
    )
    found = {part.kind: part for part in parts}
    lines = []
    for kind, label in LABELS.items():
        part = found.get(kind)
        if part or kind in ALWAYS:
            since = f"&from={from_on}" if from_on else ""
            lines.append(
                BalanceLine(
                    kind,
                    label,
                    part.items if part else 0,
                    part.minor if part else 0,
                    f"/accounts/{owner.number}?tab=items&kind={kind}&as_of={as_of}{since}",
                )
            )
    return BalanceWhy(
        account_id=account_id,
        number=owner.number,
        name=owner.name,
        currency=wanted,
        from_on=from_on,
        as_of=as_of,
        lines=tuple(lines),
        balance_minor=sum(line.amount_minor for line in lines),
    )
