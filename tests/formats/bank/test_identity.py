"""A line keeps its identity when the bank exports it again; equal honest payments stay apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from duly.formats.bank.read import read_statements
from duly.formats.bank.statement import Line, Statement, check_chain, line_identity, with_ordinals
from tests.formats.samples import camt, entry

LINE = Line(date(2026, 3, 31), date(2026, 4, 1), 119_00, "EUR", text="RE 4711", payer_name="Müller AG")


def test_same_line_exported_again_with_other_spacing_and_place_keeps_its_identity():
    again = replace(LINE, text="Re  4711", payer_name="MÜLLER AG", value_on=date(2026, 4, 2), file_line=99)

    assert line_identity(again) == line_identity(LINE)


def test_reference_of_the_bank_decides_where_there_is_one():
    first, second = replace(LINE, bank_reference="B1"), replace(LINE, bank_reference="B1", text="other words")

    assert line_identity(first) == line_identity(second)
    assert line_identity(first) != line_identity(replace(first, bank_reference="B2"))


def test_two_honest_equal_payments_are_numbered_one_and_two():
    [statement] = read_statements(camt(entry("5.00") + entry("7.00") + entry("5.00")), name="bank.xml")

    assert [ordinal for _, ordinal in with_ordinals(statement.lines)] == [1, 1, 2]


@given(st.lists(st.integers(-(10**12), 10**12), max_size=30), st.integers(-(10**12), 10**12))
def test_chain_difference_is_what_is_missing(amounts, opening_minor):
    lines = tuple(replace(LINE, amount_minor=amount) for amount in amounts)
    closing_minor = opening_minor + sum(amounts)
    whole = Statement("", "1", "EUR", "", "", None, None, opening_minor, closing_minor, lines)

    assert check_chain(whole) == 0
    if lines:
        assert check_chain(replace(whole, lines=lines[1:])) == -amounts[0]


@given(st.lists(st.sampled_from([1_00, 2_00, 3_00]), max_size=20))
def test_identity_and_ordinal_together_are_unique(amounts):
    lines = [replace(LINE, amount_minor=amount) for amount in amounts]

    keys = [(line_identity(line), ordinal) for line, ordinal in with_ordinals(lines)]

    assert len(set(keys)) == len(keys)
