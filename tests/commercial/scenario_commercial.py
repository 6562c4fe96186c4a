"""The language of agreements in tests: agree, plan, bill, and what a plan wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from duly.commercial.actions import agree, collect_charges, record_usage
from duly.commercial.models import NewAgreement, NewTerm, Recorded, UsageEvent
from duly.invoicing.actions.charge_batch import ChargesTaken, charge_batch
from duly.invoicing.actions.issue import issue_invoices
from duly.invoicing.actions.review import decide_surprises
from duly.invoicing.collect import CollectScope
from tests.scenario import Office, account


@dataclass(frozen=True)
class Draft:
    """A charge waiting to be billed."""

    charge_key: str
    version: int
    source_kind: str
    period: tuple[date, date] | None
    bill_on: date
    quantity: Decimal
    net_minor: int
    pricing: dict[str, Any]


def day(text: str) -> date:
    return date.fromisoformat(text)


def term(item: str = "SUPPORT", price: str | None = "100.00", **facts: Any) -> NewTerm:
    """A line: flat at a price unless said otherwise."""
    facts.setdefault("model", "flat")
    for name in ("quantity", "included_quantity", "package_size", "percentage"):
        if name in facts:
            facts[name] = Decimal(facts[name])
    return NewTerm(item=item, unit_price=None if price is None else Decimal(price), **facts)


def agreed(office: Office, starts: str, *terms: NewTerm, **facts: Any) -> int:
    """Make an agreement on a new account (or `account_id`) from a day; returns its id."""
    for name in ("ends_on", "trial_ends_on"):
        if name in facts:
            facts[name] = day(facts[name])
    facts.setdefault("account_id", None)
    if facts["account_id"] is None:
        facts["account_id"] = account(office, currency=facts.get("currency", "EUR"))
    wanted = NewAgreement(starts_on=day(starts), terms=terms or (term(),), **facts)
    return agree([wanted], by=office.specialist).ids[0]


def plan(office: Office, through: str) -> ChargesTaken:
    """Collect everything due through a day, of all accounts, as a bill run does."""
    with charge_batch() as taken:
        collect_charges(CollectScope(office.entity_id, 0, 2**62, day(through)))
    return taken


def expected(office: Office, through: str) -> dict[tuple[int, str], tuple[int, str]]:
    """What each account expects of a plan: (account, currency) -> (minor units, reason)."""
    found: dict[tuple[int, str], tuple[int, str]] = {}

    def look() -> None:
        for account_id, currency, due_minor, reason in rows(
            "select account_id, currency, due_minor, reason from staged_expected"
        ):
            found[account_id, currency] = due_minor, reason

    with charge_batch(look):
        collect_charges(CollectScope(office.entity_id, 0, 2**62, day(through)))
    return found


def drafts(office: Office) -> list[Draft]:
    """All charges waiting, in order of billing day, period and key."""
    return [
        Draft(key, version, kind, (a, b) if a else None, bill_on, quantity, net_minor, pricing)
        for key, version, kind, a, b, bill_on, quantity, net_minor, pricing in rows(
            "select charge_key, version, source_kind, period_from, period_to, bill_on, quantity, net_minor,"
            " pricing::json from invoicing_charge where entity_id = %s"
            " order by bill_on, period_from, net_minor desc, charge_key",
            office.entity_id,
        )
    ]


def nets(office: Office) -> list[int]:
    """The net amounts of all drafts, in minor units."""
    return [draft.net_minor for draft in drafts(office)]


def bill(office: Office, through: str) -> list[int]:
    """Plan and issue everything due through a day, accepting every surprise; returns the nets billed."""
    [(before,)] = rows("select coalesce(max(id), 0) from invoicing_invoice")
    accounts = [id for (id,) in rows("select id from receivables_account where entity_id = %s", office.entity_id)]
    issue(office, accounts, day(through))
    surprises = [
        id
        for (id,) in rows("select id from invoicing_surprise where entity_id = %s and state = 'open'", office.entity_id)
    ]
    if surprises:
        decide_surprises(surprises, decision="accepted", by=office.system)
        issue(office, accounts, day(through))
    return [
        net
        for (net,) in rows(
            "select net_minor from invoicing_line where entity_id = %s and invoice_id > %s"
            " order by bill_on, period_from, net_minor desc, charge_key",
            office.entity_id,
            before,
        )
    ]


def issue(office: Office, accounts: list[int], on_day: date) -> None:
    issue_invoices(accounts, through_on=on_day, issued_on=on_day, today=on_day, by=office.system)


def rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()


def term_id(agreement_id: int, line: int = 1) -> int:
    """The newest version of a line."""
    [(found,)] = rows("select max(id) from commercial_term where agreement_id = %s and line = %s", agreement_id, line)
    return int(found)


def use(office: Office, meter: str, *events: tuple[str, str], account_id: int, today: str, **facts: Any) -> Recorded:
    """Record events of (moment, quantity) on a meter, each with an id of its own unless `ids` says otherwise."""
    ids = facts.pop("ids", None) or [f"{meter}-{account_id}-{at}-{place}" for place, (at, _) in enumerate(events)]
    keys = facts.pop("keys", [""] * len(events))
    sent = [
        UsageEvent(
            external_id=id,
            meter=meter,
            at=datetime.fromisoformat(at),
            quantity=Decimal(quantity),
            account_id=account_id,
            unique_key=key,
        )
        for id, key, (at, quantity) in zip(ids, keys, events, strict=True)
    ]
    return record_usage(sent, today=day(today), by=office.specialist, **facts)
