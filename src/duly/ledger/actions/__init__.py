"""Changes to the books: the posting door, journals by hand, the chart, periods and their close."""

from duly.ledger.actions.chart import import_accounts, undo_import_accounts
from duly.ledger.actions.close import close_period, reopen_period
from duly.ledger.actions.journals import accept_journal, post_journal, refuse_journal, reverse_journal
from duly.ledger.actions.posting import posting_batch, reverse_entries

__all__ = [
    "accept_journal",
    "close_period",
    "import_accounts",
    "post_journal",
    "posting_batch",
    "refuse_journal",
    "reopen_period",
    "reverse_entries",
    "reverse_journal",
    "undo_import_accounts",
]
