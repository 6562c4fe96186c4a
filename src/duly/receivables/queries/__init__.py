"""Reading receivables: accounts, open items, aging, statements, balances and why they are what they are."""

from duly.receivables.queries.accounts import (
    AccountFilter,
    AccountRow,
    account,
    account_by_number,
    accounts_page,
    holds_of,
)
from duly.receivables.queries.aging import (
    BUCKETS,
    Aging,
    account_aging,
    aging_page,
    aging_totals,
    stream_aging,
)
from duly.receivables.queries.balance import BalanceLine, BalanceWhy, balance_minor, explain_balance
from duly.receivables.queries.control import ControlTotal, control_totals, items_off_the_ledger
from duly.receivables.queries.items import (
    OpenItem,
    Settlement,
    item_of_document,
    items_of_account,
    open_items_page,
    settlements_of,
    stream_open_items,
)
from duly.receivables.queries.statement import Statement, StatementLine, statement
from duly.receivables.queries.unapplied import (
    UnappliedRow,
    unapplied_now_page,
    unapplied_page,
    unapplied_totals,
)

__all__ = [
    "BUCKETS",
    "AccountFilter",
    "AccountRow",
    "Aging",
    "BalanceLine",
    "BalanceWhy",
    "ControlTotal",
    "OpenItem",
    "Settlement",
    "Statement",
    "StatementLine",
    "UnappliedRow",
    "account",
    "account_aging",
    "account_by_number",
    "accounts_page",
    "aging_page",
    "aging_totals",
    "balance_minor",
    "control_totals",
    "explain_balance",
    "holds_of",
    "item_of_document",
    "items_of_account",
    "items_off_the_ledger",
    "open_items_page",
    "settlements_of",
    "statement",
    "stream_aging",
    "stream_open_items",
    "unapplied_now_page",
    "unapplied_page",
    "unapplied_totals",
]
