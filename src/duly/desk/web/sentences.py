"""Refusals in plain words: what was not done and what to do about it.

A capability's screens add theirs with `SENTENCES.update(...)`; facts stand in braces and are written in the
reader's
notation: `*_minor` as money (of the fact `currency`), dates as dates. A code without a sentence reads as
its words.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from duly.access import queries
from duly.desk.web.notation import date_text, money_text, number_text
from duly.kernel.actor import Actor
from duly.kernel.clock import today_in
from duly.kernel.refusals import NotAllowed, NotFound, Refused

SENTENCES: dict[str, str] = {
    "access.right_missing": "You do not have the right to {right}.",
    "access.limit_exceeded": "{amount_minor} is above your limit of {limit_minor} to {right}.",
    "access.gate_missing": "To {right} needs the gate “{gate}”.",
    "access.needs_approval": "To {right} needs somebody else’s approval.",
    "access.proposed": "Sent for approval to {who}.",
    "proposal.checker_is_maker": "Somebody else must decide what you asked for yourself.",
    "proposal.checker_is_beneficiary": "Somebody else must decide what is for your own benefit.",
    "proposal.beyond_the_checker": "This is beyond your own right or limit.",
    "proposal.not_its_maker": "Only who asked for it can withdraw it.",
    "proposal.decided_meanwhile": "Somebody has decided this in the meantime.",
    "proposal.reason_missing": "Say why; who asked for it reads it.",
    "proposal.cannot_become_accepted": "This was decided already.",
    "proposal.cannot_become_refused": "This was decided already.",
    "proposal.cannot_become_withdrawn": "This was decided already.",
    "proposal.unknown": "There is no such proposal.",
    "desk.bad_cursor": "This link into the list is no longer valid.",
    "desk.page_gone": "There is nothing at this address.",
    "desk.form_expired": "This form is too old to be trusted. Open the page again and repeat the step.",
}


def sentence_of(refusal: Refused, language: str = "en") -> str:
    """Say a refusal in one sentence."""
    facts = {name: fact_text(name, value, refusal.facts, language) for name, value in refusal.facts.items()}
    template = SENTENCES.get(refusal.code)
    if template is not None:
        try:
            return template.format(**facts)
        except (KeyError, IndexError):
            return template
    words = refusal.code.replace(".", ": ", 1).replace("_", " ")
    return words[:1].upper() + words[1:] + "."


def fact_text(name: str, value: object, facts: dict[str, Any], language: str = "en") -> str:
    """Write one fact of a refusal the way its name says: money, date, number or text."""
    if name == "right":
        return right_in_words(str(value))
    if isinstance(value, int) and name.endswith("_minor") and isinstance(facts.get("currency"), str):
        return money_text(value, facts["currency"], language)
    if isinstance(value, date):
        return date_text(value, language)
    if type(value) is int and not name.endswith(("id", "number", "line")):
        return number_text(value, language)
    return str(value)


RIGHTS_IN_WORDS = {
    "matching.match": "match money",
    "matching.rules": "change matching rules",
    "bank.import": "import bank statements",
    "bank.place": "place bank lines",
    "receivables.on_account": "keep money on account",
    "receivables.transfer": "move items between accounts",
    "receivables.allocate": "apply money",
    "receivables.unallocate": "un-apply money",
    "access.grant": "grant roles",
    "access.grant_money": "grant roles that move money",
    "access.waive": "sign waivers",
    "access.review": "look through a small office",
    "writeoffs.small": "write off small balances",
    "writeoffs.make": "write off",
    "baddebt.propose": "propose bad debt",
    "agency.hand_over": "hand over to an agency",
    "collections.stop": "stop collection",
    "remit_to.change": "change where customers pay",
    "ledger.post": "post journals",
    "ledger.close": "close periods",
    "ledger.reopen": "open periods again",
    "events.undo": "undo",
}
"""What rights allow, where their names do not read as such."""


def right_in_words(right: str) -> str:
    """Read a right's name as what it allows: 'invoices.credit' is to 'credit invoices'."""
    if right in RIGHTS_IN_WORDS:
        return RIGHTS_IN_WORDS[right]
    noun, _, verb = right.partition(".")
    return f"{verb} {noun}".replace("_", " ").strip()


def facts_shown(refusal: Refused, language: str = "en") -> list[tuple[str, str]]:
    """Return the facts of a refusal as label and text, leaving out what only machines need."""
    hidden = {"currency", "actor", "who", "right"}
    return [
        (name.removesuffix("_minor").removesuffix("_on").replace("_", " ").capitalize(), text)
        for name, value in refusal.facts.items()
        if name not in hidden and (text := fact_text(name, value, refusal.facts, language))
    ]


def who_can(refusal: Refused, actor: Actor | None) -> list[str]:
    """Name the colleagues who may do what was refused for want of a right."""
    if not isinstance(refusal, NotAllowed) or actor is None:
        return []
    named: Any = refusal.facts.get("who")
    if named:
        return [named] if isinstance(named, str) else list(named)
    right = str(refusal.facts.get("right", ""))
    return queries.who_can(actor.entity_id, right, today_in(actor.zone)) if right else []


def heading_of(refusal: Refused) -> str:
    """Return the heading of the page that shows a refusal."""
    if isinstance(refusal, NotAllowed):
        return "This needs somebody else"
    return "Not found" if isinstance(refusal, NotFound) else "Not saved"
