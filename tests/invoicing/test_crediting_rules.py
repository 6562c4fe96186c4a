"""Any sequence of credits ends at exactly zero per line and tax, and none takes more than is left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duly.invoicing.rules.crediting import (
    CreditableLine,
    LineCredit,
    credit_amount,
    credit_in_full,
    credit_lines,
    share_signed,
)
from duly.kernel.refusals import Refused


@st.composite
def billed_lines(draw: st.DrawFn) -> list[CreditableLine]:
    """Lines of either sign, taxed by up to three rates, with more than nothing in all."""
    lines = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        net = draw(st.integers(-500, 100_000).filter(bool))
        taxes = []
        for rate_id in range(draw(st.integers(0, 3))):
            rate = draw(st.sampled_from([0, 7, 19, 25, 40, 45]))
            size = abs(net) * rate // 100 + draw(st.integers(0, 1)) * (rate > 0)
            taxes.append((rate_id, size if net > 0 else -size))
        lines.append(CreditableLine(number, net, tuple(taxes)))
    if sum(line.left_minor for line in lines) <= 0:
        lines.append(CreditableLine(99, 200_000, ((1, 38_000),)))
    return lines


def after(lines: list[CreditableLine], credits: list[LineCredit]) -> list[CreditableLine]:
    """What the lines look like once the credits are written."""
    taken = {credit.line: credit for credit in credits}
    found = []
    for line in lines:
        credit = taken.get(line.line)
        if credit is not None:
            before = dict(line.credited_taxes)
            line = replace(
                line,
                credited_net_minor=line.credited_net_minor + credit.net_minor,
                credited_taxes=tuple((rate, before.get(rate, 0) + tax) for rate, tax in credit.taxes),
            )
        found.append(line)
    return found


def never_more_than_billed(line: CreditableLine) -> bool:
    credited = dict(line.credited_taxes)
    sums = [(line.net_minor, line.credited_net_minor), *((tax, credited.get(r, 0)) for r, tax in line.taxes)]
    return all(min(0, billed) <= taken <= max(0, billed) for billed, taken in sums)


@given(billed_lines(), st.data())
def test_any_sequence_of_credits_ends_at_zero(lines: list[CreditableLine], data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(0, 6))):
        left = sum(line.left_minor for line in lines)
        if left <= 0:
            break
        if data.draw(st.booleans()):
            amount = data.draw(st.sampled_from(sorted({1, left, max(1, left - 1), max(1, left // 3)})))
            credits = credit_amount(lines, amount)
            assert sum(credit.minor for credit in credits) == amount
        else:
            line = data.draw(st.sampled_from([line for line in lines if line.left_net_minor] or [None]))
            if line is None:
                break
            size = data.draw(st.integers(1, abs(line.left_net_minor)))
            credits = credit_lines(lines, {line.line: size if line.left_net_minor > 0 else -size})
        lines = after(lines, credits)
        assert all(never_more_than_billed(line) for line in lines)

    lines = after(lines, credit_in_full(lines))

    assert all(line.left_net_minor == 0 and line.left_minor == 0 for line in lines)
    assert all(dict(line.credited_taxes) == dict(line.taxes) for line in lines if line.credited_net_minor)


@given(st.integers(1, 10**6), st.lists(st.integers(-1000, 100_000), min_size=1, max_size=8))
def test_shares_of_either_sign_add_up(total: int, parts: list[int]) -> None:
    if sum(parts) <= 0:
        return

    assert sum(share_signed(total, parts)) == total


@pytest.mark.parametrize("wanted", [101, -1, 0])
def test_a_line_is_never_credited_beyond_what_is_left(wanted: int) -> None:
    line = CreditableLine(1, 100, ((1, 19),))

    with pytest.raises(Refused, match=r"credit\.exceeds_line"):
        credit_lines([line], {1: wanted})
