"""A document that contradicts itself cannot be built."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from duly.formats.pdf import AgingBucket, DocumentRefused, Kind, TaxGroup
from tests.formats.pdf.samples import credit_note, invoice, line, statement


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"net_minor": 1}, "document.net_differs_from_lines"),
        ({"tax_minor": 1}, "document.tax_differs_from_groups"),
        ({"gross_minor": 1}, "document.gross_differs"),
        ({"open_minor": 1}, "document.open_differs"),
        ({"rounding_minor": 1}, "document.open_differs"),
        ({"lines": ()}, "document.has_no_lines"),
        ({"number": " "}, "document.number_missing"),
        ({"currency": "eur"}, "document.currency_unknown"),
        ({"kind": Kind.CREDIT_NOTE}, "document.preceding_number_missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_invoice_whose_parts_disagree_is_refused(changes: dict[str, Any], code: str) -> None:
    sound = invoice(3)

    with pytest.raises(DocumentRefused) as refused:
        replace(sound, **changes)

    assert refused.value.code == code
    assert isinstance(refused.value, ValueError)


def test_the_refusal_states_both_sides_of_the_sum() -> None:
    sound = invoice(3)

    with pytest.raises(DocumentRefused) as refused:
        replace(sound, net_minor=sound.net_minor + 1)

    assert refused.value.facts == {"stated_minor": sound.net_minor + 1, "computed_minor": sound.net_minor}


def test_a_line_that_shows_quantity_and_price_must_be_their_product() -> None:
    wrong = replace(line(1), net_minor=129_001)  # 1 month x 1,290.00

    with pytest.raises(DocumentRefused, match=r"line.net_differs_from_price"):
        invoice([wrong])


def test_a_line_without_a_price_may_have_any_amount() -> None:
    tiered = replace(line(3), unit_price=None, net_minor=12_345)

    assert invoice([tiered]).net_minor == 12_345


@pytest.mark.parametrize(
    ("quantity", "price", "per", "discount_minor", "net_minor"),
    [
        ("3", "0.335", "1", 0, 101),  # 1.005 rounds half up
        ("-3", "0.335", "1", 0, -101),  # and away from zero
        ("250", "4.00", "100", 0, 1000),  # price per hundred
        ("2", "50", "1", 1500, 8500),  # less a discount
    ],
)
def test_a_line_is_rounded_half_up_after_the_discount(
    quantity: str, price: str, per: str, discount_minor: int, net_minor: int
) -> None:
    priced = replace(
        line(1),
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        price_per=Decimal(per),
        discount_minor=discount_minor,
        net_minor=net_minor,
    )

    assert invoice([priced]).net_minor == net_minor


def test_each_rate_is_taxed_on_the_sum_of_its_lines() -> None:
    sound = invoice([line(1), line(6, rate="7")])
    full, reduced = sound.taxes

    with pytest.raises(DocumentRefused, match=r"tax.base_differs_from_lines"):
        replace(
            sound,
            taxes=(
                replace(full, taxable_minor=full.taxable_minor + 1),
                replace(reduced, taxable_minor=reduced.taxable_minor - 1),
            ),
        )


def test_a_rate_written_with_other_decimals_is_the_same_rate() -> None:
    sound = invoice([line(1)])

    same = replace(sound, taxes=(replace(sound.taxes[0], rate=Decimal("19.00")),))

    assert same.tax_minor == sound.tax_minor


def test_taxes_of_several_jurisdictions_may_share_their_lines() -> None:
    stacked = tuple(
        TaxGroup(category="S", rate=rate, taxable_minor=129_000, tax_minor=tax, jurisdiction=name)
        for name, rate, tax in (("State", Decimal("6.25"), 8063), ("County", Decimal("1"), 1290))
    )

    taxed = invoice([line(1)], taxes=stacked)

    assert taxed.gross_minor == 138_353  # 1,290.00 + 80.63 + 12.90


def test_a_credit_note_names_its_invoice() -> None:
    with pytest.raises(DocumentRefused, match=r"document.preceding_number_missing"):
        credit_note(preceding_number="")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"closing_minor": 842_311}, "statement.does_not_add_up"),
        ({"opening_minor": 0}, "statement.does_not_add_up"),
        ({"aging": (AgingBucket(open_minor=1),)}, "statement.aging_differs_from_balance"),
    ],
    ids=["closing", "opening", "aging"],
)
def test_a_statement_that_does_not_add_up_is_refused(changes: dict[str, Any], code: str) -> None:
    with pytest.raises(DocumentRefused, match=code):
        statement(**changes)
