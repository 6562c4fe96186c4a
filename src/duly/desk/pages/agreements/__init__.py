"""Agreements: the list, a new one, one with its lines and next bills, and what is changed on it."""

from __future__ import annotations

from django.urls import path

from duly.desk.pages.agreements.acts import (
    reach,
    save_change,
    save_end,
    save_line,
    save_pause,
    save_resume,
    show_change,
    show_end,
    show_line,
    show_pause,
    show_resume,
)
from duly.desk.pages.agreements.agreement import show
from duly.desk.pages.agreements.listing import show_list
from duly.desk.pages.agreements.new import save_new, show_new
from duly.desk.web.page import by_method

urlpatterns = [
    path("agreements", show_list, name="agreements"),
    path("agreements/new", by_method(show_new, save_new), name="agreement-new"),
    path("agreements/<str:number>", show, name="agreement"),
    path("agreements/<str:number>/lines/new", by_method(show_line, save_line), name="agreement-line"),
    path("agreements/<str:number>/lines/<int:line>", by_method(show_change, save_change), name="agreement-change"),
    path("agreements/<str:number>/pause", by_method(show_pause, save_pause), name="agreement-pause"),
    path("agreements/<str:number>/resume", by_method(show_resume, save_resume), name="agreement-resume"),
    path("agreements/<str:number>/end", by_method(show_end, save_end), name="agreement-end"),
    path("agreements/<str:number>/milestone", reach, name="agreement-milestone"),
]
