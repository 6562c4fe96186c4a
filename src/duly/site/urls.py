"""The office's addresses: the frame's own, then each area's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from duly.desk.web import urls as frame

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/today", permanent=False)),
    path("", include(frame)),
]

handler400 = "duly.desk.web.errors.bad_request"
handler403 = "duly.desk.web.errors.not_allowed"
handler404 = "duly.desk.web.errors.not_found"
handler500 = "duly.desk.web.errors.broken"
