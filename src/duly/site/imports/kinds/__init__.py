"""The import kinds; importing this registers all of them."""

from duly.site.imports.kinds import arrangements, bank_accounts, charges, contacts, customers, open_items

__all__ = ["arrangements", "bank_accounts", "charges", "contacts", "customers", "open_items"]
