"""Reports: figures as of any day, each with its shape, its table, its proof and its file."""

from django.urls import path

from duly.desk.pages.reports import books, show, why

urlpatterns = [
    path("reports", show.show_all, name="reports"),
    path("reports/reconcile", books.reconciliation, name="reports-reconcile"),
    path("reports/journal", books.journal, name="reports-journal"),
    path("reports/verify", books.proof, name="reports-verify"),
    path("reports/<slug:name>", show.show_one, name="report"),
    path("why/<path:subject>", why.show, name="why"),
]
