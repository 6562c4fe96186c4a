"""Settings: who we are, who works here, what is sold, taxed how, which numbers and periods there are."""

from __future__ import annotations

from django.urls import path

from duly.desk.pages.settings.catalog import save_item, save_price, save_rate, show_item, show_items, show_taxes
from duly.desk.pages.settings.office import (
    save_bank,
    save_office,
    save_scheme,
    show_bank,
    show_numbers,
    show_office,
)
from duly.desk.pages.settings.people import (
    grant,
    invite,
    revoke,
    save_limit,
    show_limit,
    show_people,
    show_rights,
    switch,
)
from duly.desk.pages.settings.periods import close, reopen, show_month, show_period, show_periods
from duly.desk.web.page import by_method

urlpatterns = [
    path("settings", by_method(show_office, save_office), name="settings"),
    path("settings/bank-accounts/new", by_method(show_bank, save_bank), name="settings-bank"),
    path("settings/people", by_method(show_people, invite), name="settings-people"),
    path("settings/people/grant", grant, name="settings-grant"),
    path("settings/people/revoke", revoke, name="settings-revoke"),
    path("settings/people/switch", switch, name="settings-switch"),
    path("settings/rights", show_rights, name="settings-rights"),
    path("settings/rights/limit", by_method(show_limit, save_limit), name="settings-limit"),
    path("settings/items", by_method(show_items, save_item), name="settings-items"),
    path("settings/items/<int:item_id>", by_method(show_item, save_price), name="settings-item"),
    path("settings/taxes", by_method(show_taxes, save_rate), name="settings-taxes"),
    path("settings/numbers", show_numbers, name="settings-numbers"),
    path("settings/numbers/scheme", save_scheme, name="settings-reference-scheme"),
    path("settings/periods", show_periods, name="settings-periods"),
    path("settings/periods/<int:year>-<int:month>", show_month, name="settings-month"),
    path("settings/periods/<int:period_id>", show_period, name="settings-period"),
    path("settings/periods/<int:period_id>/close", close, name="settings-close"),
    path("settings/periods/<int:period_id>/reopen", reopen, name="settings-reopen"),
]
