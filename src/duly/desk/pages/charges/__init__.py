"""Charge review: the questions, the drafts behind them, and what people make of both."""

from django.urls import path

from duly.desk.pages.charges import drafts, review
from duly.desk.web.page import by_method

urlpatterns = [
    path("charges", review.show, name="charges"),
    path("charges/decide", review.decide, name="charges-decide"),
    path("charges/agreed-price", review.use_agreed_price, name="charges-agreed-price"),
    path("charges/drafts", drafts.show, name="charges-drafts"),
    path("charges/dismiss", drafts.dismiss, name="charges-dismiss"),
    path("charges/restore", drafts.restore, name="charges-restore"),
    path("charges/bill", drafts.bill_now, name="charges-bill"),
    path("charges/new", by_method(drafts.new, drafts.add), name="charges-new"),
    path("charges/<int:charge_id>", by_method(drafts.edit, drafts.save), name="charges-edit"),
]
