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
    path("work", show, name="work"),
    path("work/new", by_method(ask_task, save_task), name="work-new"),
    path("work/choose", choose, name="work-choose"),
    path("work/claim", claim_work, name="work-claim"),
    path("work/hand-over", hand_over_work, name="work-hand-over"),
    path("work/pend", pend_work, name="work-pend"),
    path("work/done", finish_work, name="work-done"),
    path("work/drop", drop_work, name="work-drop"),
    path("work/calendar", by_method(show_calendars, make_calendar), name="work-calendars"),
    path("work/calendar/revoke", revoke, name="work-calendar-revoke"),
    path("work/<int:work_id>", show_one, name="work-one"),
    path("work/<int:work_id>/start", start, name="work-start"),
    path("calendar/<str:token>.ics", read_calendar, name="calendar"),
]
