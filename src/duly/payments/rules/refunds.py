"""Whether money may go back: each check looks at stored facts and says what it saw. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

PASS, WARN, FAIL = "pass", "warn", "fail"
CLEARING_CODE = "2170"

CHECK_WORDS = {
    "original_instrument": "Goes back to where it came from",
    "own_money": "It is their own money, and nobody used it",
    "bank_details": "The bank account was not changed lately",
    "no_dispute": "No dispute and no stop on the account",
    "no_duplicate": "It was not refunded before",
    "not_shared": "Nobody else has this bank account",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a part of the money came from: the bank account (hash, last four) or another way (cheque, credit)."""

    item_id: int
    number: str
    way: str
    account_hash: str
    last4: str


@dataclass(frozen=True, slots=True)
class RefundFacts:
    """What is known when a refund is checked; amounts in minor units, hashes in hex."""

    amount_minor: int
    money_minor: int
    claimed_minor: int
    strange_items: int
    origins: Sequence[Origin]
    to_hash: str
    to_last4: str
    to_own_party: bool
    to_payments_seen: int
    to_first_seen_on: date
    to_in_force_from: date | None
    changed_on: date | None
    change_waiting: bool
    twins: Sequence[Mapping[str, Any]]
    sharers: int
    holds: Sequence[str]
    disputes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check: in a sentence, with what it looked at."""

    name: str
    outcome: str
    sentence: str
    evidence: Mapping[str, Any] = field(default_factory=dict)


def check_refund(facts: RefundFacts, *, today: date, quiet_days: int) -> list[Check]:
    """Make every check; one that fails blocks the refund, one that warns must be accepted by name."""
    return [
        original_instrument(facts),
        own_money(facts),
        bank_details(facts, today, quiet_days),
        no_dispute(facts),
        no_duplicate(facts),
        not_shared(facts),
    ]


def original_instrument(facts: RefundFacts) -> Check:
    """Money goes back to the bank account it came from, else to one confirmed by call-back, else nowhere."""
    name, ways = (
        "original_instrument",
        [f"{one.number or one.way} by {one.way} …{one.last4}".rstrip(" …") for one in facts.origins],
    )
    evidence = {"to": f"…{facts.to_last4}", "came": ways}
    if not facts.to_own_party:
        return Check(name, FAIL, "This bank account belongs to another customer.", evidence)
    hashes = {one.account_hash for one in facts.origins}
    if hashes == {facts.to_hash}:
        return Check(name, PASS, f"All of it came from the account ending in {facts.to_last4}.", evidence)
    if facts.to_in_force_from is not None:
        since = {"in_force_from": facts.to_in_force_from.isoformat()}
        said = f"…{facts.to_last4} was confirmed by call-back and is in force since {facts.to_in_force_from}."
        return Check(name, PASS, said, evidence | since)
    if not hashes - {"", facts.to_hash} and facts.to_payments_seen:
        seen = {"payments_seen": facts.to_payments_seen, "first_seen_on": facts.to_first_seen_on.isoformat()}
        said = f"The way it came takes no money back; they paid {facts.to_payments_seen} times from this account."
        return Check(name, PASS, said, evidence | seen)
    return Check(name, FAIL, "It came from another bank account, and this one was never confirmed.", evidence)


def own_money(facts: RefundFacts) -> Check:
    """No more goes back than is unapplied of the items named, and no other refund has a claim on it."""
    evidence = {
        "wanted_minor": facts.amount_minor,
        "open_minor": facts.money_minor,
        "claimed_minor": facts.claimed_minor,
    }
    if facts.strange_items:
        return Check("own_money", FAIL, "A part of it is not this account's own money.", evidence)
    if facts.money_minor < facts.amount_minor:
        return Check("own_money", FAIL, "A part of it was used meanwhile.", evidence)
    if facts.claimed_minor:
        return Check("own_money", FAIL, "Another refund has a claim on the same money.", evidence)
    return Check("own_money", PASS, "All of it lies unapplied on their account.", evidence)


def bank_details(facts: RefundFacts, today: date, quiet_days: int) -> Check:
    """Nothing is paid while a change of bank details is on its way, nor soon after one."""
    changed = facts.changed_on.isoformat() if facts.changed_on else None
    evidence = {"change_asked_for_on": changed, "waiting": facts.change_waiting, "quiet_days": quiet_days}
    if facts.change_waiting:
        return Check("bank_details", FAIL, "A change of their bank details is on its way.", evidence)
    if facts.changed_on is not None and facts.changed_on > today - timedelta(days=quiet_days):
        until = facts.changed_on + timedelta(days=quiet_days)
        return Check("bank_details", FAIL, f"Their bank details changed lately; wait until {until}.", evidence)
    return Check("bank_details", PASS, f"No change within {quiet_days} days.", evidence)


def no_dispute(facts: RefundFacts) -> Check:
    """Nothing goes back while something of the account is disputed or everything on it is stopped."""
    found = [*facts.disputes, *facts.holds]
    if found:
        return Check("no_dispute", FAIL, found[0], {"found": found})
    return Check("no_dispute", PASS, "Nothing is disputed, nothing is stopped.", {})


def no_duplicate(facts: RefundFacts) -> Check:
    """The same amount on its way already fails; the same amount paid not long ago is to be looked at."""
    evidence = {"others": list(facts.twins)}
    waiting = [one for one in facts.twins if one["state"] in ("requested", "approved")]
    if waiting:
        return Check("no_duplicate", FAIL, f"{waiting[0]['number']} asks for the same amount already.", evidence)
    if facts.twins:
        said = f"{facts.twins[0]['number']} gave the same amount back on {facts.twins[0]['on']}."
        return Check("no_duplicate", WARN, said, evidence)
    return Check("no_duplicate", PASS, "No other refund of this amount.", evidence)


def not_shared(facts: RefundFacts) -> Check:
    """A bank account that several customers have is to be looked at."""
    evidence = {"other_customers": facts.sharers}
    if facts.sharers:
        said = f"{facts.sharers} other customer{'s have' if facts.sharers > 1 else ' has'} this bank account, too."
        return Check("not_shared", WARN, said, evidence)
    return Check("not_shared", PASS, "No other customer has this bank account.", evidence)


def failed(checks: Iterable[Check]) -> list[str]:
    """Return the names of the checks that block."""
    return [check.name for check in checks if check.outcome == FAIL]


def not_accepted(checks: Iterable[Check], accepted: Iterable[str]) -> list[str]:
    """Return the names of warnings that nobody accepted."""
    known = set(accepted)
    return [check.name for check in checks if check.outcome == WARN and check.name not in known]
