"""Small words for screens that act: the office's day, the answer with Undo, refusals beside the form."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.http import HttpRequest, HttpResponseBase

from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.page import done
from duly.desk.web.sentences import sentence_of
from duly.kernel.actions import last_event_id
from duly.kernel.actor import Actor
from duly.kernel.clock import today_in
from duly.kernel.refusals import NeedsConfirmation, NotAllowed, NotFound, Proposed, Refused


def day_of(actor: Actor) -> date:
    """Return the office's day: today in the entity's zone."""
    return today_in(actor.zone)


def acted(request: HttpRequest, to: str, say: str, *, note: str = "", tone: str = "ok") -> HttpResponseBase:
    """Answer an act just done: what happened, with Undo where the act can be undone and the person may."""
    undo = last_event_id() if signed_in(request).may("events.undo") else None
    return done(request, to, say, undo=undo, note=note, tone=tone)


@contextmanager
def refusals_in(form: Form, actor: Actor, *, field: str = "") -> Iterator[None]:
    """Show what a rule refuses in the form (beside `field`, else above all); a missing right goes on to its
    own page, what was sent for approval to its own.
    """
    try:
        yield
    except (NotAllowed, NotFound, NeedsConfirmation, Proposed):
        raise
    except Refused as refusal:
        form.refuse(refusal, sentence_of(refusal, actor.language), field=field)
