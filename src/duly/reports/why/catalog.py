"""Why an item has its price, and a tax code its rate."""

from __future__ import annotations

from duly.catalog.queries import item, prices, tax_codes, tax_rates, tax_rules
from duly.reports.why.models import Asked, Why, group


def why_item(asked: Asked) -> Why:
    """Explain an item's list prices, each from its day, and how it is taxed on the day."""
    found = item(asked.entity_id, asked.id)
    listed = [
        Why(
            f"{price.unit_price.normalize():f} {price.currency} a {found.unit} from {price.valid_from}"
            + (f" until {price.valid_to}" if price.valid_to else "")
            + f" (price list {price.price_list})"
        )
        for price in prices(asked.entity_id, asked.id)
    ]
    taxed = [
        Why(f"accounts of profile {rule.tax_profile} pay {rule.code}", href=f"/why/{rule.code}")
        for rule in tax_rules(asked.entity_id)
        if rule.tax_class == found.tax_class and rule.valid_from <= asked.as_of
        if rule.valid_to is None or rule.valid_to > asked.as_of
    ]
    return Why(
        f"{found.code} {found.name}, of tax class {found.tax_class}, revenue on {found.revenue_account}",
        (
            *group("List prices", listed),
            *group(f"Tax on {asked.as_of}", taxed),
        ),
    )


def why_tax_code(asked: Asked) -> Why:
    """Explain a tax code: its rates, each from its day and by which law, and whom it applies to."""
    [found] = [code for code in tax_codes(asked.entity_id) if code.code == asked.number]
    rates = [
        Why(
            f"{rate.component} {rate.rate.scaleb(2).normalize():f} % from {rate.valid_from}"
            + (f" until {rate.valid_to}" if rate.valid_to else "")
            + (f", by {rate.source}" if rate.source else "")
        )
        for rate in tax_rates(asked.entity_id, code=found.code)
    ]
    rules = [
        Why(
            f"profile {rule.tax_profile} on class {rule.tax_class} from {rule.valid_from}"
            + (f" until {rule.valid_to}" if rule.valid_to else "")
        )
        for rule in tax_rules(asked.entity_id)
        if rule.code == found.code
    ]
    reason = f", reason {found.reason_code}" if found.reason_code else ""
    return Why(
        f"{found.code} {found.name}: {found.jurisdiction}, category {found.category} of EN 16931{reason},"
        f" owed on {found.tax_account}",
        (*group("Rates", rates), *group("Applies to", rules)),
        href="/reports/tax",
    )
