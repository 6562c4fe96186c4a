"""Reports: figures as of any day, each with its shape, its table, its proof and its file."""

from django.urls import path

from duly.desk.pages.reports import books, journals, schedules, show, why
from duly.desk.web.page import by_method

urlpatterns = [
    path("reports", show.show_all, name="reports"),
    path("reports/reconcile", books.reconciliation, name="reports-reconcile"),
    path("reports/journal", books.journal, name="reports-journal"),
    path("reports/verify", books.proof, name="reports-verify"),
    path("reports/schedules", schedules.show, name="reports-schedules"),
    path("reports/schedules/new", by_method(schedules.new, schedules.add), name="reports-schedule"),
    path("reports/schedules/<int:schedule_id>/stop", schedules.stop, name="reports-schedule-stop"),
    path("reports/schedules/<int:schedule_id>/resume", schedules.resume, name="reports-schedule-resume"),
    path("reports/costs", by_method(schedules.costs, schedules.set_costs), name="reports-costs"),
    path("reports/costs/accounts/<int:account_id>/forget", schedules.forget, name="reports-costs-forget"),
    path("reports/journals/waiting", journals.show, name="journals-waiting"),
    path("reports/journals/<int:journal_id>/accept", journals.accept, name="journal-accept"),
    path("reports/journals/<int:journal_id>/refuse", journals.refuse, name="journal-refuse"),
    path("reports/<slug:name>", show.show_one, name="report"),
    path("why/<path:subject>", why.show, name="why"),
]
