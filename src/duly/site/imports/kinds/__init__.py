"""The import kinds; importing this registers all of them."""

from duly.site.imports.kinds import (
    arrangements,
    bank_accounts,
    catalog,
    charges,
    chart,
    contacts,
    customers,
    open_items,
    usage,
)

__all__ = [
    "arrangements",
    "bank_accounts",
    "catalog",
    "charges",
    "chart",
    "contacts",
    "customers",
    "open_items",
    "usage",
]
