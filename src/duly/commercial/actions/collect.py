"""What agreements want billed against what is drafted and billed: the difference is staged, nothing when
they agree.

One set of statements computes every period of every line that is due in a range of accounts, compares it
with drafts and billed lines, and stages new charges, changed drafts, withdrawals, and for billed charges
that a backdated change made wrong a reversal and a new version. Lines whose terms did not change are only
looked at past what is billed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from duly.invoicing.collect import CollectScope
from duly.kernel.doors import analyze
from duly.kernel.sql import fetch_one, run_sql

HERE = "duly.commercial"
QUIET_PERIODS = 6
"""Periods in a row with nothing to bill from which a line's past is not computed again."""

WORK = {
    "commercial_due": """
        entity_id int, term_id bigint, agreement_id bigint, account_id bigint, currency char(3), scale
        int, price_list text, starts_on date, ends_on date, state text, proration text, po_number text,
        line smallint, line_since date, line_from date, valid_from date, valid_to date, covered_from
        date, covered_to date, item_id bigint, description text, model text, quantity numeric,
        unit_price numeric, package_size numeric, percentage numeric, minimum_minor bigint, meter text,
        aggregate text, included_quantity numeric, unit text, count int, phase int, anchor_day int,
        timing text, billed_from date, recheck_from date, agreement_version int, first_on date, skip int""",
    "commercial_wanted": """
        charge_key text, version int default 1, term_id bigint, agreement_id bigint, account_id bigint,
        line smallint, kind text, description text, period_from date, period_to date, covered_from date,
        covered_to date, covered_days int, pieces datemultirange, quantity numeric(20, 6), unit_price
        numeric(20, 6), price_id bigint, list_tiers jsonb, bill_on date, tax_point_on date, settled
        boolean, net_minor bigint, used numeric, included numeric, steps jsonb, base_minor bigint,
        minimum_minor bigint""",
    "commercial_billed": """
        charge_key text, version int, term_id bigint, account_id bigint, currency char(3), source_kind
        text, invoice_id bigint, line smallint, item_id bigint, description text, period_from date,
        period_to date, bill_on date, tax_point_on date, quantity numeric, unit text, unit_price
        numeric, net_minor bigint, tax_code_id bigint, revenue_account_id int, left_minor bigint,
        reversed boolean""",
}
"""Temporary tables of one collection, emptied before each and at commit."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Which steps the lines of a range need; steps nobody needs are not run."""

    terms: int
    once: bool
    metered: bool
    stepped: bool
    percentages: bool
    minimums: bool
    doubted: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """How many wanted charges are to be staged, and how many periods hold nothing to bill."""

    charges: int
    quiet: int


def collect_charges(scope: CollectScope) -> None:
    """Stage what the agreements of these accounts want billed through the day; call inside `charge_batch()`.

    Writes staged_charge, staged_withdrawn and one staged_expected row per account and currency (with a
    reason where something cannot be charged). Twice is once: what is drafted or billed as wanted is left
    alone by the door.
    """
    unpriced = rate(scope)
    where = _where(scope)
    run_sql(HERE, "collect/14_expect.sql", **where)
    if unpriced:
        run_sql(HERE, "collect/15_problems.sql", **where)


def rate(scope: CollectScope) -> int:
    """Fill commercial_wanted with every charge that is due, stage the differences.

    Returns how many wanted charges could not be staged for want of a price, tax rule or ledger account.
    """
    where = _where(scope)
    with planned_by_hashes():
        _empty()
        run_sql(HERE, "collect/1_due_terms.sql", **where)
        needs = fetch_one(HERE, "collect/flags.sql", Needs)
        assert needs is not None
        if not needs.terms:
            return 0
        _want(needs, where)
        return _stage(needs, where)


def _want(needs: Needs, where: dict[str, Any]) -> None:
    """Compute every wanted charge."""
    if needs.percentages or needs.minimums:
        run_sql(HERE, "collect/2_reach_back.sql", **where)
    run_sql(HERE, "collect/3_periods.sql", **where)
    if needs.once:
        run_sql(HERE, "collect/4_once.sql", **where)
    if needs.metered:
        analyze("commercial_due", "commercial_wanted")
        run_sql(HERE, "collect/5_usage.sql", **where)
    if needs.stepped:
        run_sql(HERE, "collect/6_price_steps.sql", **where)
    if needs.percentages:
        run_sql(HERE, "collect/7_percentages.sql", **where)
    if needs.minimums:
        run_sql(HERE, "collect/8_minimums.sql", **where)


def _stage(needs: Needs, where: dict[str, Any]) -> int:
    """Compare with what is drafted and billed, and stage the difference; returns how many cannot be charged."""
    if needs.doubted:
        run_sql(HERE, "collect/9_billed.sql", **where)
        run_sql(HERE, "collect/10_judge.sql", **where)
    staged = run_sql(HERE, "collect/11_stage.sql", **where)
    if needs.doubted:
        run_sql(HERE, "collect/12_reverse.sql", **where)
    run_sql(HERE, "collect/13_withdraw.sql", **where)
    if needs.doubted:
        run_sql(HERE, "collect/16_settle.sql", **where)
    seen = fetch_one(HERE, "collect/chargeable.sql", Seen)
    assert seen is not None
    if seen.quiet:
        run_sql(HERE, "collect/17_quiet.sql", enough=QUIET_PERIODS, **where)
    return seen.charges - staged


@contextmanager
def planned_by_hashes() -> Iterator[None]:
    """Keep the planner from nested loops over freshly filled tables and from compiling what runs a moment."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('enable_nestloop', 'off', true), set_config('jit', 'off', true)")
        yield
        cursor.execute("select set_config('enable_nestloop', 'on', true)")


def _where(scope: CollectScope) -> dict[str, Any]:
    return {
        "entity": scope.entity_id,
        "first": scope.first_account_id,
        "last": scope.last_account_id,
        "ids": scope.account_ids,
        "through": scope.through_on,
    }


def _empty() -> None:
    """Make the working tables where this connection has none yet, and empty them, in one round trip."""
    made = "; ".join(
        f"create temp table if not exists {name} ({columns}) on commit delete rows; delete from {name}"  # noqa: S608  names are ours
        for name, columns in WORK.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(made)
