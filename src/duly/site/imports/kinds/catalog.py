"""Items and their list prices. A catalog is small, so its values pass through Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duly.catalog.actions import define_items, set_prices
from duly.catalog.models import NewItem, NewPrice
from duly.kernel.sql import fetch_sql
from duly.site.imports.spec import Batch, Counts, Field, Kind, register

HERE = "duly.site"


@dataclass(frozen=True, slots=True)
class _Item:
    item: str
    name: str
    description: str
    unit: str
    tax_class: str
    revenue_account: str


@dataclass(frozen=True, slots=True)
class _Price:
    item: str
    currency: str
    unit_price: Decimal
    valid_from: date
    price_list: str


def take_in_items(batch: Batch) -> Counts:
    """Define the items; known codes are brought up to date."""
    rows = fetch_sql(HERE, "imports/items/rows.sql", _Item)
    wanted = [
        NewItem(row.item, row.name, row.description, {}, row.unit, row.tax_class, row.revenue_account) for row in rows
    ]
    return Counts(created=define_items(wanted, by=batch.by, import_batch_id=batch.id) if wanted else 0)


def take_in_prices(batch: Batch) -> Counts:
    """Set the prices from their days on."""
    rows = fetch_sql(HERE, "imports/prices/rows.sql", _Price)
    wanted = [NewPrice(row.item, row.currency, row.unit_price, row.valid_from, row.price_list) for row in rows]
    return Counts(created=len(set_prices(wanted, by=batch.by)) if wanted else 0)


ITEMS = register(
    Kind(
        "items",
        "items",
        (
            Field("item", required=True, aliases=("item code", "code", "sku", "artikel", "artikelnummer")),
            Field("name", required=True, aliases=("item name", "bezeichnung", "title")),
            Field("description", default="", aliases=("text", "beschreibung")),
            Field("unit", default="unit", aliases=("einheit", "unit of measure")),
            Field("tax_class", "code", default="standard", aliases=("tax", "steuerklasse")),
            Field("revenue_account", default="4000", aliases=("revenue", "ledger account", "gl account", "erlöskonto")),
        ),
        ("imports/items/problems.sql",),
        take_in_items,
    )
)
PRICES = register(
    Kind(
        "prices",
        "prices",
        (
            Field("item", required=True, aliases=("item code", "code", "sku", "artikel")),
            Field("currency", "upper", default="EUR"),
            Field("unit_price", "number", required=True, aliases=("price", "preis", "rate")),
            Field("valid_from", "date", required=True, aliases=("from", "gültig ab", "effective")),
            Field("price_list", default="standard", aliases=("list",)),
        ),
        ("imports/prices/problems.sql",),
        take_in_prices,
    )
)
