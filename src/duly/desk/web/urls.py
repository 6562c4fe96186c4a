"""The frame's own addresses; the office's urls include them at the root."""

from __future__ import annotations

from django.urls import path

from duly.desk.web import styleguide, views

urlpatterns = [
    path("session/stay", views.stay, name="session-stay"),
    path("desk/styleguide", styleguide.show, name="styleguide"),
    path("desk/styleguide/act", styleguide.act, name="styleguide-act"),
    path("desk/styleguide/refuse", styleguide.refuse, name="styleguide-refuse"),
    path("desk/styleguide/export", styleguide.export, name="styleguide-export"),
]
