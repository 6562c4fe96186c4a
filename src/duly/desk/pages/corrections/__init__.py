"""Putting right what is wrong: on an account, a payment, an invoice; each with its effect shown before it is done."""

from django.urls import path

from duly.desk.pages.corrections import account, payment, written_off
from duly.desk.web.page import by_method

urlpatterns = [
    path("accounts/<str:number>/corrections", account.menu, name="corrections"),
    path("accounts/<str:number>/move", by_method(account.move_form, account.move), name="account-move"),
    path(
        "accounts/<str:number>/write-off",
        by_method(account.write_off_form, account.write_off_item),
        name="account-write-off",
    ),
    path(
        "accounts/<str:number>/on-account",
        by_method(account.on_account_form, account.on_account),
        name="account-on-account",
    ),
    path("accounts/<str:number>/off-account", account.release, name="account-off-account"),
    path(
        "payments/receipts/<int:receipt_id>/correct",
        by_method(payment.correct_form, payment.correct_receipt),
        name="receipt-correct",
    ),
    path(
        "payments/receipts/<int:receipt_id>/move",
        by_method(payment.move_form, payment.move_receipt),
        name="receipt-move",
    ),
    path("invoices/<str:number>/rebill", by_method(payment.rebill_form, payment.rebill), name="invoice-rebill"),
    path("write-offs", written_off.show, name="write-offs"),
    path("write-offs/rule", written_off.set_rule, name="write-offs-rule"),
    path("write-offs/small", written_off.run_small, name="write-offs-small"),
    path("write-offs/<int:write_off_id>/take-back", written_off.take_back, name="write-off-take-back"),
]
