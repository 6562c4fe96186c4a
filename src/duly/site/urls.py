"""The office's addresses: the frame's own, then each area's."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from duly.desk.web import urls as frame

AREAS = [
    "sign_in",
    "undo",
    "today",
    "work",
    "team",
    "search",
    "accounts",
    "agreements",
    "settings",
    "imports",
    "charges",
    "runs",
    "invoices",
    "match",
    "discrepancies",
    "corrections",
    "refunds",
    "collections",
    "payments",
    "reports",
    "approvals",
    "roles",
]
"""The modules of duly.desk.pages, each with its `urlpatterns`."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(url="/today", permanent=False)),
    path("", include(frame)),
    *(path("", include(f"duly.desk.pages.{area}")) for area in AREAS),
]

handler400 = "duly.desk.web.errors.bad_request"
handler403 = "duly.desk.web.errors.not_allowed"
handler404 = "duly.desk.web.errors.not_found"
handler500 = "duly.desk.web.errors.broken"
