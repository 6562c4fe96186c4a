"""Answering a question of the charge review by putting the draft right: one act, one event, one undo."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from duly.invoicing.actions.charges import NewCharge, add_charges, edit_charge, remove_charges, restore_charges
from duly.invoicing.actions.review import decide_surprises
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.refusals import Refused

STEPS: dict[str, Callable[..., Any]] = {
    "charges.edit": edit_charge,
    "charges.restore": restore_charges,
    "charges.remove": remove_charges,
}
"""What takes back the three ways to put a draft right."""


@action("charges.edit", name="charges.fix_by_edit")
def fix_by_edit(surprise_id: int, charge_id: int, changes: Mapping[str, Any], *, note: str, by: Actor) -> None:
    """Change a draft, as `edit_charge` does, and call the question about it fixed."""
    edit_charge(charge_id, by=by, note=note, **changes)
    _answer(surprise_id, note, by)


@action("charges.edit", name="charges.fix_by_removal")
def fix_by_removal(surprise_id: int, charge_ids: Sequence[int], *, note: str, by: Actor) -> int:
    """Take drafts out of billing and call the question about them fixed; returns how many."""
    removed = remove_charges(charge_ids, note=note, by=by)
    _answer(surprise_id, note, by)
    return removed


@action("charges.edit", name="charges.fix_by_charge")
def fix_by_charge(surprise_id: int, charge: NewCharge, *, by: Actor) -> int:
    """Enter the charge that was missing and call the question fixed; returns the draft's id."""
    [charge_id] = add_charges([charge], by=by)
    _answer(surprise_id, "charge added", by)
    return charge_id


@action("charges.edit", name="charges.unfix")
def unfix(surprise_id: int, step: Mapping[str, Any], *, by: Actor) -> None:
    """Take a fix back: the draft is as it was, and the question is asked again."""
    if step["action"] not in STEPS:
        raise Refused("surprise.fix_unknown", action=step["action"])
    STEPS[step["action"]](**step["args"], by=by)
    decide_surprises([surprise_id], decision="open", by=by, note="undone")
    act().undo = None


def _answer(surprise_id: int, note: str, by_whom: Actor) -> None:
    by_whom.require("charges.review")
    done = act()
    subject, account_id, summary, step = (done.subject_kind, done.subject_id), done.account_id, done.summary, done.undo
    decide_surprises([surprise_id], decision="fixed", by=by_whom, note=note)
    done.about(*subject, account_id=account_id)
    done.say(f"{summary}; its question is answered", surprise=surprise_id)
    done.undo_with("charges.unfix", surprise_id=surprise_id, step=step)
