"""Reports: figures as of any day, each with its shape, its table, its proof and its file."""

from django.urls import path

from duly.desk.pages.reports import books, journals, show, why

urlpatterns = [
    path("reports", show.show_all, name="reports"),
    path("reports/reconcile", books.reconciliation, name="reports-reconcile"),
    path("reports/journal", books.journal, name="reports-journal"),
    path("reports/verify", books.proof, name="reports-verify"),
    path("reports/journals/waiting", journals.show, name="journals-waiting"),
    path("reports/journals/<int:journal_id>/accept", journals.accept, name="journal-accept"),
    path("reports/journals/<int:journal_id>/refuse", journals.refuse, name="journal-refuse"),
    path("reports/<slug:name>", show.show_one, name="report"),
    path("why/<path:subject>", why.show, name="why"),
]
