"""Looking things up in the catalog. In SQL, join catalog_tax_rule on profile, class and the tax point's day."""

from __future__ import annotations

from datetime import date

from duly.catalog.models import Item, Price, TaxCode, TaxRate, TaxRule
from duly.kernel.refusals import NotFound
from duly.kernel.sql import fetch_sql

HERE = "duly.catalog"
PAGE = 50


def items(entity_id: int, *, q: str | None = None, after: str = "", limit: int = PAGE) -> list[Item]:
    """Return items by code after `after`, those whose code or name holds `q`."""
    words = f"%{q}%" if q else None
    return fetch_sql(HERE, "look/items.sql", Item, entity=entity_id, q=words, after=after, limit=limit, id=None)


def item(entity_id: int, item_id: int) -> Item:
    """Return one item; NotFound when the entity has none of that id."""
    found = fetch_sql(HERE, "look/items.sql", Item, entity=entity_id, q=None, after="", limit=1, id=item_id)
    if not found:
        raise NotFound("catalog.item_unknown", item=item_id)
    return found[0]


def prices(entity_id: int, item_id: int, *, currency: str | None = None) -> list[Price]:
    """Return every version of an item's list prices, newest first."""
    return fetch_sql(
        HERE,
        "look/prices.sql",
        Price,
        entity=entity_id,
        item=item_id,
        currency=currency,
        on_day=None,
        price_list=None,
    )


def price_on(
    entity_id: int, item_id: int, currency: str, on_day: date, *, price_list: str = "standard"
) -> Price | None:
    """Return the list price of an item in force on a day, or None."""
    found = fetch_sql(
        HERE,
        "look/prices.sql",
        Price,
        entity=entity_id,
        item=item_id,
        currency=currency,
        on_day=on_day,
        price_list=price_list,
    )
    return found[0] if found else None


def tax_codes(entity_id: int) -> list[TaxCode]:
    """Return the entity's tax codes."""
    return fetch_sql(HERE, "look/tax_codes.sql", TaxCode, entity=entity_id)


def tax_rates(entity_id: int, *, code: str | None = None, on_day: date | None = None) -> list[TaxRate]:
    """Return the rate rows of a code (or all), every version or those in force on a day."""
    return fetch_sql(HERE, "look/tax_rates.sql", TaxRate, entity=entity_id, code=code, on_day=on_day)


def tax_rules(
    entity_id: int, *, profile: str | None = None, tax_class: str | None = None, on_day: date | None = None
) -> list[TaxRule]:
    """Return which code profiles pay on classes, every version or those in force on a day."""
    return fetch_sql(
        HERE,
        "look/tax_rules.sql",
        TaxRule,
        entity=entity_id,
        profile=profile,
        tax_class=tax_class,
        on_day=on_day,
    )


def tax_code_on(entity_id: int, profile: str, tax_class: str, on_day: date) -> str | None:
    """Return the tax code an account's profile pays on an item's class on a tax point, or None when no rule says."""
    rules = tax_rules(entity_id, profile=profile, tax_class=tax_class, on_day=on_day)
    return rules[0].code if rules else None
