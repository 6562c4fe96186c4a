"""Where customers are asked to pay: printed on every document, so never changed by one person alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from duly.events.actions import outbox_batch
from duly.formats.reference import compact, is_iban
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotAllowed, Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.access"
WORDS = ("iban", "bic", "bank_name")


@action("remit_to.change")
def change_remit_to(bank: Mapping[str, str], *, reason: str, today: date, by: Actor) -> None:
    """Ask customers to pay to another account of ours (iban, bic, bank_name), from the next document on.

    Nobody holds the right alone: whoever asks makes a proposal, a second person decides. All owners are told.
    Documents already issued keep what they say.
    """
    iban = compact(str(bank.get("iban", "")))
    if set(bank) - set(WORDS) or not is_iban(iban):
        raise BadInput("remit_to.account_unclear", remedy="an IBAN, its BIC and the bank's name")
    if not reason.strip():
        raise Refused("remit_to.reason_missing")
    if by.user_id is None:
        raise NotAllowed("remit_to.needs_two_people", actor=by.name)
    wanted = {name: str(bank.get(name, "")).strip() for name in WORDS} | {"iban": iban}
    before = fetch_value(HERE, "remit_to/lock.sql", entity=by.entity_id) or {}
    if before == wanted:
        raise Refused("remit_to.same_as_now")
    run_sql(HERE, "remit_to/change.sql", entity=by.entity_id, bank=json.dumps(wanted))
    act().about("entity", by.entity_id)
    act().say(
        f"Customers are asked to pay to …{iban[-4:]} from {today} on: {reason.strip()}",
        before=before,
        after=wanted,
        reason=reason.strip(),
    )
    if before:
        act().undo_with("remit_to.change", bank=before, reason="change taken back")
    text = (
        f"From {today} on our documents ask customers to pay to the account ending in {iban[-4:]} (before: "
        f"{str(before.get('iban', ''))[-4:] or 'none'}). Reason given: {reason.strip()}. Last decided by {by.name}."
        " If you did not expect this, stop the next bill run and look at the journal of events."
    )
    with outbox_batch():
        run_sql(
            HERE,
            "remit_to/stage_notices.sql",
            entity=by.entity_id,
            day=today,
            subject="Our own bank details on documents were changed",
            text=text,
            at=clock.now(),
        )
