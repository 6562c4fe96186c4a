"""Changes that reports live by: what goes out when, what an hour costs, whose bank account is whose."""

from duly.reports.actions.costs import forget_staff_account, note_staff_account, set_cost_rate
from duly.reports.actions.schedules import NewSchedule, queue_due, resume_schedule, schedule_report, stop_schedule

__all__ = [
    "NewSchedule",
    "forget_staff_account",
    "note_staff_account",
    "queue_due",
    "resume_schedule",
    "schedule_report",
    "set_cost_rate",
    "stop_schedule",
]
