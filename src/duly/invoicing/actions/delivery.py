"""Sending documents again, calling them back, and hearing that one did not arrive."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from duly.events.actions import outbox_batch
from duly.events.outbox import cancel_before, cancel_queued, mark_bounced
from duly.formats.mail import ADDRESS, Bounce
from duly.invoicing.queries.documents import document
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused
from duly.kernel.sql import fetch_value, run_sql

HERE = "duly.invoicing"
UNDO_WINDOW = timedelta(seconds=60)


@action("invoices.send")
def resend_invoice(document_id: int, *, by: Actor, to: str = "", as_file: bool = False) -> None:
    """Send a document once more, to its account's address or another; it waits 60 seconds for second thoughts."""
    found = document(by.entity_id, document_id)
    if to and not ADDRESS.fullmatch(to):
        raise Refused("mail.address_unusable", address=to)
    with outbox_batch():
        run_sql(
            HERE,
            "delivery/stage_again.sql",
            entity=by.entity_id,
            id=document_id,
            kind="file" if as_file else "mail",
            payload=json.dumps({"to": to} if to else {}),
            not_before=clock.now() + UNDO_WINDOW,
        )
    act().about("invoice", document_id, account_id=found.account_id)
    act().say(f"{found.number} is sent again{f' to {to}' if to else ''}")
    act().undo_with("invoices.cancel_sending", document_ids=[document_id])


@action("invoices.send", name="invoices.cancel_sending")
def cancel_sending(document_ids: Sequence[int], *, by: Actor) -> int:
    """Call back documents that still wait in the outbox; refused when none of them does."""
    called_back = cancel_queued(by.entity_id, "invoice", document_ids)
    if not called_back:
        raise Refused("invoice.left_already", documents=list(document_ids)[:20])
    act().about("invoice", document_ids[0] if len(document_ids) == 1 else None)
    act().say(f"{called_back} sending{'s' if called_back > 1 else ''} called back")
    return called_back


@action("invoices.send", name="invoices.skip_sending")
def skip_sending(before: datetime, *, reason: str, by: Actor) -> int:
    """Let nothing leave that was due before a moment, with the reason kept on each; returns how many sendings.

    For documents that reached their customers by other means, or belong to a history that is only being rebuilt.
    """
    skipped = cancel_before(by.entity_id, "invoice", before, reason=reason)
    current = act()
    current.say(f"{skipped:,} documents are not sent: {reason}", before=before.isoformat())
    current.quiet = skipped == 0
    return skipped


@action("invoices.send", name="invoices.record_bounce")
def record_bounce(bounce: Bounce, *, by: Actor) -> int | None:
    """Note that a mail did not arrive; the document's id, or None for a delay, or for one that is not ours.

    A bounced document stays listed as undelivered until it is sent again.
    """
    act().quiet = True
    found = fetch_value(HERE, "delivery/by_public_id.sql", entity=by.entity_id, public_id=bounce.document_id)
    if found is None or not bounce.is_failure:
        return None
    reply = f"{bounce.status} {bounce.diagnostic}".strip()
    sent = mark_bounced(by.entity_id, "invoice", int(found), reply)
    if sent is None:
        return None
    act().quiet = False
    act().about("invoice", int(found), account_id=sent.account_id)
    act().say(f"Not delivered to {bounce.recipient}: {reply}", permanent=bounce.is_permanent)
    return int(found)
