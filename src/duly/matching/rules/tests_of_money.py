"""Causes on the way of the money: discount, fee, withholding, rounding, exchange, plan, timing, return. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from decimal import Decimal

from duly.kernel.money import round_minor
from duly.matching.rules.facts import Allowance, Facts, Paid
from duly.matching.rules.finding import Finding

DISCOUNT_WORDS = re.compile(r"SKONTO|DISCOUNT|ESCOMPTE|SCONTO|RABATT|\d ?%")
FEE_WORDS = re.compile(r"FEE|CHARGES?\b|GEB[ÜU]HR|SPESEN|FRAIS|COMISI")
TAX_WORDS = re.compile(r"W/?H ?T|WITHH|TDS|QUELLENSTEUER|RETENCION|RETENUE")
FOREIGN_WORDS = re.compile(r"\b[A-Z]{3} ?[0-9][0-9.,]+.*(KURS|RATE|EXCH|/ ?[0-9])|EXCHANGE|WECHSELKURS|FX ")
USUAL_FEES_MAJOR = (5, 10, 15, 20, 25, 30, 35, 40, 50)
"""What correspondent banks usually take of a cross-border transfer, in whole units."""
EXCHANGE_BAND = Decimal("0.025")
TRANSIT_DAYS = 7


def percent(rate: Decimal) -> str:
    """Write a rate as people read it: 0.02 is 2 %."""
    return f"{(rate * 100).normalize():f} %"


def discount(facts: Facts) -> Iterator[Finding]:
    """A rate of the gross amount taken off by the discount day and its grace, or after it."""
    owed, paid = facts.owed, facts.paid
    if owed is None or paid is None:
        return
    said = bool(DISCOUNT_WORDS.search(paid.text))
    for terms in allowed(facts, "discount"):
        minor = round_minor(owed.amount_minor * terms.rate)
        until_on = owed.issued_on + timedelta(terms.days)
        in_time = paid.received_on <= until_on + timedelta(terms.grace_days)
        sentence = f"{percent(terms.rate)} of {facts.money(owed.amount_minor)} = {facts.money(minor)}"
        evidence = [f"paid on {paid.received_on}, discount until {until_on}"]
        if terms.grace_days:
            evidence.append(f"{terms.grace_days} days of grace")
        if said:
            evidence.append("the text speaks of a discount")
        yield Finding(
            "discount" if in_time else "discount_late",
            minor,
            f"{sentence}; {evidence[0]}",
            90 if terms.of_account else 70,
            "credit" if in_time else "ask",
            evidenced=in_time or said,
            evidence=tuple(evidence),
        )


def bank_fee(facts: Facts) -> Iterator[Finding]:
    """What the bank printed as charges, a fee agreed for the account, or a usual round fee of a foreign transfer."""
    paid = facts.paid
    if paid is None:
        return
    if paid.charges_minor:
        minor = abs(paid.charges_minor)
        told = f"the bank says it kept {facts.money(minor)}"
        yield Finding("bank_fee", minor, told, 95, "fee", evidenced=True, evidence=(told,))
    said = bool(FEE_WORDS.search(paid.text))
    known = {terms.amount_minor: terms for terms in allowed(facts, "bank_fee")}
    for minor in known:
        told = f"{facts.money(minor)} is a fee known of this account's bank"
        yield Finding("bank_fee", minor, told, 80, "fee", evidenced=True, evidence=(told,))
    if paid.method == "bank":
        for major in USUAL_FEES_MAJOR:
            minor = major * facts.unit_minor
            if minor == facts.diff_minor and minor not in known:
                told = f"{facts.money(minor)} is what banks usually take of a transfer"
                spoken = ("the text speaks of charges",) if said else ()
                yield Finding("bank_fee", minor, told, 30, "fee", evidenced=said, evidence=spoken)


def withholding(facts: Facts) -> Iterator[Finding]:
    """A rate of net or gross that the payer must keep for a tax office."""
    owed, paid = facts.owed, facts.paid
    if owed is None or paid is None:
        return
    said = bool(TAX_WORDS.search(paid.text))
    for terms in allowed(facts, "withholding"):
        for name, base in {"net": owed.net_minor, "gross": owed.amount_minor}.items():
            minor = round_minor(base * terms.rate)
            sentence = f"{percent(terms.rate)} of {name} {facts.money(base)} = {facts.money(minor)}"
            evidence = [f"this rate is on file for {'the account' if terms.of_account else 'the office'}"]
            if said:
                evidence.append("the text speaks of a tax kept back")
            certain = terms.of_account or said
            yield Finding(
                "withholding", minor, sentence, 85, "withholding", evidenced=certain, evidence=tuple(evidence)
            )


def rounding(facts: Facts) -> Iterator[Finding]:
    """Less than one whole unit of the currency."""
    if facts.diff_minor < facts.unit_minor and facts.case.kind != "ledger_bank":
        told = f"{facts.money(facts.diff_minor)} is less than {facts.money(facts.unit_minor)}"
        paid = facts.paid
        whole = paid is not None and paid.amount_minor % facts.unit_minor == 0
        spoken = (f"a round {facts.money(paid.amount_minor)} was paid",) if whole and paid else ()
        yield Finding("rounding", facts.diff_minor, told, 60, "small", evidenced=whole, evidence=spoken)


def exchange(facts: Facts) -> Iterator[Finding]:
    """A small share of a payment whose text names another currency or a rate."""
    owed, paid = facts.owed, facts.paid
    if owed is None or paid is None or not FOREIGN_WORDS.search(paid.text):
        return
    if facts.diff_minor <= round_minor(owed.amount_minor * EXCHANGE_BAND):
        share = percent((Decimal(facts.diff_minor) / owed.amount_minor).quantize(Decimal("0.0001")))
        told = f"{facts.money(facts.diff_minor)} is {share} of {facts.money(owed.amount_minor)}; up to 2.5 % is usual"
        seen = ("the text names another currency or a rate",)
        yield Finding("exchange", facts.diff_minor, told, 40, "exchange", evidenced=True, evidence=seen)


def instalment(facts: Facts) -> Iterator[Finding]:
    """What is left is what a plan still asks for."""
    for known in facts.expected:
        if known.kind == "instalment":
            told = f"the plan still asks for {facts.money(known.amount_minor)}: {known.text}"
            yield Finding("instalment", known.amount_minor, told, 95, "keep", evidenced=True, evidence=(known.text,))


def timing(facts: Facts) -> Iterator[Finding]:
    """The same amount stands on an open bank line, or on one side only for a few days."""
    for known in facts.expected:
        if known.kind == "in_transit":
            told = f"{facts.money(known.amount_minor)} stands on {known.text}"
            yield Finding("timing", known.amount_minor, told, 60, "wait", evidenced=True, evidence=(known.text,))
    age = facts.case.found.get("age_days")
    if facts.case.kind == "ledger_bank" and isinstance(age, int) and age <= TRANSIT_DAYS:
        told = f"{facts.money(facts.diff_minor)} is {age} days old; {TRANSIT_DAYS} days on the way are usual"
        yield Finding("timing", facts.diff_minor, told, 30, "wait", evidence=(f"booked {age} days ago",))


def returned(facts: Facts) -> Iterator[Finding]:
    """Money the bank took back, alone or with its fee."""
    for known in facts.expected:
        if known.kind == "returned":
            told = f"the bank took back {facts.money(known.amount_minor)}: {known.text}"
            yield Finding("returned", known.amount_minor, told, 90, "wait", evidenced=True, evidence=(known.text,))
        elif known.kind == "return_fee":
            told = f"the bank charged {facts.money(known.amount_minor)} for the return"
            yield Finding("returned", known.amount_minor, told, 85, "fee", evidenced=True, evidence=(known.text,))


def allowed(facts: Facts, kind: str) -> Iterable[Allowance]:
    """Return the allowances of a kind, those of the account itself first."""
    mine = [terms for terms in facts.allowances if terms.kind == kind]
    return sorted(mine, key=lambda terms: not terms.of_account)


def cited(paid: Paid | None, number: str) -> bool:
    """Return whether a payment's text holds a number."""
    return bool(paid and number and number.upper() in paid.text)


TESTS: tuple[Callable[[Facts], Iterable[Finding]], ...] = (
    discount,
    bank_fee,
    withholding,
    rounding,
    exchange,
    instalment,
    timing,
    returned,
)
