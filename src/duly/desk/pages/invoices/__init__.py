"""Invoices and credit notes: the list, one on its own, and what can be done with it."""

from django.urls import path

from duly.desk.pages.invoices import acts, by_hand, listing, one
from duly.desk.web.page import by_method

urlpatterns = [
    path("invoices", listing.show, name="invoices"),
    path("invoices/new", by_method(by_hand.new, by_hand.make), name="invoices-new"),
    path("invoices/<str:number>", one.show, name="invoice"),
    path("invoices/<str:number>/pdf", one.pdf, name="invoice-pdf"),
    path("invoices/<str:number>/resend", acts.resend, name="invoice-resend"),
    path("invoices/<str:number>/void", acts.void, name="invoice-void"),
    path("invoices/<str:number>/credit", by_method(acts.credit_form, acts.credit), name="invoice-credit"),
    path("invoices/<str:number>/reverse", acts.reverse, name="invoice-reverse"),
    path("invoices/<str:number>/correct", by_method(acts.correct_form, acts.correct), name="invoice-correct"),
]
