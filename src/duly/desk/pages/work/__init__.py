"""The queue: everything held in one list, the work in hand with its procedure, and what people do with it."""

from __future__ import annotations

from django.urls import path

from duly.desk.pages.work.acts import (
    choose,
    claim_work,
    drop_work,
    finish_work,
    hand_over_work,
    pend_work,
    start,
)
from duly.desk.pages.work.calendar import make_calendar, read_calendar, revoke, show_calendars
from duly.desk.pages.work.new import ask_task, save_task
from duly.desk.pages.work.queue import show, show_one
from duly.desk.web.page import by_method

urlpatterns = [
    path("queue", show, name="work"),
    path("queue/new", by_method(ask_task, save_task), name="work-new"),
    path("queue/choose", choose, name="work-choose"),
    path("queue/claim", claim_work, name="work-claim"),
    path("queue/hand-over", hand_over_work, name="work-hand-over"),
    path("queue/pend", pend_work, name="work-pend"),
    path("queue/done", finish_work, name="work-done"),
    path("queue/drop", drop_work, name="work-drop"),
    path("queue/calendar", by_method(show_calendars, make_calendar), name="work-calendars"),
    path("queue/calendar/revoke", revoke, name="work-calendar-revoke"),
    path("queue/<int:work_id>", show_one, name="work-one"),
    path("queue/<int:work_id>/start", start, name="work-start"),
    path("calendar/<str:token>.ics", read_calendar, name="calendar"),
]
