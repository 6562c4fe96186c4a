"""Settings: who we are, who works here, what is sold, taxed how, which numbers and periods there are."""

from __future__ import annotations

from django.urls import path

from duly.desk.pages.settings.catalog import save_item, save_price, save_rate, show_item, show_items, show_taxes
from duly.desk.pages.settings.gates import define, ended, need, passed, show_gates
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
    link,
    revoke,
    show_people,
    switch,
)
from duly.desk.pages.settings.periods import close, reopen, show_month, show_period, show_periods
from duly.desk.pages.settings.rights import (
    save_level,
    save_limit,
    save_policy,
    show_level,
    show_limit,
    show_rights,
)
from duly.desk.pages.settings.small_office import end, review, show_waivers, show_week, sign
from duly.desk.web.page import by_method

urlpatterns = [
    path("settings", by_method(show_office, save_office), name="settings"),
    path("settings/bank-accounts/new", by_method(show_bank, save_bank), name="settings-bank"),
    path("settings/people", by_method(show_people, invite), name="settings-people"),
    path("settings/people/grant", grant, name="settings-grant"),
    path("settings/people/revoke", revoke, name="settings-revoke"),
    path("settings/people/switch", switch, name="settings-switch"),
    path("settings/people/link", link, name="settings-link"),
    path("settings/rights", show_rights, name="settings-rights"),
    path("settings/rights/limit", by_method(show_limit, save_limit), name="settings-limit"),
    path("settings/rights/level", by_method(show_level, save_level), name="settings-level"),
    path("settings/rights/policy", save_policy, name="settings-policy"),
    path("settings/gates", by_method(show_gates, define), name="settings-gates"),
    path("settings/gates/need", need, name="settings-gate-need"),
    path("settings/gates/pass", passed, name="settings-gate-pass"),
    path("settings/gates/end", ended, name="settings-gate-end"),
    path("settings/small-office", by_method(show_waivers, sign), name="settings-small-office"),
    path("settings/small-office/<int:waiver_id>/end", end, name="settings-waiver-end"),
    path("settings/small-office/<int:waiver_id>/<int:week>", by_method(show_week, review), name="settings-review"),
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
