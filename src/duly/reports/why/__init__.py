"""Why: a number, a balance, a price, a tax, a match or a hold, down to the rows that were stored when it was
made."""

from duly.reports.why.ask import why
from duly.reports.why.models import Why

__all__ = ["Why", "why"]
