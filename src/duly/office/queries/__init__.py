"""Reading work: queues, people, policies, quality, calendars."""

from duly.office.queries.queue import (
    Asked,
    come_back,
    counts,
    done_page,
    due_by_day,
    escalated_page,
    pended_page,
    queue_page,
    steps_of,
    work,
    work_of_account,
    works,
)

__all__ = [
    "Asked",
    "come_back",
    "counts",
    "done_page",
    "due_by_day",
    "escalated_page",
    "pended_page",
    "queue_page",
    "steps_of",
    "work",
    "work_of_account",
    "works",
]
