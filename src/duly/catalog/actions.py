"""Changes to what is sold, at which prices, taxed how. Prices, rates and rules are dated; none is overwritten."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from duly.catalog.models import NewItem, NewPrice, NewTaxCode, NewTaxRate, NewTaxRule, PriceChange
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_sql, fetch_value, run_sql

HERE = "duly.catalog"


@dataclass(frozen=True, slots=True)
class RemovedPrice:
    """A price taken back, and the day it held until."""

    price_id: int
    item_id: int
    from_on: date
    until: date | None


@action("catalog.edit", name="catalog.define_items")
def define_items(items: Sequence[NewItem], *, by: Actor, import_batch_id: int | None = None) -> int:
    """Make items, or bring those of a known code up to date; returns how many changed."""
    changed = run_sql(HERE, "define/items.sql", entity=by.entity_id, rows=_rows(items), batch=import_batch_id)
    act().say(f"{changed} item{'' if changed == 1 else 's'} defined", codes=[item.code for item in items[:100]])
    return changed


@action("catalog.edit", name="catalog.set_prices")
def set_prices(prices: Sequence[NewPrice], *, by: Actor) -> list[PriceChange]:
    """Set list prices from a day on; the price before ends there, one that says the same goes on.

    Returns what changed from when; agreements that follow these prices are to be told (`recheck_prices`).
    """
    rows = _rows(prices)
    _require_known("price/unknown.sql", "catalog.item_unknown", by, rows)
    run_sql(HERE, "price/1_close.sql", entity=by.entity_id, rows=rows)
    made = fetch_sql(HERE, "price/2_write.sql", PriceChange, entity=by.entity_id, rows=rows, actor=by.user_id)
    act().say(
        f"{len(made)} list price{'' if len(made) == 1 else 's'} set",
        changes=[[row.item_id, row.from_on.isoformat()] for row in made],
    )
    act().undo_with("catalog.unset_prices", price_ids=[row.price_id for row in made])
    return made


@action("catalog.edit", name="catalog.unset_prices")
def unset_prices(price_ids: Sequence[int], *, by: Actor) -> list[PriceChange]:
    """Take list prices back: the one before holds on in their place."""
    removed = fetch_sql(HERE, "price/unset_1.sql", RemovedPrice, entity=by.entity_id, ids=list(price_ids))
    pairs = [[row.price_id, row.until.isoformat() if row.until else None] for row in removed]
    run_sql(HERE, "price/unset_2.sql", entity=by.entity_id, removed=json.dumps(pairs))
    changes = [PriceChange(row.price_id, row.item_id, row.from_on) for row in removed]
    act().say(
        f"{len(removed)} list prices taken back",
        changes=[[row.item_id, row.from_on.isoformat()] for row in changes],
    )
    return changes


@action("catalog.edit", name="catalog.define_tax_codes")
def define_tax_codes(codes: Sequence[NewTaxCode], *, by: Actor) -> int:
    """Make tax codes, or bring known ones up to date; a code never changes its category."""
    rows = _rows(codes)
    changed_category = fetch_value(HERE, "define/category_changed.sql", entity=by.entity_id, rows=rows)
    if changed_category:
        raise Refused("catalog.tax_category_is_fixed", tax_code=changed_category)
    changed = run_sql(HERE, "define/tax_codes.sql", entity=by.entity_id, rows=rows)
    act().say(f"{changed} tax codes defined", codes=[code.code for code in codes])
    return changed


@action("catalog.edit", name="catalog.set_tax_rates")
def set_tax_rates(rates: Sequence[NewTaxRate], *, by: Actor) -> int:
    """Set tax rates from a day on; documents keep the rows they were made with."""
    rows = _rows(rates)
    _require_known("tax/unknown.sql", "catalog.tax_code_unknown", by, rows)
    run_sql(HERE, "tax/close_rates.sql", entity=by.entity_id, rows=rows)
    made = run_sql(HERE, "tax/write_rates.sql", entity=by.entity_id, rows=rows)
    act().say(f"{made} tax rates set", codes=sorted({rate.code for rate in rates}))
    return made


@action("catalog.edit", name="catalog.set_tax_rules")
def set_tax_rules(rules: Sequence[NewTaxRule], *, by: Actor) -> int:
    """Say from a day on which code a tax profile pays on a tax class."""
    rows = _rows(rules)
    _require_known("tax/unknown.sql", "catalog.tax_code_unknown", by, rows)
    run_sql(HERE, "tax/close_rules.sql", entity=by.entity_id, rows=rows)
    made = run_sql(HERE, "tax/write_rules.sql", entity=by.entity_id, rows=rows)
    act().say(f"{made} tax rules set", codes=sorted({rule.code for rule in rules}))
    return made


def _rows(values: Sequence[Any]) -> str:
    return json.dumps([asdict(value) for value in values], default=str)


def _require_known(path: str, code: str, by: Actor, rows: str) -> None:
    unknown = fetch_value(HERE, path, entity=by.entity_id, rows=rows)
    if unknown:
        raise Refused(code, named=unknown)
