"""What waits for approval: asked for by one, decided by another, with the evidence on the same page."""

from __future__ import annotations

from django.urls import path

from duly.desk.pages.approvals.deciding import accept, refuse, save_edited, show_edit, withdraw
from duly.desk.pages.approvals.showing import show_approvals, show_one
from duly.desk.web.page import by_method

urlpatterns = [
    path("approvals", show_approvals, name="approvals"),
    path("approvals/<int:proposal_id>", show_one, name="approval"),
    path("approvals/<int:proposal_id>/accept", accept, name="approval-accept"),
    path("approvals/<int:proposal_id>/refuse", refuse, name="approval-refuse"),
    path("approvals/<int:proposal_id>/withdraw", withdraw, name="approval-withdraw"),
    path("approvals/<int:proposal_id>/edit", by_method(show_edit, save_edited), name="approval-edit"),
]
