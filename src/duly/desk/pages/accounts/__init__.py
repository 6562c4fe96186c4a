"""Accounts: the list, a new one, one account with its story, and what is done on it."""

from __future__ import annotations

from django.urls import path

from duly.desk.pages.accounts import acts, contacts, listing, new
from duly.desk.pages.accounts.account import show, statement_file
from duly.desk.pages.accounts.money import (
    apply_items,
    apply_many,
    apply_oldest,
    save_charge,
    save_receipt,
    show_charge,
    show_receipt,
    unapply_items,
)
from duly.desk.web.page import by_method

urlpatterns = [
    path("accounts", listing.show, name="accounts"),
    path("accounts/new", by_method(new.show, new.save), name="account-new"),
    path("accounts/apply-oldest", apply_many, name="accounts-apply-oldest"),
    path("accounts/<str:number>", show, name="account"),
    path("accounts/<str:number>/statement", statement_file, name="account-statement"),
    path("accounts/<str:number>/terms", by_method(acts.show_terms, acts.save_terms), name="account-terms"),
    path("accounts/<str:number>/customer", by_method(acts.show_customer, acts.save_customer), name="account-customer"),
    path("accounts/<str:number>/contacts/new", by_method(contacts.show_new, contacts.save_new), name="contact-new"),
    path(
        "accounts/<str:number>/contacts/<int:contact_id>",
        by_method(contacts.show_one, contacts.save_one),
        name="contact",
    ),
    path("accounts/<str:number>/contacts/<int:contact_id>/end", contacts.end_one, name="contact-end"),
    path("accounts/<str:number>/hold", by_method(acts.show_hold, acts.save_hold), name="account-hold"),
    path("accounts/<str:number>/release", acts.release, name="account-release"),
    path("accounts/<str:number>/receipt", by_method(show_receipt, save_receipt), name="account-receipt"),
    path("accounts/<str:number>/charge", by_method(show_charge, save_charge), name="account-charge"),
    path("accounts/<str:number>/apply", apply_items, name="account-apply"),
    path("accounts/<str:number>/apply-oldest", apply_oldest, name="account-apply-oldest"),
    path("accounts/<str:number>/unapply", unapply_items, name="account-unapply"),
]
