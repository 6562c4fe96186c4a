"""What collections does when something happened elsewhere."""

from __future__ import annotations

from duly.collections.actions.keeping import keep_books
from duly.collections.actions.standing import refresh_board
from duly.kernel import clock
from duly.kernel.actions import Act

MOVED_BY = (
    "receipts.record",
    "receipts.apply",
    "receipts.apply_oldest_first",
    "receipts.unapply",
    "receipts.reverse",
    "receipts.move",
    "invoices.credit",
    "accounts.hold",
    "accounts.release",
    "matching.accept",
    "receivables.transfer",
    "writeoffs.make",
)
"""Acts after which an account may stand elsewhere on the board."""


def account_moved(done: Act) -> None:
    """Judge the promises and plans of the account anew and renew its place on the board; what is said stays."""
    if done.account_id is None:
        return
    today, summary, quiet = clock.today_in(done.by.zone), done.summary, done.quiet
    keep_books(today, by=done.by, account_id=done.account_id)
    refresh_board(today, by=done.by, account_ids=[done.account_id])
    done.summary, done.quiet = summary, quiet
