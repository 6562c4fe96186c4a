"""Policies of reminding and of statements, as data with history."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from duly.collections.rules.policies import fault
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.collections"


@dataclass(frozen=True, slots=True)
class StepDraft:
    """One step: when, by what, at what cost (minor units of the policy's currency), in which words per language."""

    name: str
    days_late: int
    grace_days: int = 0
    channel: str = "letter"
    fee_minor: int = 0
    charges_interest: bool = False
    charges_lump: bool = False
    texts: Any = None


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """How a segment is reminded from now on."""

    segment: str
    name: str
    currency: str
    steps: Sequence[StepDraft]
    min_minor: int = 0
    letter_gap_days: int = 7
    pay_in_days: int = 7
    money_wait_days: int = 10
    promise_grace_days: int = 3
    late_law: str = ""


@action("policies.edit", name="policies.set_dunning")
def set_policy(draft: PolicyDraft, *, today: date, by: Actor) -> int:
    """Let a segment be reminded like this from today on; the policy of before ends and stays readable. Its id.

    Refuses steps that do not get later, a step by letter without words, and late costs without a law.
    """
    steps = [asdict(step) | {"texts": step.texts or {}} for step in draft.steps]
    if wrong := fault(steps, draft.late_law):
        raise Refused(wrong)
    run_sql(HERE, "policies/1_end.sql", entity=by.entity_id, segment=draft.segment, on=today)
    basics = {name: value for name, value in asdict(draft).items() if name != "steps"}
    made = int(
        fetch_value(
            HERE,
            "policies/2_begin.sql",
            entity=by.entity_id,
            on=today,
            by=by.name,
            steps=json.dumps([{"step": place, **step} for place, step in enumerate(steps, start=1)]),
            **basics,
        )
    )
    act().about("dunning_policy", made)
    act().say(f"{draft.name} are reminded in {len(steps)} steps from {today}", policy=made)
    return made


@action("policies.edit", name="policies.set_statements")
def set_statement_rule(segment: str, every: str, *, on_day: int, only_when: str, by: Actor) -> None:
    """Let a segment's statements be due every month or quarter from a day of it on, or never."""
    run_sql(
        HERE,
        "policies/statement_rule.sql",
        entity=by.entity_id,
        segment=segment,
        every=every,
        day=on_day,
        only_when=only_when,
    )
    act().say(f"Statements for {segment}: every {every}, from day {on_day}, when {only_when}")


@action("accounts.edit", name="accounts.set_collections")
def set_profile(account_id: int, *, segment: str | None, statement_every: str | None, by: Actor) -> None:
    """Let an account differ from the rule: its segment, and how often it gets statements (None: as the rule says)."""
    run_sql(
        HERE,
        "policies/profile.sql",
        entity=by.entity_id,
        account=account_id,
        segment=segment,
        every=statement_every,
    )
    act().about("account", account_id, account_id=account_id)
    act().say(f"Reminded as {segment or 'its kind says'}, statements {statement_every or 'as the rule says'}")


@dataclass(frozen=True, slots=True)
class LawDraft:
    """A rule of a law pack from a day on; empty lists mean any."""

    pack: str
    code: str
    kind: str
    params: Mapping[str, Any]
    source: str
    valid_from: date
    person_kinds: Sequence[str] = ()
    countries: Sequence[str] = ()
    regions: Sequence[str] = ()
    channels: Sequence[str] = ()
    purposes: Sequence[str] = ()


@action("policies.edit", name="policies.add_law")
def add_law(draft: LawDraft, *, by: Actor) -> int:
    """Add a rule to a law pack, with its source; a rule of the same name of before ends the day this one begins."""
    if not draft.source.strip():
        raise Refused("policies.law_needs_source")
    run_sql(HERE, "policies/end_law.sql", entity=by.entity_id, pack=draft.pack, code=draft.code, on=draft.valid_from)
    values = asdict(draft) | {"params": json.dumps(dict(draft.params))}
    lists = {name: list(values[name]) for name in ("person_kinds", "countries", "regions", "channels", "purposes")}
    made = int(fetch_value(HERE, "policies/add_law.sql", entity=by.entity_id, **values | lists))
    act().about("law", made)
    act().say(f"Law pack {draft.pack}: {draft.code} from {draft.valid_from}", source=draft.source)
    return made


@action("policies.edit", name="policies.switch_law")
def switch_law(law_id: int, *, on: bool, why: str, by: Actor) -> None:
    """Switch a rule of a law pack on or off, with the reason."""
    if not why.strip():
        raise Refused("policies.law_needs_reason")
    run_sql(HERE, "policies/switch_law.sql", entity=by.entity_id, id=law_id, on=on)
    act().about("law", law_id)
    act().say(f"Law rule {law_id} switched {'on' if on else 'off'} at {clock.now():%Y-%m-%d}: {why}")
    act().undo_with("policies.switch_law", law_id=law_id, on=not on, why="switched back")
