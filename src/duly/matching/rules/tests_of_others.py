"""Causes elsewhere: paid twice, another account, an open credit, a sister's item, a slip of the pen, fraud. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from duly.matching.rules.facts import Facts, Other
from duly.matching.rules.finding import Finding
from duly.matching.rules.tests_of_money import cited

TWICE_DAYS = 90
DORMANT_DAYS = 365
NEAR = {
    "own": "of this account",
    "party": "of the same customer",
    "name": "of an account with the same name",
    "number": "of the neighbouring account number",
    "named": "named in the text",
}


def duplicate_payment(facts: Facts) -> Iterator[Finding]:
    """The same amount settled an item of this account shortly before."""
    paid = facts.paid
    if paid is None:
        return
    for other in facts.others:
        if other.near != "own" or other.closed_on is None or other.amount_minor <= 0:
            continue
        days = abs((paid.received_on - other.closed_on).days)
        if days > TWICE_DAYS or other.amount_minor != facts.diff_minor:
            continue
        named = cited(paid, other.number)
        evidence = [f"{other.number} was settled {days} days apart"]
        if named:
            evidence.append(f"the text names {other.number}")
        yield Finding(
            "duplicate_payment",
            facts.diff_minor,
            f"{other.number} of {facts.money(other.amount_minor)} was settled on {other.closed_on}",
            90 if named else 55,
            "refund",
            evidenced=named,
            evidence=tuple(evidence),
            arguments={"item_id": other.item_id},
        )


def misposted(facts: Facts) -> Iterator[Finding]:
    """Another account owes exactly this, and something ties the payment to it."""
    paid = facts.paid
    if paid is None:
        return
    for other in facts.others:
        if other.near == "own" or other.open_minor != facts.diff_minor:
            continue
        named = other.named or cited(paid, other.account_number)
        told = f"{other.account_number} owes {facts.money(other.open_minor)} on {other.number}, {NEAR[other.near]}"
        evidence = [NEAR[other.near]] + ([f"the text names {other.number}"] if named else [])
        yield Finding(
            "misposted",
            facts.diff_minor,
            told,
            {"named": 95, "party": 70, "name": 60}.get("named" if named else other.near, 35),
            "transfer",
            evidenced=named or other.near == "party",
            evidence=tuple(evidence),
            arguments={"to_account_id": other.account_id, "item_id": other.item_id},
        )


def open_credit(facts: Facts) -> Iterator[Finding]:
    """A credit note or money of the customer that settles nothing yet is what they took off."""
    for other in facts.others:
        if other.near == "own" and other.open_minor < 0:
            what = "credit" if other.kind == "credit_note" else "money"
            told = f"{what} {other.number} has {facts.money(-other.open_minor)} not applied"
            named = cited(facts.paid, other.number)
            spoken = (f"the text names {other.number}",) if named else ()
            yield Finding(
                "open_credit",
                -other.open_minor,
                told,
                90 if named else 65,
                "net",
                evidenced=named or -other.open_minor == facts.diff_minor,
                evidence=(f"issued on {other.issued_on}", *spoken),
                arguments={"credit_item_id": other.item_id},
            )


def other_item(facts: Facts) -> Iterator[Finding]:
    """An older item of the account, or one of a sister, is what was left out or paid along."""
    same = [one for one in facts.others if one.near in ("own", "party") and one.open_minor == facts.diff_minor]
    if facts.we_miss:
        for other in facts.others:
            if other.near == "party" and other.open_minor == -facts.diff_minor:
                told = f"{other.account_number} has {facts.money(-other.open_minor)} not applied, {NEAR['party']}"
                yield _other(facts, other, told, "transfer_in", 50, evidenced=True)
        return
    for other in same:
        if other.near == "own":
            told = f"{other.number} of {other.issued_on} is open with {facts.money(other.open_minor)}"
            yield _other(facts, other, told, "apply", 70 if other.named else 55, evidenced=True)


def _other(facts: Facts, other: Other, told: str, resolution: str, specific: int, *, evidenced: bool) -> Finding:
    return Finding(
        "other_item",
        facts.diff_minor,
        told,
        specific,
        resolution,
        evidenced=evidenced,
        evidence=(NEAR[other.near],),
        arguments={"item_id": other.item_id, "from_account_id": other.account_id},
    )


def input_error(facts: Facts) -> Iterator[Finding]:
    """Two digits swapped, one digit lost or added, a decimal point moved, a sign turned, between two amounts."""
    owed, paid = facts.owed, facts.paid
    if paid is None:
        return
    wanted = [(owed.number, owed.amount_minor)] if owed else []
    if not facts.we_miss:
        wanted += [(one.number, one.amount_minor) for one in facts.others if one.near == "own" and one.amount_minor > 0]
    for number, minor in wanted:
        if abs(minor - paid.amount_minor) != facts.diff_minor:
            continue
        slip = slip_between(minor, paid.amount_minor)
        if slip:
            told = f"{facts.money(paid.amount_minor)} instead of {facts.money(minor)} on {number}: {slip}"
            by_hand = paid.method != "bank"
            evidence = ("typed by hand",) if by_hand else ("typed by the payer",)
            yield Finding(
                "input_error",
                facts.diff_minor,
                told,
                65 if by_hand else 45,
                "correct" if by_hand else "ask",
                evidenced=by_hand,
                evidence=evidence,
                arguments={"amount_minor": minor, "receipt_id": paid.receipt_id},
            )


def slip_between(right: int, wrong: int) -> str:
    """Return how one amount became another by a slip of the pen; '' when it did not."""
    if right in (wrong * 10, wrong * 100) or wrong in (right * 10, right * 100):
        return "the decimal point moved"
    if right == -wrong:
        return "the sign turned"
    a, b = str(abs(right)), str(abs(wrong))
    if len(a) == len(b):
        at = next(place for place in range(len(a)) if a[place] != b[place]) if a != b else len(a)
        swapped = a[:at] + a[at : at + 2][::-1] + a[at + 2 :]
        return "two digits swapped" if a != b and swapped == b else ""
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    if len(longer) == len(shorter) + 1 and any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
        return "a digit lost" if len(a) > len(b) else "a digit too many"
    return ""


def dispute(facts: Facts) -> Iterator[Finding]:
    """The customer has disputed exactly this."""
    for known in facts.expected:
        if known.kind == "dispute":
            told = f"a dispute about {facts.money(known.amount_minor)}: {known.text}"
            yield Finding("dispute", known.amount_minor, told, 95, "wait", evidenced=True, evidence=(known.text,))


def fraud(facts: Facts) -> Iterator[Finding]:
    """Too much from a bank account never seen, or from a customer long silent: money sent to be refunded elsewhere."""
    paid = facts.paid
    if paid is None or paid.method != "bank":
        return
    evidence = []
    if paid.first_from_account:
        evidence.append("the first payment from this bank account")
    if paid.quiet_days > DORMANT_DAYS:
        evidence.append(f"the first payment after {paid.quiet_days} days")
    evidence += [known.text for known in facts.expected if known.kind == "risk"]
    if evidence:
        told = f"{facts.money(facts.diff_minor)} too much: {', '.join(evidence)}"
        sure = len(evidence) > 1
        yield Finding("fraud", facts.diff_minor, told, 40, "hold", evidenced=sure, evidence=tuple(evidence))


TESTS: tuple[Callable[[Facts], Iterable[Finding]], ...] = (
    duplicate_payment,
    misposted,
    open_credit,
    other_item,
    input_error,
    dispute,
    fraud,
)
