"""Money back: refunds with their checks, payment files, and the bank accounts it goes to."""

from django.urls import path

from duly.desk.pages.refunds import bank_details, listing, one, remit_to, request
from duly.desk.web.page import by_method

urlpatterns = [
    path("refunds", listing.show, name="refunds"),
    path("refunds/release", listing.release, name="refunds-release"),
    path("refunds/close", listing.close, name="refunds-close"),
    path("refunds/files/<int:file_id>", listing.file, name="refund-file"),
    path("refunds/files/<int:file_id>/cancel", listing.cancel, name="refund-file-cancel"),
    path("refunds/<str:number>", one.show, name="refund"),
    path("refunds/<str:number>/approve", one.approve, name="refund-approve"),
    path("refunds/<str:number>/refuse", one.refuse, name="refund-refuse"),
    path("refunds/<str:number>/withdraw", one.withdraw, name="refund-withdraw"),
    path("refunds/<str:number>/seen", one.seen, name="refund-seen"),
    path("refunds/<str:number>/returned", one.returned, name="refund-returned"),
    path("accounts/<str:number>/refund", by_method(request.show, request.ask_for), name="account-refund"),
    path("bank-details", bank_details.show_all, name="bank-details"),
    path(
        "accounts/<str:number>/bank-details",
        by_method(bank_details.ask_form, bank_details.ask_for),
        name="account-bank-details",
    ),
    path("bank-details/<int:change_id>", bank_details.show, name="bank-change"),
    path("bank-details/<int:change_id>/call", bank_details.call, name="bank-change-call"),
    path("bank-details/<int:change_id>/confirm", bank_details.confirm, name="bank-change-confirm"),
    path("bank-details/<int:change_id>/refuse", bank_details.refuse, name="bank-change-refuse"),
    path("bank-details/<int:change_id>/withdraw", bank_details.withdraw, name="bank-change-withdraw"),
    path("remit-to", by_method(remit_to.show, remit_to.change), name="remit-to"),
]
