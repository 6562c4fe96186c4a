"""What is sold, at which prices, taxed how: every version dated, none overwritten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from duly.catalog.actions import (
    define_items,
    define_tax_codes,
    set_prices,
    set_tax_rates,
    set_tax_rules,
    unset_prices,
)
from duly.catalog.models import NewItem, NewPrice, NewTaxCode, NewTaxRate, NewTaxRule
from duly.catalog.queries import items, price_on, prices, tax_code_on, tax_codes, tax_rates
from duly.kernel.refusals import NotAllowed, Refused
from tests.scenario import Office

JAN, JUL = date(2026, 1, 1), date(2026, 7, 1)


def price(amount: str, day: date, item: str = "SEAT") -> NewPrice:
    return NewPrice(item=item, currency="EUR", unit_price=Decimal(amount), valid_from=day)


def seat(office: Office) -> int:
    return items(office.entity_id, q="SEAT")[0].id


def test_an_item_of_a_known_code_takes_the_new_values(office: Office) -> None:
    wanted = [NewItem("SEAT", "Place", unit="place"), NewItem("DESK", "Desk", names={"de": "Tisch"})]

    assert define_items(wanted, by=office.coordinator) == 2
    assert define_items(wanted, by=office.coordinator) == 0
    assert [item.name for item in items(office.entity_id, q="place")] == ["Place"]


def test_a_new_price_ends_the_one_before_it(office: Office) -> None:
    set_prices([price("12.00", JAN)], by=office.coordinator)

    set_prices([price("13.00", JUL)], by=office.coordinator)

    [new, old] = prices(office.entity_id, seat(office))
    assert (old.unit_price, old.valid_to) == (Decimal(12), JUL)
    assert (new.unit_price, new.valid_to) == (Decimal(13), None)


def test_a_price_dated_between_two_holds_until_the_next(office: Office) -> None:
    set_prices([price("12.00", JAN), price("13.00", JUL)], by=office.coordinator)

    set_prices([price("12.50", date(2026, 4, 1))], by=office.coordinator)

    found = [price_on(office.entity_id, seat(office), "EUR", date(2026, month, 1)) for month in (3, 4, 6, 7)]
    assert [p.unit_price for p in found if p] == [Decimal(12), Decimal("12.5"), Decimal("12.5"), Decimal(13)]


def test_a_price_set_twice_is_set_once(office: Office) -> None:
    set_prices([price("12.00", JAN)], by=office.coordinator)

    assert set_prices([price("12.00", JUL)], by=office.coordinator) == []
    assert len(prices(office.entity_id, seat(office))) == 1


def test_a_price_replaced_on_its_own_day_holds_no_day(office: Office) -> None:
    set_prices([price("12.00", JAN)], by=office.coordinator)

    set_prices([price("12.34", JAN)], by=office.coordinator)

    assert [p.unit_price for p in prices(office.entity_id, seat(office))] == [Decimal("12.34")]


def test_a_price_taken_back_leaves_the_one_before_in_its_place(office: Office) -> None:
    set_prices([price("12.00", JAN)], by=office.coordinator)
    made = set_prices([price("13.00", JUL)], by=office.coordinator)

    unset_prices([change.price_id for change in made], by=office.coordinator)

    [left] = prices(office.entity_id, seat(office))
    assert (left.unit_price, left.valid_to) == (Decimal(12), None)


def test_a_price_of_an_unknown_item_is_refused(office: Office) -> None:
    with pytest.raises(Refused, match=r"catalog\.item_unknown"):
        set_prices([price("1", JAN, item="NOTHING")], by=office.coordinator)


def test_who_may_not_edit_the_catalog_is_refused(office: Office) -> None:
    with pytest.raises(NotAllowed):
        set_prices([price("1", JAN)], by=office.auditor)


def test_a_new_rate_starts_on_its_day_and_the_old_row_stays(office: Office) -> None:
    set_tax_rates([NewTaxRate("DE-S", Decimal("0.20"), JUL, source="a later law")], by=office.coordinator)

    rates = [tax_rates(office.entity_id, code="DE-S", on_day=day)[0].rate for day in (date(2026, 6, 30), JUL)]
    assert rates == [Decimal("0.19"), Decimal("0.2")]


def test_a_rule_decides_the_code_on_the_tax_point(office: Office) -> None:
    define_tax_codes([NewTaxCode("DE-Z", "Zero for now", "DE", "Z")], by=office.coordinator)
    set_tax_rules([NewTaxRule("domestic", "standard", "DE-Z", JUL)], by=office.coordinator)

    codes = [tax_code_on(office.entity_id, "domestic", "standard", day) for day in (date(2026, 6, 30), JUL)]
    assert codes == ["DE-S", "DE-Z"]
    assert tax_code_on(office.entity_id, "nobody", "standard", JUL) is None


def test_a_tax_code_never_changes_its_category(office: Office) -> None:
    assert "DE-S" in [code.code for code in tax_codes(office.entity_id)]

    with pytest.raises(Refused, match=r"catalog\.tax_category_is_fixed"):
        define_tax_codes([NewTaxCode("DE-S", "German VAT", "DE", "Z")], by=office.coordinator)
