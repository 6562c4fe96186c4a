"""Settings: who we are, who may do what, prices and rates from a day on, periods, imports."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from duly.access.actions import NewRight, set_right, switch_person
from duly.access.queries import actor_of, entity, members, proposals
from duly.banking.queries import bank_accounts
from duly.catalog.queries import items, price_on, tax_rates
from duly.kernel.clock import today_in
from duly.ledger.queries import period_of
from duly.receivables.queries.references import reference_schemes
from tests.desk.scenario_desk import busy, client_of
from tests.desk.test_accounts import follow, page, undo
from tests.scenario import Office, open_office

PAGES = ("", "/people", "/rights", "/items", "/taxes", "/numbers", "/periods")
TODAY = today_in("Europe/Berlin")


@pytest.mark.parametrize("role", ["specialist", "admin", "auditor", "owner"])
def test_everybody_may_look_at_the_settings(office: Office, role: str) -> None:
    client = client_of(getattr(office, role))

    for path in PAGES:
        assert page(client, f"/settings{path}")


def test_the_office_changes_its_words_and_takes_them_back(office: Office) -> None:
    client = client_of(office.owner)
    home = entity(office.entity_id)
    form = {"name": "New Name", "legal_name": home.legal_name, "vat_id": "DE999", "street": "Elbchaussee 1",
            "postal_code": "22763", "city": "Hamburg", "country": "DE", "email": home.email}  # fmt: skip

    shown = follow(client, "/settings", form)

    assert entity(office.entity_id).address["city"] == "Hamburg"
    assert "New Name" in shown
    undo(client, shown)
    assert (entity(office.entity_id).name, entity(office.entity_id).address["city"]) == (home.name, "Berlin")


def test_only_who_may_changes_the_office(office: Office) -> None:
    refused = client_of(office.specialist).post("/settings", {"name": "X", "legal_name": "X"})

    assert refused.status_code == 403
    assert "Owner" in refused.content.decode()


def test_a_bank_account_is_added(office: Office) -> None:
    client = client_of(office.accountant)

    follow(client, "/settings/bank-accounts/new", {"name": "Main", "currency": "EUR", "gl_code": "1100",
                                                   "iban": "DE02 1203 0000 0000 2020 51"})  # fmt: skip
    wrong = client.post("/settings/bank-accounts/new", {"name": "No number", "currency": "EUR", "gl_code": "1100"})

    assert [bank.iban for bank in bank_accounts(office.entity_id)] == ["DE02120300000000202051"]
    assert wrong.status_code == 422


def test_a_person_is_invited_by_a_link_shown_once(office: Office) -> None:
    client = client_of(office.owner)

    answer = client.post("/settings/people", {"name": "Noor", "email": "noor@example.com", "role": "specialist"})
    link = re.findall(r"http://testserver(/sign-in/[\w-]+)", answer.content.decode())[0]
    came = Client().post(link)

    assert came.headers["Location"] == "/sign-in/password"
    assert "http://testserver/sign-in" not in page(client, "/settings/people")


def test_nobody_gets_a_link_that_opens_another_office(office: Office) -> None:
    """An administrator here must not come in as the owner of another office by inviting them."""
    other = open_office()
    client = client_of(office.admin)
    email = next(m.email for m in members(other.entity_id) if m.user_id == other.owner.user_id)

    answer = client.post("/settings/people", {"name": "Owner", "email": email, "role": "auditor"})

    assert answer.status_code == 303
    assert "/sign-in/" not in page(client, "/settings/people").partition("<main")[2]


def test_whom_another_office_switched_off_is_not_switched_on_by_an_invitation(office: Office) -> None:
    other = open_office()
    switch_person(other.specialist.user_id or 0, False, by=other.owner)
    email = next(m.email for m in members(other.entity_id) if m.user_id == other.specialist.user_id)

    answer = client_of(office.admin).post("/settings/people", {"name": "X", "email": email, "role": "auditor"})

    assert answer.status_code == 422
    assert "switched off" in answer.content.decode()


def test_roles_are_granted_and_taken_back_but_never_to_oneself(office: Office) -> None:
    client, auditor = client_of(office.owner), office.auditor

    follow(client, "/settings/people/grant", {"user": auditor.user_id, "role": "coordinator"})
    granted = actor_of(auditor.user_id or 0, office.entity_id).roles
    follow(client, "/settings/people/revoke", {"user": auditor.user_id, "role": "coordinator"})
    oneself = client.post("/settings/people/grant", {"user": office.owner.user_id, "role": "admin"})

    assert "coordinator" in granted
    assert actor_of(auditor.user_id or 0, office.entity_id).roles == ("auditor",)
    assert oneself.status_code == 403


def test_a_person_switched_off_is_out_at_once(office: Office) -> None:
    theirs = client_of(office.specialist)
    assert theirs.get("/today").status_code == 200

    follow(client_of(office.admin), "/settings/people/switch", {"user": office.specialist.user_id, "on": "0"})

    assert theirs.get("/today").status_code == 303
    assert not next(m for m in members(office.entity_id) if m.name == "Specialist").is_active


def test_an_administrator_asks_the_owner_before_a_role_that_moves_money_is_given(office: Office) -> None:
    admin, owner = client_of(office.admin), client_of(office.owner)

    sent = follow(admin, "/settings/people", {"name": "Noor", "email": "noor@example.com", "role": "specialist"})
    [asked] = proposals(office.entity_id)
    follow(owner, f"/approvals/{asked.id}/accept")
    noor = next(person for person in members(office.entity_id) if person.name == "Noor")
    handed = admin.post("/settings/people/link", {"user": noor.user_id})

    assert "Sent for approval to Owner." in sent
    assert "http://testserver/sign-in/" in handed.content.decode()


def test_a_trainee_passes_a_gate_and_loses_it_again(office: Office) -> None:
    owner, boss = client_of(office.owner), client_of(office.coordinator)
    form = {"name": "Noor", "email": "noor@example.com", "role": "specialist", "trainee": "1"}
    owner.post("/settings/people", form)
    noor = next(person for person in members(office.entity_id) if person.name == "Noor")
    assert "Trainee in bank details, billing" in page(owner, "/settings/people")

    follow(boss, "/settings/gates/pass", {"user": noor.user_id, "gate": "billing"})
    assert actor_of(noor.user_id, office.entity_id).may_do("charges.edit")

    follow(boss, "/settings/gates/end", {"user": noor.user_id, "gate": "billing"})
    assert not actor_of(noor.user_id, office.entity_id).may_do("charges.edit")


def test_the_owner_signs_for_a_small_office_and_the_auditor_looks_through_the_week(office: Office) -> None:
    owner, auditor = client_of(office.owner), client_of(office.auditor)
    begin = TODAY - timedelta(days=TODAY.weekday() + 7)
    until = TODAY + timedelta(days=90)
    signed = {
        "person": office.specialist.user_id,
        "reason": "Two of us work here",
        "from_on": begin.isoformat(),
        "until_on": until.isoformat(),
    }

    follow(owner, "/settings/small-office", signed)
    shown = page(auditor, "/settings/small-office")
    [where] = set(re.findall(r"/settings/small-office/\d+/\d{8}", shown))
    assert "What Specialist did" in page(auditor, where)
    follow(auditor, where, {"finding": "all in order"})

    assert "Nothing is due" in page(auditor, "/settings/small-office")


def test_the_level_of_a_right_is_changed_from_a_day_on(office: Office) -> None:
    form = {"role": "specialist", "right": "invoices.send", "level": "none", "from_on": TODAY.isoformat()}

    follow(client_of(office.owner), "/settings/rights/level", form)

    assert not actor_of(office.specialist.user_id or 0, office.entity_id).may("invoices.send")


def test_roles_are_compared_from_the_rights_as_they_are(office: Office) -> None:
    client = client_of(office.specialist)

    shown = re.sub("<[^>]+>", " ", page(client, "/roles"))
    differing = page(client, "/roles?differ=1")

    assert "Credit invoices" in shown
    assert "€500.00" in shown
    assert "€10,000.00" in shown
    assert "Approve runs" in differing
    assert "View books" not in differing


def test_a_limit_holds_from_its_day_on(office: Office) -> None:
    set_right(NewRight("coordinator", "policies.edit", "do", TODAY), by=office.owner)
    client = client_of(office.coordinator)
    form = {"role": "specialist", "right": "invoices.credit", "limit": "750.00", "from_on": TODAY.isoformat()}

    shown = follow(client, "/settings/rights/limit", form)
    own = client.post("/settings/rights/limit", {**form, "role": "coordinator"})
    lifted = follow(client, "/settings/rights/limit", {**form, "limit": ""})

    assert "up to €750.00" in re.sub("<[^>]+>", "", shown)
    assert "up to €750.00" not in re.sub("<[^>]+>", "", lifted)
    assert own.status_code == 403
    assert actor_of(office.specialist.user_id or 0, office.entity_id).limits.get(("invoices.credit", "EUR")) is None


def test_a_price_holds_from_a_day_on_and_is_taken_back(office: Office) -> None:
    client = client_of(office.coordinator)
    seat = next(item for item in items(office.entity_id) if item.code == "SEAT")
    first = {"unit_price": "12", "currency": "EUR", "valid_from": "2026-01-01"}

    follow(client, f"/settings/items/{seat.id}", first)
    shown = follow(client, f"/settings/items/{seat.id}", {**first, "unit_price": "13.50", "valid_from": "2027-01-01"})

    later = price_on(office.entity_id, seat.id, "EUR", TODAY.replace(year=2027, month=2, day=1))
    assert later is not None
    assert later.unit_price == Decimal("13.5")
    assert "Planned" in shown
    undo(client, shown)
    back = price_on(office.entity_id, seat.id, "EUR", TODAY.replace(year=2027, month=2, day=1))
    assert back is not None
    assert back.unit_price == Decimal(12)


def test_an_item_is_defined_and_found(office: Office) -> None:
    client = client_of(office.coordinator)
    form = {"code": "DESK", "name": "Desk", "unit": "desk", "tax_class": "standard", "revenue_account": "4000"}

    follow(client, "/settings/items", form)

    assert "Desk" in page(client, "/settings/items?q=des")


def test_a_tax_rate_holds_from_its_day_on(office: Office) -> None:
    client = client_of(office.coordinator)
    form = {"code": "DE-S", "component": "VAT", "percent": "20", "valid_from": "2027-01-01", "source": "A law"}

    shown = follow(client, "/settings/taxes", form)

    rates = {rate.valid_from.year: rate.rate for rate in tax_rates(office.entity_id, code="DE-S")}
    assert rates[2027] == Decimal("0.2")
    assert "A law" in shown


def test_the_numbers_show_where_each_series_stands(office: Office) -> None:
    busy(office)

    shown = page(client_of(office.specialist), "/settings/numbers")

    assert re.search(r"INV-\d{4}-0000\d\d", shown)


def test_a_period_closes_when_it_ties_and_only_another_person_opens_it(office: Office) -> None:
    accountant, owner = client_of(office.accountant), client_of(office.owner)
    period = period_of(office.entity_id, (TODAY.replace(day=1) - timedelta(days=1)).replace(day=1))
    at = f"/settings/periods/{period.id}"

    checked = page(accountant, at)
    closed = follow(accountant, f"{at}/close")
    own = accountant.post(f"{at}/reopen", {"reason": "A late invoice"})
    opened = follow(owner, f"{at}/reopen", {"reason": "A late invoice"})

    assert "Before it closes" in checked
    assert "Sealed with" in closed
    assert own.status_code == 403
    assert "The period is open again." in opened


CUSTOMERS = b"""Customer no;Company;Mail;Land
1;Kestrel Ltd;a@example.com;DE
2;Falken AG;b@example.com;DE
3;;c@example.com;DE
"""


def test_a_file_is_looked_at_rehearsed_taken_in_and_taken_back(office: Office) -> None:
    client = client_of(office.specialist)
    sent = client.post("/imports", {"kind": "customers", "file": SimpleUploadedFile("customers.csv", CUSTOMERS)})
    at = sent.headers["Location"]

    looked = page(client, at)
    fields = {name: "" for name in re.findall(r'name="(map-[^"]+)"', looked)}
    mapping = {
        **fields,
        "map-customer": "Customer no",
        "map-country": "Land",
        "map-name": "Company",
        "map-email": "Mail",
    }
    rehearsed = client.post(at, {**mapping, "step": "check"}).content.decode()
    nothing_yet = page(client, "/accounts")
    taken = follow(client, at, {**mapping, "step": "commit"})

    assert "Kestrel Ltd" in looked
    assert "What would happen" in rehearsed
    assert "No accounts yet" in nothing_yet
    assert "customers.csv" in taken
    batch = re.findall(r"/imports/(\d+)/rejected", taken)[0]
    rejected = b"".join(client.get(f"/imports/{batch}/rejected").streaming_content).decode()  # type: ignore[attr-defined]
    assert "reason" in rejected
    assert "c@example.com" in rejected
    assert "taken back" in follow(client, f"/imports/{batch}/undo")
    assert "No accounts yet" in page(client, "/accounts")


def test_somebody_elses_waiting_file_is_not_found(office: Office) -> None:
    sent = client_of(office.specialist).post(
        "/imports", {"kind": "customers", "file": SimpleUploadedFile("customers.csv", CUSTOMERS)}
    )

    assert client_of(office.coordinator).get(sent.headers["Location"]).status_code == 404
    assert client_of(office.specialist).get("/imports/customers/..%2f..%2fkeys").status_code == 404


def test_a_file_that_is_no_table_is_refused_beside_the_field(office: Office) -> None:
    client = client_of(office.specialist)

    answer = client.post("/imports", {"kind": "customers", "file": SimpleUploadedFile("evil.exe", b"MZ")})

    assert answer.status_code == 422
    assert "Give a CSV or XLSX file" in answer.content.decode()


def test_a_month_leads_to_its_period(office: Office) -> None:
    client = client_of(office.auditor)
    period = period_of(office.entity_id, TODAY.replace(day=1))

    there = client.get(f"/settings/periods/{TODAY:%Y-%m}")

    assert there.headers["Location"] == f"/settings/periods/{period.id}"
    assert client.get("/settings/periods/2026-13").status_code == 404
    assert client.get("/settings/periods/1999-01").status_code == 404


def test_nobody_is_offered_a_tab_they_may_not_open(office: Office) -> None:
    assert 'href="/imports"' not in page(client_of(office.auditor), "/settings")
    assert 'href="/imports"' in page(client_of(office.specialist), "/settings")


def test_the_owner_chooses_the_payment_references_and_takes_it_back(office: Office) -> None:
    client = client_of(office.owner)

    shown = follow(client, "/settings/numbers/scheme", {"scheme": "OGM"})

    assert reference_schemes(office.entity_id)[0] == "OGM"
    assert "The next documents carry it" in shown
    undo(client, shown)
    assert reference_schemes(office.entity_id)[0] == "RF"
    seen = page(client_of(office.specialist), "/settings/numbers")
    assert "New documents carry ISO 11649 references" in seen
    assert "/settings/numbers/scheme" not in seen
