"""The language of agreements in tests: agree, plan, bill, and what a plan wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from duly.commercial.actions import agree, collect_charges
from duly.commercial.models import NewAgreement, NewTerm
from duly.invoicing.actions.charge_batch import ChargesTaken, charge_batch
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
            " pricing::json from invoicing_charge where entity_id = %s order by bill_on, period_from, net_minor desc, charge_key",
            office.entity_id,
        )
    ]


def nets(office: Office) -> list[int]:
    """The net amounts of all drafts, in minor units."""
    return [draft.net_minor for draft in drafts(office)]


def bill(office: Office, through: str) -> list[int]:
    """Plan through a day and put every draft due on an invoice, as issuing does; returns the nets billed.

    Only charges and lines matter here, so this writes the lines itself; the whole way is tested with invoicing.
    """
    plan(office, through)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            with due as (
                delete from invoicing_charge where entity_id = %(entity)s and bill_on <= %(through)s returning *
            ), document as (
                insert into invoicing_invoice (entity_id, kind, account_id, currency, issued_on, due_on, net_minor,
                    tax_minor, total_minor, language, seller_id, buyer, delivery)
                select %(entity)s, case when sum(net_minor) < 0 then 'credit_note' else 'invoice' end, account_id,
                    currency, %(through)s, %(through)s, sum(net_minor), 0, sum(net_minor), 'en', 1, '{}', 'none'
                from due group by account_id, currency
                returning id, account_id, currency
            )
            insert into invoicing_line (entity_id, invoice_id, line, account_id, charge_key, version,
                source_kind, source_id, item_id, description, period_from, period_to, bill_on, tax_point_on,
                quantity, unit, unit_price, net_minor, tax_code_id, tax_rate_ids, tax_minors,
                revenue_account_id, reverses_invoice_id, reverses_line, pricing)
            select %(entity)s, o.id, row_number() over (partition by o.id order by d.id), d.account_id,
                d.charge_key, d.version, d.source_kind, d.source_id, d.item_id, d.description, d.period_from,
                d.period_to, d.bill_on, d.tax_point_on, d.quantity, d.unit, d.unit_price, d.net_minor,
                d.tax_code_id, '{}', '{}', d.revenue_account_id, d.reverses_invoice_id, d.reverses_line,
                d.pricing
            from due as d join document as o on o.account_id = d.account_id and o.currency = d.currency
            order by d.bill_on, d.period_from, d.net_minor desc, d.charge_key
            returning net_minor""",
            {"entity": office.entity_id, "through": day(through)},
        )
        return [net for (net,) in cursor.fetchall()]


def rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall()
