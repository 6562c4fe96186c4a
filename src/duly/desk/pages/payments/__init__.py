"""Payments: our bank accounts against the books, files coming in, receipts, money not applied."""

from django.urls import path

from duly.desk.pages.payments import bank, files, receipts, unapplied
from duly.desk.web.page import by_method

urlpatterns = [
    path("payments", bank.show, name="payments"),
    path("payments/upload", files.upload, name="payments-upload"),
    path("payments/import/<str:token>", by_method(files.look, files.take_in), name="payments-import"),
    path("payments/files/<int:file_id>/undo", files.undo, name="payments-undo-file"),
    path("payments/banks/<int:bank_id>", bank.one, name="payments-bank"),
    path("payments/banks/<int:bank_id>/opening", bank.opening, name="payments-opening"),
    path("payments/statements/<int:statement_id>/accept-gap", bank.accept, name="payments-accept-gap"),
    path("payments/receipts", receipts.show_all, name="receipts"),
    path("payments/receipts/<int:receipt_id>", receipts.show, name="receipt"),
    path("payments/receipts/<int:receipt_id>/reverse", receipts.reverse_one, name="receipt-reverse"),
    path("payments/new", by_method(receipts.new, receipts.save), name="receipt-new"),
    path("payments/unapply", receipts.unapply_some, name="payments-unapply"),
    path("payments/unapplied", unapplied.show, name="unapplied"),
]
