"""The arithmetic of agreements: periods, coverage, proration, tiers. What sql/collect does in sets, readable.

Ranges of days are half-open. Amounts on the way are exact fractions of minor units; each charge rounds
once, half up.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

from duly.kernel.money import format_minor

MONTHS_FROM = date(2000, 1, 1)
DAYS_FROM = date(2000, 1, 3)
FOREVER = date.max

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Cycle:
    """How billing periods follow each other; `anchor_day` 1-31 is never clamped, only each boundary is."""

    unit: str
    count: int
    phase: int
    anchor_day: int = 1

    def boundary(self, k: int) -> date:
        """Return the first day of period number k."""
        steps = k * self.count + self.phase
        if self.unit == "day":
            return DAYS_FROM + timedelta(days=steps)
        year, month0 = divmod(steps, 12)
        last = calendar.monthrange(MONTHS_FROM.year + year, month0 + 1)[1]
        return date(MONTHS_FROM.year + year, month0 + 1, min(self.anchor_day, last))

    def period_no(self, on_day: date) -> int:
        """Return the number of the period that holds the day."""
        if self.unit == "day":
            return ((on_day - DAYS_FROM).days - self.phase) // self.count
        k = (month_index(on_day) - self.phase) // self.count
        return k - 1 if self.boundary(k) > on_day else k

    def periods(self, first_on: date, until: date) -> Iterator[Days]:
        """Yield every period that holds a day of [first_on, until)."""
        k = self.period_no(first_on)
        while self.boundary(k) < until:
            yield self.boundary(k), self.boundary(k + 1)
            k += 1


def month_index(on_day: date) -> int:
    """Return the months since January 2000."""
    return (on_day.year - MONTHS_FROM.year) * 12 + on_day.month - 1


def cycle_of(unit: str, count: int, anchor_kind: str, anchor_on: date, anchor_day: int) -> Cycle:
    """Return the cycle anchored on a day; calendar cycles begin with the year where their length divides
    it.
    """
    if unit == "day":
        return Cycle(unit, count, (anchor_on - DAYS_FROM).days % count)
    if anchor_kind == "calendar" and 12 % count == 0:
        return Cycle(unit, count, 0, anchor_day)
    return Cycle(unit, count, month_index(anchor_on) % count, anchor_day)


def overlap(one: Days, other: Days) -> Days | None:
    """Return the days in both ranges, or None."""
    first_on, until = max(one[0], other[0]), min(one[1], other[1])
    return (first_on, until) if first_on < until else None


def without(days: Days, pauses: Sequence[Days]) -> list[Days]:
    """Return the pieces of `days` outside all pauses, in order."""
    pieces, first_on = [], days[0]
    for paused_on, resumed_on in sorted(pauses):
        if first_on < min(paused_on, days[1]):
            pieces.append((first_on, min(paused_on, days[1])))
        first_on = max(first_on, resumed_on)
    if first_on < days[1]:
        pieces.append((first_on, days[1]))
    return pieces


def prorated_minor(full_minor: Fraction, period: Days, pieces: Sequence[Days]) -> int:
    """Return the part of a period's amount that the pieces cover, by days.

    Each piece is the difference of two running totals rounded from the period's start, so pieces that
    together make up the period add up to exactly its rounded amount, however it is split.
    """
    days = (period[1] - period[0]).days

    def up_to(on_day: date) -> int:
        return half_up(full_minor * (on_day - period[0]).days / days)

    return sum(up_to(until) - up_to(first_on) for first_on, until in pieces)


def half_up(amount: Fraction) -> int:
    """Round to a whole number, halves away from zero."""
    size = (2 * abs(amount.numerator) + amount.denominator) // (2 * amount.denominator)
    return -size if amount < 0 else size


def chargeable_quantity(quantity: Decimal, included: Decimal, covered_days: int, days: int) -> Fraction:
    """Return what is left of a metered quantity after the included one, which shrinks with the days
    covered.
    """
    return max(Fraction(0), Fraction(quantity) - Fraction(included) * covered_days / days)


@dataclass(frozen=True, slots=True)
class Tier:
    """A step of a tiered price; `up_to` belongs to it, None is without end."""

    up_to: Decimal | None
    unit_price: Decimal
    flat_price: Decimal = Decimal(0)


def graduated(quantity: Fraction, tiers: Sequence[Tier]) -> Fraction:
    """Return the price (major units) where each step prices its own part of the quantity."""
    return sum((step_price(quantity, above, tier) for above, tier in with_floors(tiers)), Fraction(0))


def step_price(quantity: Fraction, above: Fraction, tier: Tier) -> Fraction:
    """Return what one step of a graduated price adds."""
    if quantity <= above:
        return Fraction(0)
    top = quantity if tier.up_to is None else min(quantity, Fraction(tier.up_to))
    return (top - above) * Fraction(tier.unit_price) + Fraction(tier.flat_price)


def volume(quantity: Fraction, tiers: Sequence[Tier]) -> Fraction:
    """Return the price (major units) where the step that holds the quantity prices all of it."""
    for above, tier in with_floors(tiers):
        if quantity > above and (tier.up_to is None or quantity <= tier.up_to):
            return quantity * Fraction(tier.unit_price) + Fraction(tier.flat_price)
    return Fraction(0)


def with_floors(tiers: Sequence[Tier]) -> list[tuple[Fraction, Tier]]:
    """Pair each step with the quantity it begins above."""
    ordered = sorted(tiers, key=lambda tier: (tier.up_to is None, tier.up_to or 0))
    tops = [Fraction(0), *(Fraction(tier.up_to or 0) for tier in ordered)]
    return [(above, tier) for (above, _), tier in zip(pairwise(tops), ordered, strict=True)]


def packages(quantity: Fraction, package_size: Decimal, price: Decimal) -> Fraction:
    """Return the price of as many whole packages as hold the quantity."""
    return Fraction(-(-quantity // Fraction(package_size))) * Fraction(price)


def shortfall_minor(minimum_minor: int, charged_minor: int) -> int:
    """Return what is missing to the minimum commitment."""
    return max(0, minimum_minor - charged_minor)


def bill_on(timing: str, period: Days, covered: Days, ends_on: date | None) -> date:
    """Return the day a period's charge falls due for billing.

    In advance: its first covered day. In arrears: the day after the period, or the agreement's end where
    that is sooner.
    """
    if timing == "advance":
        return covered[0]
    return min(period[1], ends_on or FOREVER)


@dataclass(frozen=True, slots=True)
class Line:
    """One version of a line priced by the period: the days it covers, what a full period costs, when it is billed."""

    cycle: Cycle
    timing: str
    proration: str
    covered: Days
    since: date
    full_minor: Fraction
    ends_on: date | None = None
    pauses: tuple[Days, ...] = ()


@dataclass(frozen=True, slots=True)
class PeriodCharge:
    """What a line wants billed for a period: the days from first to last, the amount, the billing day."""

    period: Days
    covered: Days
    net_minor: int
    bill_on: date


def charges(line: Line, through: date) -> list[PeriodCharge]:
    """Return every charge of a version of a line that falls due through a day.

    Without proration the version in force on the line's first day in a period bills all of it, the others nothing.
    """
    found = []
    for period in line.cycle.periods(line.covered[0], min(line.covered[1], through + timedelta(days=1))):
        pieces = _pieces(line, period)
        if not pieces:
            continue
        covered = (pieces[0][0], pieces[-1][1])
        day = bill_on(line.timing, period, covered, line.ends_on)
        whole = line.proration == "none"
        net_minor = half_up(line.full_minor) if whole else prorated_minor(line.full_minor, period, pieces)
        if day <= through:
            found.append(PeriodCharge(period, covered, net_minor, day))
    return found


def _pieces(line: Line, period: Days) -> list[Days]:
    if line.proration == "day":
        days = overlap(period, line.covered)
        return without(days, line.pauses) if days else []
    first_on = max(period[0], line.since)
    if not line.covered[0] <= first_on < line.covered[1]:
        return []
    return without((first_on, min(period[1], line.ends_on or FOREVER)), line.pauses)


def sentences(
    pricing: Mapping[str, Any], net_minor: int, currency: str, *, quantity: Decimal, unit: str = ""
) -> list[str]:
    """Say how a charge came to be from the pricing kept with it, a sentence a step."""
    if "reverses" in pricing:
        return _reversal(pricing, net_minor, currency)
    said = [*_used(pricing, unit), *_rate(pricing, currency, quantity, unit), *_share(pricing)]
    if "minimum_minor" in pricing:
        said.append(
            f"The minimum for the period is {_money(pricing['minimum_minor'], currency)}; the other lines come to "
            f"{_money(pricing['base_minor'], currency)}."
        )
    return [*said, f"That comes to {_money(net_minor, currency)}."]


def _reversal(pricing: Mapping[str, Any], net_minor: int, currency: str) -> list[str]:
    said = [f"It was billed as {_money(pricing['billed_minor'], currency)}."]
    if pricing.get("credited_minor"):
        said.append(f"{_money(pricing['credited_minor'], currency)} of it had been credited already.")
    now = pricing.get("now_minor") or 0
    reason = f"It should have been {_money(now, currency)}" if now else "It should not have been billed"
    return [*said, f"{reason} since the agreement changed, so {_money(net_minor, currency)} takes it back."]


def _used(pricing: Mapping[str, Any], unit: str) -> list[str]:
    if "used" not in pricing:
        return []
    how = {"sum": "in all", "max": "at most", "last": "at last", "unique": "different ones"}[pricing["aggregate"]]
    included = f", of which {pricing['included']} are included" if "included" in pricing else ""
    return [f"{pricing['used']} {unit} were used on meter {pricing['meter']} ({how}){included}."]


def _rate(pricing: Mapping[str, Any], currency: str, quantity: Decimal, unit: str) -> list[str]:
    if "steps" in pricing:
        return [_step(step, pricing["model"], currency) for step in pricing["steps"]]
    if "percentage" in pricing:
        of = _money(pricing["base_minor"], currency) if "base_minor" in pricing else f"{quantity.normalize():f}"
        return [f"{pricing['percentage']} % of {of}."]
    price = pricing.get("price")
    if price is None:
        return []
    source = " (list price)" if pricing.get("price_id") else ""
    each = f"{Decimal(str(price)).normalize():f} {currency}{source}"
    if pricing["model"] == "package":
        return [f"{quantity.normalize():f} {unit} in packages of {pricing['package_size']} at {each} a package."]
    if pricing["model"] == "flat":
        return [f"{each} for the period."]
    return [f"{quantity.normalize():f} {unit} at {each}."]


def _step(step: Mapping[str, Any], model: str, currency: str) -> str:
    upper = f" up to {step['up_to']}" if "up_to" in step else " and more"
    flat = f" plus {step['flat_price']} {currency}" if "flat_price" in step else ""
    whole = "all " if model == "volume" else ""
    return f"Above {step['above']}{upper}: {whole}{step['units']} at {step['unit_price']} {currency}{flat}."


def _share(pricing: Mapping[str, Any]) -> list[str]:
    days, of_days = pricing.get("days"), pricing.get("of_days")
    if days is None or days == of_days or "used" in pricing or pricing.get("proration") == "none":
        return []
    return [f"{days} of the period's {of_days} days are covered."]


def _money(minor: int, currency: str) -> str:
    return f"{format_minor(int(minor), currency)} {currency}"
