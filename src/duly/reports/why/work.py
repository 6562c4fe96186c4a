"""Why an agreement bills what it bills, and what became of a bill run."""

from __future__ import annotations

from collections.abc import Iterator

from duly.commercial.queries import Agreement, TermVersion, agreement
from duly.invoicing.models import from_json
from duly.invoicing.queries.runs import held_page, run
from duly.kernel.money import Money
from duly.reports.why.models import Asked, Why, group, of_money, what_happened

MOST_HELD = 50


def why_agreement(asked: Asked) -> Why:
    """Explain an agreement: its lines with every version, what changed when and by whom, its pauses."""
    found = agreement(asked.entity_id, today=asked.as_of, agreement_id=asked.id)
    facts = found.facts
    until = f" until {facts.ends_on}" if facts.ends_on else ""
    every = (
        f"every {facts.interval_count} {facts.interval_unit}s"
        if facts.interval_count > 1
        else (f"every {facts.interval_unit}")
    )
    return Why(
        f"{facts.number} {facts.name} of {facts.account_name}: {facts.state}, from {facts.starts_on}{until}, billed"
        f" {every} in {facts.timing}, proration by {facts.proration}",
        (
            *group("What it bills", (_term(term, facts.currency) for term in found.terms)),
            *group("What changed", _changes(found)),
            *group(
                "Paused",
                (Why(f"from {one.paused_on} to {one.resumed_on or 'now'}: {one.reason}") for one in found.pauses),
            ),
            *what_happened(asked.entity_id, ("agreement",), asked.id),
        ),
        href=f"/agreements/{facts.number}",
    )


def _term(term: TermVersion, currency: str) -> Why:
    price = f" at {term.unit_price.normalize():f} {currency}" if term.unit_price is not None else " at list price"
    if term.percentage is not None:
        price = f" of {term.percentage.normalize():f} %"
    until = f" until {term.valid_to}" if term.valid_to else ""
    return Why(
        f"Line {term.line}, {term.item_name}: {term.model.replace('_', ' ')}, {term.quantity.normalize():f}"
        f" {term.unit}{price}, from {term.valid_from}{until}, recorded {term.recorded_at:%Y-%m-%d}",
        href=f"/why/{term.item}",
    )


def _changes(found: Agreement) -> Iterator[Why]:
    for one in found.amendments:
        changed = [
            Why(f"line {change.line} {change.field.replace('_', ' ')}: {change.was or 'none'} → {change.now or 'none'}")
            for change in found.differences
            if change.amendment_id == one.id
        ]
        back = f" (taken back {one.undone_at:%Y-%m-%d})" if one.undone_at else ""
        yield Why(
            f"From {one.effective_on}: {one.kind} by {one.made_by} on {one.recorded_at:%Y-%m-%d}, {one.reason}{back}",
            tuple(changed),
        )


def why_run(asked: Asked) -> Why:
    """Explain a bill run: expected = billed + nothing due + held, in count and money, and who is held why."""
    found = run(asked.entity_id, asked.id)
    counts = Why(
        f"{found.expected_accounts:,} accounts expected = {found.billed_accounts:,} billed + {found.nothing_due:,} with"
        f" nothing due + {found.held_accounts:,} held + {found.elsewhere_accounts:,} billed elsewhere meanwhile"
        if found.state == "issued"
        else f"{found.expected_accounts:,} accounts expected, {found.planned_accounts:,} planned,"
        f" {found.nothing_due:,} with nothing due, {found.held_accounts:,} held"
    )
    money = [
        of_money("expected {} net", minor, currency) for currency, minor in from_json(found.expected_net).items()
    ] + [of_money("billed {} net", minor, currency) for currency, minor in from_json(found.billed_net).items()]
    held = [
        Why(
            f"{row.account_number} {row.account_name}: {row.reason}, {Money(row.net_minor, row.currency)}"
            + (f", until {row.deadline_on}" if row.deadline_on else ""),
            href=f"/why/{row.account_number}",
        )
        for row in held_page(asked.entity_id, asked.id, limit=MOST_HELD)
    ]
    approved = f", approved by {found.approved_by_name}" if found.approved_by_name else ""
    return Why(
        f"Run {found.id} through {found.through_on} by {found.made_by_name}{approved}: {found.state}",
        (
            counts,
            *group("In money", money),
            *group("Held", held),
            *what_happened(asked.entity_id, ("run",), found.id),
        ),
        href=f"/runs/{found.id}",
    )
