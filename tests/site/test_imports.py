"""Bringing tables in: good rows together, the rest back with reasons, twice is once, a batch can be taken back."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from duly.kernel.actions import rehearsal
from duly.kernel.refusals import BadInput, Refused
from duly.site.imports import kinds  # noqa: F401
from duly.site.imports.run import Imported, Upload, import_file, kind_named, undo_import
from tests.scenario import Office

TODAY = date(2026, 1, 31)
CUSTOMERS = """customer number;name;email;country;currency;terms;zip
10042;Harbor Line Freight;ap@harbor.example;DE;EUR;14;20457
10043;Stonegate Dental;bills@stonegate.example;DE;EUR;;10115
"""


def bring(office: Office, folder: Path, kind: str, text: str, **more: Any) -> Imported:
    upload = Upload(io.BytesIO(text.encode()), f"{kind}.csv", folder, **more)
    return import_file(kind_named(kind), upload, today=TODAY, by=office.specialist)


def value(query: str, *params: object) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query, list(params))
        row = cursor.fetchone()
        return row[0] if row else None


def test_customers_become_parties_with_accounts(office: Office, tmp_path: Path) -> None:
    done = bring(office, tmp_path, "customers", CUSTOMERS)

    assert (done.read, done.created, done.updated, done.rejected) == (2, 2, 0, 0)
    assert value("select terms_days from receivables_account where external_id = '10042'") == 14
    assert value("select postal_code from parties_party where external_id = '10043'") == "10115"


def test_the_same_file_twice_changes_nothing(office: Office, tmp_path: Path) -> None:
    first = bring(office, tmp_path, "customers", CUSTOMERS)

    again = bring(office, tmp_path, "customers", CUSTOMERS)

    assert again.known
    assert again.batch_id == first.batch_id


def test_a_changed_file_updates_the_customers_it_knows(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "customers", CUSTOMERS)

    done = bring(office, tmp_path, "customers", CUSTOMERS.replace(";14;", ";30;"))

    assert (done.created, done.updated) == (0, 2)
    assert value("select terms_days from receivables_account where external_id = '10042'") == 30


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("10044;;x@y.example;DE;EUR;30;1", "name is empty", id="empty name"),
        pytest.param("10044;Ann;x@y.example;Germany;EUR;30;1", "country GERMANY", id="country in words"),
        pytest.param("10044;Ann;x@y.example;DE;EUR;soon;1", "'soon' is not a number", id="terms in words"),
        pytest.param("10044;Ann;x@y.example;DE;EUR;999;1", "terms of 999 days", id="terms of years"),
        pytest.param("10044;Ann;nowhere;DE;EUR;30;1", "e-mail nowhere", id="no address"),
        pytest.param("10042;Ann;x@y.example;DE;EUR;30;1", "stands on line 2 already", id="doubled"),
    ],
)
def test_a_bad_row_comes_back_with_its_reason_and_the_good_ones_stay(
    office: Office, tmp_path: Path, row: str, reason: str
) -> None:
    done = bring(office, tmp_path, "customers", CUSTOMERS + row + "\n")

    assert (done.created, done.rejected) == (2, 1)
    assert done.first_rejected[0]["line"] == 4
    assert reason in done.first_rejected[0]["reason"]
    assert reason in Path(done.rejected_file).read_text()


def test_a_missing_column_names_the_column_and_the_remedy(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"imports\.column_missing.*fields=name"):
        bring(office, tmp_path, "customers", "customer number,town\n1,Berlin\n")


def test_a_column_may_be_named_by_hand_and_is_remembered(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "customers", "no,wer\n1,Ann\n", mapping={"customer": "no", "name": "wer"})

    done = bring(office, tmp_path, "customers", "no,wer\n2,Bob\n")

    assert done.created == 1


def test_two_columns_that_claim_one_field_are_left_to_a_person(office: Office, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"imports\.which_column"):
        bring(office, tmp_path, "customers", "customer id,customer number,name\n1,2,Ann\n")


def test_a_rehearsal_counts_and_keeps_nothing(office: Office, tmp_path: Path) -> None:
    with rehearsal():
        done = bring(office, tmp_path, "customers", CUSTOMERS)

    assert done.created == 2
    assert value("select count(*) from receivables_account where entity_id = %s", office.entity_id) == 0


def test_a_batch_can_be_taken_back_until_it_was_used(office: Office, tmp_path: Path) -> None:
    done = bring(office, tmp_path, "customers", CUSTOMERS)
    assert done.batch_id is not None

    assert undo_import(done.batch_id, by=office.specialist) == 2

    assert value("select count(*) from receivables_account where entity_id = %s", office.entity_id) == 0
    again = bring(office, tmp_path, "customers", CUSTOMERS)
    assert again.created == 2
    assert again.batch_id is not None
    bring(office, tmp_path, "open-items", "customer,number,date,amount\n10042,R-1,2026-01-05,119.00\n")
    with pytest.raises(Refused, match=r"imports\.used_since"):
        undo_import(again.batch_id, by=office.specialist)


def test_open_items_stand_in_books_and_keep_their_numbers(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "customers", CUSTOMERS)
    rows = 'customer,number,date,due,amount\n10042,R-7,2026-01-05,2026-02-04,"1.190,00"\n10043,R-8,2026-01-06,,-20\n'

    done = bring(office, tmp_path, "open-items", rows)

    assert (done.created, done.rejected) == (2, 0)  # 1,190.00 - 20.00 = 1,170.00 owed
    assert value("select sum(open_minor) from receivables_item where entity_id = %s", office.entity_id) == 1_170_00
    assert value("select number from receivables_number where document_kind = 'opening' order by seq limit 1") == "R-7"


def test_contacts_belong_to_the_party_of_the_customer(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "customers", CUSTOMERS)

    done = bring(office, tmp_path, "contacts", "customer,name,email\n10042,Ana,ana@harbor.example\n99,Nobody,\n")

    assert (done.created, done.rejected) == (1, 1)
    assert "not known" in done.first_rejected[0]["reason"]


def test_charges_become_drafts(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "customers", CUSTOMERS)
    rows = "customer,item,quantity,unit price,date\n10042,SEAT,3,12.50,2026-01-31\n10042,NOPE,1,1,2026-01-31\n"

    done = bring(office, tmp_path, "charges", rows)

    assert (done.created, done.rejected) == (1, 1)  # 3 x 12.50 = 37.50
    assert value("select net_minor from invoicing_charge where entity_id = %s", office.entity_id) == 37_50


@pytest.mark.parametrize("text", ["", "\x00\x01\x02", "PK\x03\x04 not a zip", 'a,b\n"never closed'])
def test_what_is_no_table_is_refused_whole(office: Office, tmp_path: Path, text: str) -> None:
    with pytest.raises(BadInput, match=r"imports\."):
        bring(office, tmp_path, "customers", text)


ARRANGEMENTS = """customer,agreement,item,model,qty,price,start,tiers,interval,meter
10042,AG-1,SEAT,per unit,12,12.50,2026-01-01,,month,
10042,AG-1,SUPPORT,flat,1,99,2026-01-01,,quarter,
10043,AG-2,USAGE,graduated,1,,2026-01-15,100:0.10;*:0.05,month,calls
"""


def test_arrangements_become_agreements_with_their_lines(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "customers", CUSTOMERS)

    done = bring(office, tmp_path, "arrangements", ARRANGEMENTS)

    assert (done.read, done.created, done.rejected) == (3, 2, 0), done.first_rejected
    assert value("select count(*) from commercial_term where entity_id = %s", office.entity_id) == 3
    assert value("select count(*) from commercial_tier where entity_id = %s", office.entity_id) == 2


def test_an_agreement_with_one_bad_line_comes_back_whole(office: Office, tmp_path: Path) -> None:
    bring(office, tmp_path, "customers", CUSTOMERS)

    done = bring(office, tmp_path, "arrangements", ARRANGEMENTS.replace("SUPPORT", "NOPE"))

    assert (done.created, done.rejected) == (1, 2)
    assert {row["line"] for row in done.first_rejected} == {2, 3}


def test_our_bank_accounts_are_brought_in(office: Office, tmp_path: Path) -> None:
    rows = (
        "name,iban,bic,currency,ledger account\nOperating,DE02120300000000202051,BYLADEM1001,EUR,1100\nBad,,,EUR,1100\n"
    )

    done = bring(office, tmp_path, "bank-accounts", rows)

    assert (done.created, done.rejected) == (1, 1)
