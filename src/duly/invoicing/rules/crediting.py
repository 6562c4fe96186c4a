"""How much of which line a credit takes back, so that any sequence of credits ends at exactly zero.

The tax credited on a line follows the net credited so far: the share round(tax x credited / net), never less
than was credited before, and all of it once the net is credited in full.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duly.kernel.refusals import Refused


@dataclass(frozen=True, slots=True)
class CreditableLine:
    """A line as billed (minor units, taxes per rate id) and what credits and reversals took of it so far.

    Credited amounts carry the sign of the line: a line of 100 with 30 credited has 70 left.
    """

    line: int
    net_minor: int
    taxes: tuple[tuple[int, int], ...]
    credited_net_minor: int = 0
    credited_taxes: tuple[tuple[int, int], ...] = ()

    @property
    def left_net_minor(self) -> int:
        """What of the net may still be credited."""
        return self.net_minor - self.credited_net_minor

    @property
    def left_minor(self) -> int:
        """What of net and taxes may still be credited."""
        return self.left_net_minor + sum(tax for _, tax in self.taxes) - sum(tax for _, tax in self.credited_taxes)


@dataclass(frozen=True, slots=True)
class LineCredit:
    """What one credit takes of a line, with the line's sign."""

    line: int
    net_minor: int
    taxes: tuple[tuple[int, int], ...]

    @property
    def minor(self) -> int:
        """Net and taxes together."""
        return self.net_minor + sum(tax for _, tax in self.taxes)


def credit_in_full(lines: Sequence[CreditableLine]) -> list[LineCredit]:
    """Take all that is left of every line."""
    return kept(take(line, line.left_net_minor) for line in lines)


def credit_lines(lines: Sequence[CreditableLine], wanted: Mapping[int, int]) -> list[LineCredit]:
    """Take so much net (minor units, with the line's sign) of the named lines; refused when less is left."""
    by_number = {line.line: line for line in lines}
    for number, net_minor in wanted.items():
        line = by_number.get(number)
        if line is None:
            raise Refused("credit.line_unknown", line=number)
        if not within(net_minor, line.left_net_minor):
            raise Refused("credit.exceeds_line", line=number, net_minor=net_minor, left_minor=line.left_net_minor)
    return kept(take(by_number[number], net_minor) for number, net_minor in sorted(wanted.items()))


def credit_amount(lines: Sequence[CreditableLine], gross_minor: int) -> list[LineCredit]:
    """Take exactly so much including tax, shared among the lines by what is left of each."""
    left_minor = sum(line.left_minor for line in lines)
    if gross_minor <= 0 or gross_minor > left_minor:
        raise Refused("credit.exceeds_invoice", amount_minor=gross_minor, left_minor=left_minor)
    shares = share_signed(gross_minor, [line.left_minor for line in lines])
    return kept(take_gross(line, share) for line, share in zip(lines, shares, strict=True))


def kept(credits: Iterable[LineCredit]) -> list[LineCredit]:
    """Drop lines of which nothing is taken."""
    return [credit for credit in credits if credit.net_minor or any(tax for _, tax in credit.taxes)]


def within(wanted: int, left: int) -> bool:
    """Return whether `wanted` lies between zero and `left`, and is not zero."""
    return 0 < wanted <= left if left > 0 else left <= wanted < 0


def share_signed(total_minor: int, parts: Sequence[int]) -> list[int]:
    """Share `total_minor` by parts of either sign (sum above zero), by largest remainder."""
    whole = sum(parts)
    exact = [Fraction(part * total_minor, whole) for part in parts]
    floors = [value.numerator // value.denominator for value in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_remainder[: total_minor - sum(floors)]:
        floors[i] += 1
    return floors


def taxes_at(line: CreditableLine, net_minor: int) -> dict[int, int]:
    """Return the tax per rate id a credit of `net_minor` takes: the cumulative share less that of before."""
    so_far = line.credited_net_minor + net_minor
    before = dict(line.credited_taxes)
    taken: dict[int, int] = {}
    for rate_id, tax in line.taxes:
        due = round_share(abs(tax), so_far, line.net_minor)
        sign = -1 if tax < 0 else 1
        taken[rate_id] = sign * max(due, abs(before.get(rate_id, 0))) - before.get(rate_id, 0)
    return taken


def round_share(tax: int, part: int, whole: int) -> int:
    """Return tax x part / whole, half up; `whole` zero bears no tax."""
    if not whole:
        return 0
    scaled = Fraction(tax * part, whole)
    return (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)


def take(line: CreditableLine, net_minor: int) -> LineCredit:
    """Take so much net of a line, with the tax that goes with it."""
    return LineCredit(line.line, net_minor, tuple(taxes_at(line, net_minor).items()))


def take_gross(line: CreditableLine, gross_minor: int) -> LineCredit:
    """Take exactly so much, tax included, of a line: the largest net that fits, the rest of a step as tax."""
    sign = -1 if line.left_minor < 0 else 1
    low, high = 0, abs(line.left_net_minor)
    while low < high:
        middle = (low + high + 1) // 2
        if sign * take(line, sign * middle).minor <= sign * gross_minor:
            low = middle
        else:
            high = middle - 1
    credit = take(line, sign * low)
    missing = sign * (gross_minor - credit.minor)
    if not missing:
        return credit
    here, next_step = taxes_at(line, sign * low), taxes_at(line, sign * (low + 1))
    for rate_id in here:
        step = min(missing, sign * (next_step[rate_id] - here[rate_id])) if low < abs(line.left_net_minor) else 0
        here[rate_id] += sign * step
        missing -= step
    if missing:
        raise Refused("credit.cannot_be_reached", line=line.line, amount_minor=gross_minor)
    return LineCredit(line.line, sign * low, tuple(here.items()))
