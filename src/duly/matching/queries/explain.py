"""Why a bank line is where it is: the sentences and the evidence as they were when it was decided."""

from __future__ import annotations

from dataclasses import dataclass

from duly.kernel.money import Money
from duly.matching.queries.desk import LineDetail, ProposalDetail, line_detail

SAID = {
    "reference": "our reference {value} is on the line",
    "number": "our number {value} is on the line",
    "number_joined": "our number {value} is on the line once separators are left out",
    "number_plain": "{value}, a number of one of our documents, is on the line",
    "number_tail": "the last digits of {value}, a document of this payer, are on the line",
    "payer_account": "the payer's bank account {value} is on file (payments seen before: {seen})",
    "payer_name": "the payer's name is exactly that of the account {value}",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence, and the sentences behind it."""

    sentence: str
    because: list[str]


def explain(entity_id: int, line_id: int) -> Explanation:
    """Return why a line was matched, is proposed as it is, or waits."""
    detail = line_detail(entity_id, line_id)
    because: list[str] = []
    for one in (*detail.decided, *([detail.proposal] if detail.proposal else []), *detail.others):
        because += _about(one)
    return Explanation(_headline(detail), because)


def _headline(detail: LineDetail) -> str:
    line = detail.line
    money = Money(line.amount_minor, line.currency)
    who = f" from {line.payer_name}" if line.payer_name and line.amount_minor > 0 else ""
    if line.state == "placed":
        placed = ", ".join(
            f"{Money(one.amount_minor, one.currency)} as {one.kind}"
            + (f" {one.receipt_number} of {one.account_name}" if one.receipt_number else f" on {one.gl_code}")
            for one in detail.placements
            if one.undone_on is None
        )
        return f"{money}{who} on {line.booked_on} was placed by {line.placed_by}: {placed}."
    return f"{money}{who} on {line.booked_on} is {line.state}: {detail.sentence}"


def _about(one: ProposalDetail) -> list[str]:
    proposal = one.proposal
    decided = f" by {proposal.decided_by}" if proposal.decided_by else ""
    said = [f"{proposal.state}{decided} ({proposal.confidence}): {proposal.sentence}"]
    said += [f"warning: {warning}" for warning in proposal.warnings]
    for found in proposal.evidence:
        template = SAID.get(str(found["kind"]), "{value}")
        said.append("evidence: " + template.format(value=found["value"], seen=found.get("seen", 0)))
    said += [
        f"{Money(item.amount_minor, proposal.currency)} to {item.number or item.item_id}, of which "
        f"{Money(item.open_then_minor, proposal.currency)} was open"
        for item in one.items
    ]
    return said
