"""Changes to work, to who does it, and to the rules it follows."""

from duly.office.actions.assign import assign_by_rules
from duly.office.actions.sync import Synced, sync_work
from duly.office.actions.work import NewTask, add_task, claim, drop, finish, hand_over, pend, restore

__all__ = [
    "NewTask",
    "Synced",
    "add_task",
    "assign_by_rules",
    "claim",
    "drop",
    "finish",
    "hand_over",
    "pend",
    "restore",
    "sync_work",
]
