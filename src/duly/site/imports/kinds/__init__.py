"""The import kinds; importing this registers all of them."""

from duly.site.imports.kinds import charges, contacts, customers, open_items

__all__ = ["charges", "contacts", "customers", "open_items"]
