"""Money is whole minor units: nothing is lost in a split, digits are the currency's, half goes up."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from duly.kernel.money import (
    FOUR_DIGITS,
    MAX_MINOR,
    THREE_DIGITS,
    ZERO_DIGITS,
    Money,
    currency_digits,
    format_minor,
    round_minor,
    split_minor,
    to_major,
    to_minor,
)

WEIGHTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=50).filter(any)


@given(st.integers(-(10**15), 10**15), WEIGHTS)
def test_a_split_loses_no_cent(total: int, weights: list[int]) -> None:
    assert sum(split_minor(total, weights)) == total


@given(st.integers(-(10**12), 10**12), WEIGHTS)
def test_each_share_is_within_one_unit_of_the_exact_one(total: int, weights: list[int]) -> None:
    parts = split_minor(total, weights)

    whole = sum(weights)
    assert all(abs(part * whole - total * weight) < whole for part, weight in zip(parts, weights, strict=True))


@given(st.integers(0, 10**12), WEIGHTS)
def test_a_split_of_the_negative_is_the_mirror(total: int, weights: list[int]) -> None:
    assert split_minor(-total, weights) == [-part for part in split_minor(total, weights)]


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_weights_that_say_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split_minor(100, weights or [0])


@given(st.integers(-MAX_MINOR, MAX_MINOR), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_minor_units_survive_the_way_to_major_units_and_back(minor: int, currency: str) -> None:
    assert to_minor(to_major(minor, currency), currency) == minor
    assert to_minor(format_minor(minor, currency, grouping=False), currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("12.34", "EUR", 12_34), ("1234", "JPY", 1234), ("1.234", "KWD", 1_234), ("-0.01", "EUR", -1)],
)
def test_amounts_are_read_with_the_currency_s_own_digits(amount: str, currency: str, minor: int) -> None:
    assert to_minor(amount, currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0.001", "EUR"), ("0.1", "JPY"), ("NaN", "EUR"), ("1e30", "EUR"), ("abc", "EUR"), ("", "EUR")],
)
def test_what_the_currency_cannot_hold_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        to_minor(amount, currency)


@pytest.mark.parametrize(("exact", "rounded"), [("0.5", 1), ("-0.5", -1), ("1.49", 1), ("2.5", 3), ("-2.5", -3)])
def test_half_goes_away_from_zero(exact: str, rounded: int) -> None:
    assert round_minor(Decimal(exact)) == rounded


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="cannot mix"):
        Money(1, "EUR") + Money(1, "USD")


def test_the_database_knows_the_same_digits_and_rounds_the_same(db: None) -> None:
    known = sorted({*ZERO_DIGITS, *THREE_DIGITS, *FOUR_DIGITS, "EUR", "USD"})
    with connection.cursor() as cursor:
        cursor.execute("select c, duly_currency_digits(c::char(3)) from unnest(%s::text[]) as c", [known])
        digits = dict(cursor.fetchall())
        cursor.execute("select duly_round_minor(2.5), duly_round_minor(-2.5), duly_round_minor(2.4999)")
        rounded = cursor.fetchone()

    assert digits == {currency: currency_digits(currency) for currency in known}
    assert rounded == (3, -3, 2)


@pytest.mark.parametrize(
    ("base", "months", "day", "expected"),
    [
        ("2026-01-31", 1, 31, "2026-02-28"),
        ("2026-01-31", 2, 31, "2026-03-31"),
        ("2024-01-31", 1, 31, "2024-02-29"),
        ("2026-01-15", 12, 15, "2027-01-15"),
        ("2026-03-30", -1, 30, "2026-02-28"),
    ],
)
def test_a_month_end_anchor_is_clamped_but_never_forgotten(
    db: None, base: str, months: int, day: int, expected: str
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select duly_month_anchor(%s::date, %s, %s)::text", [base, months, day])
        assert cursor.fetchone()[0] == expected
