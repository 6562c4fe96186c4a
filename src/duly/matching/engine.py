"""From open bank lines to proposals, in four steps over sets: evidence -> candidates -> proposals -> decide.

The steps hand each other temporary tables, and these are the protocol a better engine keeps:

- match_line: the open lines looked at, with their text as printed (`words`) and without separators
(`joined`). - match_evidence: one row per thing found: a reference or number of ours (with its open item), a
payer known by bank account or name (with its account). Later kinds of evidence are only more rows. -
match_candidate: line x open item that evidence speaks for, and match_fact: what is known of each line in one
row. - match_proposal and match_proposal_item: what the line might pay, ranked, each with a sentence and
warnings.

`decide` turns an exact proposal with a warning into one for a person: another candidate competes, the item is
cited twice, the account is closed or held, the payer's bank account is new and the amount large, or a person
took the same proposal back before. What is exact afterwards may be applied without a person; nothing else
ever is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from duly.kernel import clock
from duly.kernel.doors import analyze, door
from duly.kernel.sql import fetch_sql, fetch_value, run_sql
from duly.matching.models import Series
from duly.matching.rules import FIRST_PAYMENT_LIMIT_MAJOR, NUMBERED_KINDS, digit_lengths, mask, reference_lengths
from duly.receivables.queries.references import reference_schemes

HERE = "duly.matching"

TABLES = {
    "match_line": """
        line_id bigint not null,
        version int not null,
        booked_on date not null,
        amount_minor bigint not null,
        currency char(3) not null,
        is_return boolean not null,
        words text not null,
        joined text not null,
        reference text not null,
        payer_name text not null,
        payer_hash bytea,
        names_a_number boolean not null""",
    "match_evidence": """
        line_id bigint not null,
        kind text not null,
        value text not null,
        document_kind text,
        document_id bigint,
        item_id bigint,
        account_id bigint,
        strength int not null default 0""",
    "match_candidate": """
        line_id bigint not null,
        item_id bigint not null,
        account_id bigint not null,
        number text not null,
        cited_by text,
        open_minor bigint not null,
        currency char(3) not null,
        due_on date not null,
        closed_on date""",
    "match_fact": """
        line_id bigint not null,
        cited int not null,
        cited_open int not null,
        cited_accounts int not null,
        cited_account_id bigint,
        cited_minor bigint,
        cited_strange int not null,
        cited_credits int not null,
        cited_weak int not null,
        numbers text,
        closed_numbers text,
        payer_accounts int not null,
        payer_account_id bigint,
        payer_by text,
        payer_seen int,
        same_amount int not null,
        all_open int not null,
        all_open_minor bigint not null""",
    "match_proposal": """
        proposal_id bigint not null default nextval('matching_proposal_id_seq'),
        line_id bigint not null,
        account_id bigint not null,
        rank smallint not null default 1,
        rule text not null,
        confidence text not null,
        amount_minor bigint not null,
        left_minor bigint not null default 0,
        returns_receipt_id bigint,
        sentence text not null,
        warnings text[] not null default '{}'""",
    "match_proposal_item": """
        proposal_id bigint not null,
        item_id bigint not null,
        amount_minor bigint not null,
        open_minor bigint not null""",
}


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to be matched: the open lines of an entity, all or these."""

    entity_id: int
    line_ids: list[int] | None = None


def read_evidence(scope: Scope) -> None:
    """Fill match_line and match_evidence."""
    run_sql(HERE, "engine/1_lines.sql", entity=scope.entity_id, lines=scope.line_ids)
    analyze("match_line")
    series = fetch_sql(HERE, "engine/series.sql", Series, entity=scope.entity_id, kinds=list(NUMBERED_KINDS))
    lengths = reference_lengths((one.width, one.last_seq) for one in series)
    masks = [mask(one.document_kind, one.prefix, one.width, one.last_seq) for one in series]
    run_sql(HERE, "engine/2_references.sql", entity=scope.entity_id, lengths=lengths)
    digits = digit_lengths(reference_schemes(scope.entity_id), lengths)
    if digits:
        run_sql(HERE, "engine/2b_digit_references.sql", entity=scope.entity_id, lengths=digits)
    run_sql(
        HERE,
        "engine/3_numbers.sql",
        entity=scope.entity_id,
        kinds=[one.document_kind for one in masks],
        prefixes=[one.prefix for one in masks],
        widths=[one.width for one in masks],
        bounded=[one.bounded for one in masks],
        spaced=[one.spaced for one in masks],
    )
    run_sql(HERE, "engine/4_given_numbers.sql", entity=scope.entity_id)
    run_sql(HERE, "engine/5_payers.sql", entity=scope.entity_id)
    analyze("match_evidence")


def find_candidates(scope: Scope) -> None:
    """Fill match_candidate and match_fact."""
    run_sql(HERE, "engine/6_candidates.sql", entity=scope.entity_id)
    run_sql(HERE, "engine/6b_tails.sql")
    analyze("match_candidate")
    run_sql(HERE, "engine/7_facts.sql", entity=scope.entity_id)
    analyze("match_fact")


def propose(scope: Scope) -> None:
    """Fill match_proposal and match_proposal_item."""
    for step in ("cited", "payer_amount", "payer_all_open", "payer_account", "returns"):
        run_sql(HERE, f"engine/8_{step}.sql", entity=scope.entity_id)
    analyze("match_proposal")
    for step in ("cited", "payer"):
        run_sql(HERE, f"engine/9_items_{step}.sql", entity=scope.entity_id)
    analyze("match_proposal_item")


def decide(scope: Scope) -> None:
    """Leave exact only what nothing speaks against; the warnings say what does."""
    run_sql(HERE, "engine/10_warn.sql", entity=scope.entity_id, limit_major=FIRST_PAYMENT_LIMIT_MAJOR)
    run_sql(HERE, "engine/11_warn_contested.sql")
    run_sql(HERE, "engine/12_demote.sql")


STEPS: tuple[Callable[[Scope], None], ...] = (read_evidence, find_candidates, propose, decide)


@contextmanager
def matching_round(scope: Scope) -> Iterator[int]:
    """Match the lines of the scope anew; what was proposed for them before and not decided is replaced.

    Yields how many lines were looked at, with the proposals written: what is exact may be applied inside the
    block. At its end every line that is still open stands on the desk (whose rows are the last lock taken).
    """
    with door(TABLES, _nothing):
        # One round at a time in an office, or two would delete each other's proposals in different orders.
        run_sql(HERE, "engine/0_one_at_a_time.sql", entity=scope.entity_id)
        for step in STEPS:
            step(scope)
        run_sql(HERE, "engine/13_forget.sql", entity=scope.entity_id, lines=scope.line_ids)
        run_sql(HERE, "engine/14_write.sql", entity=scope.entity_id, at=clock.now())
        run_sql(HERE, "engine/15_write_items.sql", entity=scope.entity_id)
        yield int(fetch_value(HERE, "engine/looked_at.sql"))
        run_sql(HERE, "engine/16_results.sql", entity=scope.entity_id, at=clock.now())


def _nothing() -> None:
    """The tables are only between the steps; nothing is taken in at the end."""
