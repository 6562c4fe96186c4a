"""Causes in what was billed: price, quantity, freight, tax, a charge missing, an invoice too many. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from duly.kernel.money import round_minor
from duly.matching.rules.facts import Facts, Line
from duly.matching.rules.finding import Finding
from duly.matching.rules.tests_of_money import percent

FREIGHT_WORDS = re.compile(r"freight|shipping|delivery|fracht|versand|transport|porto", re.IGNORECASE)
DAMAGE_WORDS = re.compile(r"DAMAG|MISSING|SHORT|DEFECT|RETURN|RMA|REKLAM|M[ÄA]NGEL|FEHL|QUANTIT|MENGE")
PRICE_WORDS = re.compile(r"PRICE|PREIS|PRIX|RATE\b")
TWIN_DAYS = 7
"""A month apart is the next bill of the same agreement, not the same bill twice."""
MOST_LINES = 12


def price(facts: Facts) -> Iterator[Finding]:
    """Quantity times what was billed above the agreed price, of one line or of several together."""
    off = [known for known in facts.expected if known.kind == "price"]
    said = bool(facts.paid and PRICE_WORDS.search(facts.paid.text))
    for many in range(1, min(len(off), 3) + 1):
        for chosen in combinations(off[:MOST_LINES], many):
            minor = sum(one.amount_minor for one in chosen)
            evidence = tuple(one.text for one in chosen) + (("the text speaks of the price",) if said else ())
            yield Finding(
                "price",
                minor,
                f"{'; '.join(one.text for one in chosen)} = {facts.money(minor)}",
                95,
                str(chosen[0].arguments.get("resolution", "credit")),
                evidenced=True,
                evidence=evidence,
                arguments={"lines": [one.line for one in chosen]} | dict(chosen[0].arguments if many == 1 else {}),
            )


def line(facts: Facts) -> Iterator[Finding]:
    """A line, or some whole units of one, is what is missing: damaged, short or sent back."""
    said = bool(facts.paid and DAMAGE_WORDS.search(facts.paid.text))
    spoken = ("the text speaks of quantity or damage",) if said else ()
    worth = [one for one in facts.lines if one.gross_minor > 0]
    for one in worth:
        if FREIGHT_WORDS.search(one.description):
            yield from freight(facts, one)
        elif one.gross_minor == facts.diff_minor and len(worth) > 1:
            told = f"line {one.line}, {one.description}: {facts.money(one.gross_minor)}"
            yield line_finding(told, one, one.gross_minor, said, spoken, 70)
        elif said:
            yield from units(facts, one, spoken)


def units(facts: Facts, one: Line, spoken: tuple[str, ...]) -> Iterator[Finding]:
    """Whole units of a line that come to the difference."""
    if one.quantity <= 1 or one.quantity != one.quantity.to_integral_value():
        return
    count = round(facts.diff_minor * int(one.quantity) / one.gross_minor)
    minor = round_minor(one.gross_minor * count / one.quantity) if count else 0
    if 0 < count < one.quantity and minor == facts.diff_minor:
        each = round_minor(one.gross_minor / one.quantity)
        told = (
            f"{count} of {one.quantity.normalize():f} x {facts.money(each)} of line {one.line} = {facts.money(minor)}"
        )
        yield line_finding(told, one, minor, True, spoken, 60)


def line_finding(told: str, one: Line, minor: int, said: bool, spoken: tuple[str, ...], specific: int) -> Finding:
    return Finding(
        "line", minor, told, specific, "credit", evidenced=said, evidence=spoken, arguments={"lines": [one.line]}
    )


def freight(facts: Facts, one: Line) -> Iterator[Finding]:
    """A freight line is what is missing."""
    told = f"freight, line {one.line}: {facts.money(one.gross_minor)}"
    found = (f"line {one.line} is freight",)
    yield Finding(
        "freight",
        one.gross_minor,
        told,
        80,
        "credit",
        evidenced=True,
        evidence=found,
        arguments={"lines": [one.line]},
    )


def tax(facts: Facts) -> Iterator[Finding]:
    """The tax of the invoice, or the difference to another rate, is what is missing or was too much."""
    owed = facts.owed
    for known in facts.expected:
        if known.kind == "tax":
            told = f"{known.text} = {facts.money(known.amount_minor)}"
            yield Finding(
                "tax",
                known.amount_minor,
                told,
                95,
                str(known.arguments.get("resolution", "rebill")),
                evidenced=True,
                evidence=(known.text,),
                arguments=dict(known.arguments),
            )
    if owed is None or not owed.tax_minor:
        return
    if owed.tax_minor == facts.diff_minor:
        told = f"the whole tax of {owed.number}: {facts.money(owed.tax_minor)}"
        yield Finding("tax", owed.tax_minor, told, 75, "rebill", evidence=("only the net amount was paid",))
    for rate in facts.tax_rates:
        other = sum(round_minor(one.net_minor * rate) for one in facts.lines)
        minor = owed.tax_minor - other if facts.we_miss else other - owed.tax_minor
        if facts.lines and other and minor == facts.diff_minor:
            told = f"tax at {percent(rate)} is {facts.money(other)} and not {facts.money(owed.tax_minor)}"
            yield Finding("tax", minor, told, 70, "rebill", evidence=(f"{percent(rate)} is another rate of ours",))


def missing_charge(facts: Facts) -> Iterator[Finding]:
    """Something agreed that no invoice holds: to be billed, or paid before it was."""
    for known in facts.expected:
        if known.kind == "charge":
            told = f"{known.text}: {facts.money(known.amount_minor)}"
            yield Finding(
                "missing_charge",
                known.amount_minor,
                told,
                90,
                "bill",
                evidenced=True,
                evidence=(known.text,),
                arguments=dict(known.arguments),
            )


def duplicate_invoice(facts: Facts) -> Iterator[Finding]:
    """An invoice of the same amount to the same account, days apart or for the same period."""
    owed = facts.owed
    if owed is None or owed.invoice_id is None:
        return
    for other in facts.others:
        days = abs((other.issued_on - owed.issued_on).days)
        near = other.near == "own" and other.kind == "invoice" and other.amount_minor == owed.amount_minor
        if near and other.item_id != owed.item_id and (other.same_period or days <= TWIN_DAYS):
            settled = f", settled on {other.closed_on}" if other.closed_on else ""
            told = f"{other.number} of {other.issued_on} has the same amount {facts.money(other.amount_minor)}{settled}"
            evidence = ["the same period"] if other.same_period else [f"{days} days apart"]
            yield Finding(
                "duplicate_invoice",
                owed.amount_minor,
                told,
                85 if other.same_period else 40,
                "credit",
                evidenced=other.same_period,
                evidence=tuple(evidence),
            )


TESTS: tuple[Callable[[Facts], Iterable[Finding]], ...] = (price, line, tax, missing_charge, duplicate_invoice)
