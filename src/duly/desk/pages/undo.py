"""Undo: one verb with one meaning, reverse this step, whole."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from duly.desk.web.acting import day_of
from duly.desk.web.frame import signed_in
from duly.desk.web.page import SIGNED_IN, back_path, done, page
from duly.desk.web.sentences import SENTENCES
from duly.events.actions import undo as undo_event
from duly.events.models import Event
from duly.events.queries import event
from duly.kernel.actor import Actor
from duly.matching.actions import propose

SENTENCES.update(
    {
        "events.cannot_be_undone": "This step cannot be undone as a whole. Its page says what can be done instead.",
        "events.undone_already": "This step was undone already.",
        "events.unknown": "There is no such step in this office.",
    }
)


@page("POST", right=SIGNED_IN)
def undo(request: HttpRequest, event_id: int) -> HttpResponseBase:
    """Reverse one act and go back to where the person was."""
    actor = signed_in(request)
    today = day_of(actor)
    undone = event(actor.entity_id, event_id)
    what = undo_event(event_id, by=actor, today=today, effective_on=today)
    look_again(undone, actor)
    return done(request, back_path(request), f"Undone: {what}")


def look_again(undone: Event, actor: Actor) -> None:
    """Propose anew for bank lines that are open again, so that they stand on the desk as they did before."""
    if not undone.action.startswith("matching.") or not actor.may("matching.match"):
        return
    is_one = undone.subject_kind == "bank_line" and undone.subject_id is not None
    propose([undone.subject_id] if is_one and undone.subject_id else None, by=actor)


urlpatterns = [path("undo/<int:event_id>", undo, name="undo")]
