"""Changes to agreements, usage and milestones, and the collection of what they want billed."""

from duly.commercial.actions.agree import activate, agree, agreement_batch, withdraw
from duly.commercial.actions.amend import amend, undo_amendments
from duly.commercial.actions.change import (
    end,
    pause,
    reach_milestones,
    resume,
    set_ends,
    set_pauses,
    unreach_milestones,
)
from duly.commercial.actions.collect import collect_charges
from duly.commercial.actions.preview import next_bills
from duly.commercial.actions.recheck import recheck_prices
from duly.commercial.actions.usage import record_usage, remove_usage, usage_batch

__all__ = [
    "activate",
    "agree",
    "agreement_batch",
    "amend",
    "collect_charges",
    "end",
    "next_bills",
    "pause",
    "reach_milestones",
    "recheck_prices",
    "record_usage",
    "remove_usage",
    "resume",
    "set_ends",
    "set_pauses",
    "undo_amendments",
    "unreach_milestones",
    "usage_batch",
    "withdraw",
]
