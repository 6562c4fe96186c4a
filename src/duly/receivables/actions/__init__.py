"""Changes to accounts, open items, allocations, holds and document numbers."""

from duly.receivables.actions.allocations import allocation_batch, unallocate
from duly.receivables.actions.items import item_batch
from duly.receivables.actions.numbers import number_batch

__all__ = ["allocation_batch", "item_batch", "number_batch", "unallocate"]
