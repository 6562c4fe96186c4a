"""Every cause test, on facts written by hand: the calculation is in the comment of each row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from duly.matching.rules.facts import Allowance, Difference, Expected, Facts, Line, Other, Owed, Paid
from duly.matching.rules.finding import CAUSES
from duly.matching.rules.ranking import TESTS, explain
from duly.matching.rules.tests_of_others import slip_between

# One invoice of 1,000.00 net and 190.00 tax at 19 %: 1,190.00.
OWED = Owed(1, "INV-2026-000001", 1_190_00, 0, 1_000_00, 190_00, date(2026, 2, 1), date(2026, 3, 3), invoice_id=7)
SEATS = Line(1, "Seats", Decimal(40), Decimal("20.00"), 800_00, 152_00, Decimal("0.19"), "SEAT")
FREIGHT = Line(2, "Freight", Decimal(1), Decimal("200.00"), 200_00, 38_00, Decimal("0.19"))
PAID = Paid(2, 3, "RCT-2026-000001", 0, 0, date(2026, 2, 10), "bank", line_id=4)
OTHER = Other(9, 5, "A-000005", "own", "invoice", "INV-2026-000009", 0, 0, date(2026, 1, 15))


def short(missing: int, *, text: str = "", **more: Any) -> Facts:
    """1,190.00 was owed and this much of it is missing."""
    owed = replace(OWED, open_minor=missing)
    paid = replace(PAID, amount_minor=1_190_00 - missing, text=text, **more.pop("paid", {}))
    return Facts(
        Difference(1, "short_payment", "them", missing, "EUR", paid.received_on),
        owed,
        paid,
        lines=(SEATS, FREIGHT),
        tax_rates=(Decimal("0.19"), Decimal("0.07")),
        **more,
    )


def over(too_much: int, *, text: str = "", kind: str = "over_payment", **more: Any) -> Facts:
    """1,190.00 was owed and this much too much came."""
    paid = replace(PAID, amount_minor=1_190_00 + too_much, open_minor=-too_much, text=text, **more.pop("paid", {}))
    return Facts(
        Difference(1, kind, "us", too_much, "EUR", paid.received_on), OWED, paid, lines=(SEATS, FREIGHT), **more
    )


def allowance(kind: str, rate: str = "0", *, amount: int = 0, of_account: bool = True, grace: int = 0) -> Allowance:
    return Allowance(kind, Decimal(rate), 10, grace, amount, of_account)


def other(**more: Any) -> Other:
    return replace(OTHER, **more)


EXPLAINED = [
    # 2 % of 1,190.00 = 23.80, paid on day 9 of 10.
    ("discount", short(23_80, allowances=(allowance("discount", "0.02"),))),
    # The same, paid ten days after the discount day.
    (
        "discount_late",
        short(23_80, allowances=(allowance("discount", "0.02"),), paid={"received_on": date(2026, 2, 21)}),
    ),
    # The bank's own field says 12.50.
    ("bank_fee", short(12_50, paid={"charges_minor": 12_50})),
    # 15 % of net 1,000.00 = 150.00.
    ("withholding", short(150_00, allowances=(allowance("withholding", "0.15"),))),
    # 0.40 is less than one euro.
    ("rounding", short(40)),
    # 17.85 is 1.5 % of 1,190.00 and the text names dollars and a rate.
    ("exchange", short(17_85, text="USD 1,281.20 KURS 1.0930")),
    # 40 seats at 20.00 instead of 19.00 net: 40.00 x 1.19 = 47.60.
    ("price", short(47_60, expected=(Expected("price", 47_60, "40 x (20.00 - 19.00) and 19 % tax", 1),))),
    # Line 1 whole: 800.00 + 152.00 = 952.00.
    ("line", short(952_00)),
    # 5 of 40 seats: 5 x 23.80 = 119.00, and the text says damaged.
    ("line", short(119_00, text="INV-2026-000001 5 DAMAGED")),
    # Line 2 is freight: 200.00 + 38.00 = 238.00.
    ("freight", short(238_00)),
    # Tax at 7 % is 56.00 + 14.00 = 70.00 and not 190.00: 120.00 less.
    ("tax", short(120_00)),
    # The whole tax: 190.00.
    ("tax", short(190_00)),
    # A charge of 59.50 that no invoice holds: paid before it was billed.
    ("missing_charge", over(59_50, expected=(Expected("charge", 59_50, "Support of February"),))),
    # An invoice of the same amount for the same period, settled: all of this one is missing.
    ("duplicate_invoice", short(1_190_00, others=(other(amount_minor=1_190_00, same_period=True),))),
    # 1,190.00 settled eight days before, and the same again.
    (
        "duplicate_payment",
        over(1_190_00, others=(other(amount_minor=1_190_00, closed_on=date(2026, 2, 2)),), kind="double_payment"),
    ),
    # Another account owes just 300.00 on a document the text names.
    (
        "misposted",
        over(
            300_00,
            text="INV-2026-000009",
            others=(other(near="named", account_id=6, open_minor=300_00, named=True),),
            kind="wrong_account",
        ),
    ),
    # Their credit note of 75.00 settles nothing yet.
    ("open_credit", short(75_00, others=(other(kind="credit_note", amount_minor=-75_00, open_minor=-75_00),))),
    # 63.21 stands on an open bank line of the next day.
    ("timing", short(63_21, expected=(Expected("in_transit", 63_21, "an open bank line"),))),
    # A plan has two instalments of 100.00 left.
    ("instalment", short(200_00, expected=(Expected("instalment", 200_00, "2 of 5 instalments left"),))),
    # 45.00 too much, and an older invoice is open with just 45.00.
    ("other_item", over(45_00, others=(other(amount_minor=45_00, open_minor=45_00),))),
    # 1,910.00 instead of 1,190.00: 720.00 too much, divisible by nine, two digits swapped.
    ("input_error", over(720_00, paid={"method": "cheque"})),
    # 1,199.00 - 1,190.00: the bank took back 1,190.00 and charged 9.00.
    ("returned", short(9_00, expected=(Expected("return_fee", 9_00, "returned on the 12th"),))),
    # The customer disputes just 33.33.
    ("dispute", short(33_33, expected=(Expected("dispute", 33_33, "damaged box"),))),
    # 5,000.01 too much, from an account never seen and after 500 days of silence.
    ("fraud", over(5_000_01, paid={"first_from_account": True, "quiet_days": 500})),
]


@pytest.mark.parametrize(("cause", "facts"), EXPLAINED, ids=[f"{cause}" for cause, _ in EXPLAINED])
def test_a_cause_that_explains_the_difference_to_the_cent_is_found(cause: str, facts: Facts) -> None:
    found = explain(facts)

    assert cause in [each.cause for each in found]
    assert all(sum(part.amount_minor for part in each.parts) == facts.diff_minor for each in found)


def test_every_cause_there_is_has_its_example() -> None:
    assert {cause for cause, _ in EXPLAINED} == set(CAUSES)


OF_SUMS = [(cause, facts) for cause, facts in EXPLAINED if cause not in ("rounding", "exchange", "fraud")]
"""The others look at the size of the difference, not at a sum."""


@pytest.mark.parametrize(("cause", "facts"), OF_SUMS, ids=[f"{cause}" for cause, _ in OF_SUMS])
def test_a_cent_more_is_not_explained_by_it(cause: str, facts: Facts) -> None:
    one_more = replace(facts, case=replace(facts.case, amount_minor=facts.diff_minor + 1))

    assert cause not in [each.cause for each in explain(one_more)]


def test_two_causes_are_combined_only_when_each_is_evidenced() -> None:
    # 23.80 discount + 12.50 the bank kept = 36.30.
    both = short(36_30, allowances=(allowance("discount", "0.02"),), paid={"charges_minor": 12_50})

    assert explain(both)[0].cause == "discount+bank_fee"

    # Line 1 (952.00) has no evidence beside its amount: 952.00 + 12.50 is no explanation.
    alone = short(964_50, paid={"charges_minor": 12_50})

    assert explain(alone) == []


def test_at_most_three_are_shown_best_first() -> None:
    # 50.00: a usual fee, an open credit, an open dispute and a bank line, all to the cent.
    many = short(
        50_00,
        others=(other(kind="credit_note", amount_minor=-50_00, open_minor=-50_00),),
        expected=(Expected("dispute", 50_00, "box"), Expected("in_transit", 50_00, "an open bank line")),
    )

    found = explain(many)

    assert [each.cause for each in found] == ["dispute", "open_credit", "timing"]
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_what_people_picked_before_moves_the_order() -> None:
    # 5.00: a usual bank fee, or their credit of 5.00; nine times out of ten it was the fee.
    credit = other(kind="credit_note", amount_minor=-5_00, open_minor=-5_00)
    facts = short(5_00, text="LESS FEE", others=(credit,))

    assert explain(facts)[0].cause == "open_credit"
    assert explain(replace(facts, habits={"bank_fee": 900, "open_credit": 20}))[0].cause == "bank_fee"


def test_the_next_bill_of_an_agreement_is_no_bill_twice() -> None:
    # The same amount a month later, for another period; and 5.00 missing is not a whole invoice.
    later = other(amount_minor=1_190_00, issued_on=date(2026, 3, 4))

    assert "duplicate_invoice" not in [each.cause for each in explain(short(1_190_00, others=(later,)))]
    twin = other(amount_minor=1_190_00, same_period=True)
    assert "duplicate_invoice" not in [each.cause for each in explain(short(5_00, others=(twin,)))]


def test_a_cause_of_the_other_side_is_never_shown() -> None:
    # 30.00 too much is no bank fee.
    assert "bank_fee" not in [each.cause for each in explain(over(30_00))]


@pytest.mark.parametrize(
    ("right", "wrong", "slip"),
    [
        (1_190_00, 1_910_00, "two digits swapped"),
        (1_190_00, 119_00, "the decimal point moved"),
        (1_234, 1_34, "a digit lost"),
        (1_234, 1_2234, "a digit too many"),
        (1_234, 1_334, ""),
        (1_234, 1_234, ""),
        (1_000, 2_000, ""),
    ],
)
def test_a_slip_of_the_pen_is_named(right: int, wrong: int, slip: str) -> None:
    assert slip_between(right, wrong) == slip


def test_every_test_bears_facts_without_debt_payment_or_lines() -> None:
    bare = Facts(Difference(1, "ledger_bank", "us", 1_00, "EUR", date(2026, 2, 1), found={"age_days": 3}))

    assert {finding.cause for test in TESTS for finding in test(bare)} == {"timing"}
