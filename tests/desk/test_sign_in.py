"""Coming in and going out."""

from __future__ import annotations

from django.test import Client, override_settings

from duly.access.actions import create_user, grant_role, make_sign_in_link, set_password, switch_person
from tests.desk.scenario_desk import client_of
from tests.scenario import Office

GOOD = "correct horse battery staple"


def person(office: Office, *, password: str | None = GOOD, role: str = "specialist") -> tuple[int, str]:
    email = f"dana{office.entity_id}@example.com"
    user_id = create_user(email, "Dana Example", password=password)
    grant_role(user_id, role, by=office.system)
    return user_id, email


def test_address_and_password_open_the_page_that_was_asked_for(office: Office) -> None:
    _, email = person(office)
    client = Client()

    asked = client.get("/accounts")
    answer = client.post("/sign-in", {"email": email.upper(), "password": GOOD, "next": "/today?whose=all"})

    assert asked.headers["Location"].startswith("/sign-in?next=/accounts")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/today?whose=all")
    assert "Dana" in client.get("/today").content.decode()


def test_a_new_session_begins_at_sign_in(office: Office) -> None:
    _, email = person(office)
    client = Client()
    client.get("/sign-in")
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["duly"] = session.session_key
    planted = session.session_key

    client.post("/sign-in", {"email": email, "password": GOOD})

    assert client.cookies["duly"].value != planted


def test_a_wrong_password_keeps_the_address_and_never_shows_the_password(office: Office) -> None:
    _, email = person(office)

    answer = Client().post("/sign-in", {"email": email, "password": "not my password"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "do not belong together" in page
    assert email in page
    assert "not my password" not in page


def test_the_door_closes_after_ten_failures_even_for_the_right_password(office: Office) -> None:
    _, email = person(office)
    client = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(10):
        client.post("/sign-in", {"email": email, "password": "wrong"})

    answer = client.post("/sign-in", {"email": email, "password": GOOD})

    assert answer.status_code == 429
    assert "Too many attempts" in answer.content.decode()


def test_nobody_is_sent_to_another_host(office: Office) -> None:
    _, email = person(office)

    answer = Client().post("/sign-in", {"email": email, "password": GOOD, "next": "https://evil.example/today"})

    assert answer.headers["Location"] == "/today"


def test_looking_at_a_link_does_not_use_it_up(office: Office) -> None:
    user_id, _ = person(office, password=None)
    address = f"/sign-in/{make_sign_in_link(user_id, office.entity_id)}"
    client = Client()

    looked = [client.get(address).status_code for _ in range(3)]
    came_in = client.post(address)
    again = Client().post(address)

    assert looked == [200, 200, 200]
    assert came_in.headers["Location"] == "/sign-in/password"
    assert again.status_code == 409


@override_settings(DULY_DEMO=True)
def test_in_the_demo_a_link_signs_in_at_once(office: Office) -> None:
    user_id, _ = person(office, password=None)
    client = Client()

    answer = client.get(f"/sign-in/{make_sign_in_link(user_id, office.entity_id, uses=5)}")

    assert answer.headers["Location"] == "/today"
    assert client.get("/today").status_code == 200


def test_who_came_by_link_sets_a_password_and_stays_signed_in(office: Office) -> None:
    user_id, email = person(office, password=None)
    client = Client()
    client.post(f"/sign-in/{make_sign_in_link(user_id, office.entity_id)}")

    weak = client.post("/sign-in/password", {"password": "password1234", "password_again": "password1234"})
    differ = client.post("/sign-in/password", {"password": GOOD, "password_again": GOOD + "!"})
    good = client.post("/sign-in/password", {"password": GOOD, "password_again": GOOD})

    assert weak.status_code == 422
    assert "too common" in weak.content.decode()
    assert "The two differ" in differ.content.decode()
    assert good.headers["Location"] == "/today"
    assert client.get("/today").status_code == 200
    assert Client().post("/sign-in", {"email": email, "password": GOOD}).status_code == 303


def test_who_forgot_the_password_comes_by_link_and_sets_a_new_one_once_without_the_old(office: Office) -> None:
    user_id, email = person(office)
    client = Client()
    client.post(f"/sign-in/{make_sign_in_link(user_id, office.entity_id)}")
    new, third = "another good pass phrase", "a third good pass phrase"

    asked = client.get("/sign-in/password").content.decode()
    changed = client.post("/sign-in/password", {"password": new, "password_again": new})
    again = client.post("/sign-in/password", {"password": third, "password_again": third})

    assert "Your password now" not in asked
    assert changed.headers["Location"] == "/today"
    assert (again.status_code, "This is not your password" in again.content.decode()) == (422, True)
    assert Client().post("/sign-in", {"email": email, "password": new}).status_code == 303


def test_who_came_by_password_needs_it_to_set_another_even_after_a_link_in_the_same_browser(office: Office) -> None:
    user_id, email = person(office)
    client = Client()
    client.post(f"/sign-in/{make_sign_in_link(user_id, office.entity_id)}")
    client.post("/sign-in", {"email": email, "password": GOOD})
    new = "another good pass phrase"

    answer = client.post("/sign-in/password", {"password": new, "password_again": new})

    assert answer.status_code == 422


def test_a_new_password_ends_the_persons_other_sessions(office: Office) -> None:
    _, email = person(office)
    here, elsewhere = Client(), Client()
    for client in (here, elsewhere):
        client.post("/sign-in", {"email": email, "password": GOOD})
    new = "another good pass phrase"

    here.post("/sign-in/password", {"current_password": GOOD, "password": new, "password_again": new})

    assert here.get("/today").status_code == 200
    assert elsewhere.get("/today").status_code == 303


def test_the_session_of_a_person_switched_off_ends_at_once(office: Office) -> None:
    client = client_of(office.specialist)
    assert client.get("/today").status_code == 200

    switch_person(office.specialist.user_id, False, by=office.owner)

    assert client.get("/today").headers["Location"].startswith("/sign-in")


def test_signing_out_ends_the_session_and_clears_the_browser(office: Office) -> None:
    client = client_of(office.specialist)

    answer = client.post("/sign-out")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/today").status_code == 303
    assert client.get("/sign-out").status_code == 405


def test_who_works_in_two_offices_chooses_one(office: Office) -> None:
    from tests.scenario import open_office

    user_id, email = person(office)
    other = open_office()
    grant_role(user_id, "auditor", by=other.system)
    client = Client()

    first = client.post("/sign-in", {"email": email, "password": GOOD, "next": "/accounts"})
    refused = client.post("/sign-in/office", {"entity": "999999"})
    chosen = client.post("/sign-in/office", {"entity": other.entity_id, "next": "/accounts"})

    assert first.headers["Location"] == "/sign-in/office?next=/accounts"
    assert refused.status_code == 404
    assert chosen.headers["Location"] == "/accounts"
    assert "Auditor" in client.get("/today").content.decode()


def test_set_password_refuses_what_is_like_the_address(office: Office) -> None:
    import pytest

    from duly.kernel.refusals import BadInput

    user_id, email = person(office)

    with pytest.raises(BadInput):
        set_password(user_id, email, email=email)
