"""Changes to the books: the posting door, journals by hand, the chart, periods and their close."""

from duly.ledger.actions.posting import posting_batch, reverse_entries

__all__ = ["posting_batch", "reverse_entries"]
