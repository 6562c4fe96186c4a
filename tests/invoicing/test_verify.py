"""The proof finds what is broken: a document, a number, a credit, a certificate."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from duly.invoicing.actions.credit import credit_invoice
from duly.invoicing.verify import CHECKS, checks
from tests.invoicing.scenario_invoicing import FEB28, charge, full_run
from tests.scenario import Office, account

DAMAGES = {
    "invoicing.totals": "update invoicing_line set net_minor = net_minor + 1 where source_kind = 'manual'",
    "invoicing.tax_shares": "update invoicing_tax set tax_minor = tax_minor + 1",
    "invoicing.numbers": "delete from receivables_number where document_kind = 'invoice'",
    "invoicing.items": "update receivables_item set amount_minor = amount_minor + 1, open_minor = 1, closed_on = null"
    " where kind = 'invoice'",
    "invoicing.postings": "update ledger_posting set gl_account_id = gl_account_id + 1 where line = 2",
    "invoicing.credited": "update invoicing_line set net_minor = net_minor * 3 where source_kind = 'credit'",
    "invoicing.drafts": "insert into invoicing_charge (entity_id, account_id, currency, charge_key, source_kind,"
    " description, bill_on, tax_point_on, net_minor, tax_code_id, revenue_account_id) select entity_id, account_id,"
    " 'EUR', charge_key, 'manual', description, bill_on, tax_point_on, net_minor, tax_code_id, revenue_account_id"
    " from invoicing_line where source_kind = 'manual'",
    "invoicing.certificates": "update invoicing_run_item set expected_minor = expected_minor + 1, state = 'held'",
}


@pytest.mark.parametrize("check", sorted(CHECKS))
def test_the_proof_finds(office: Office, check: str) -> None:
    ann = account(office)
    charge(office, ann, 10_00)
    full_run(office)
    invoice = only("select id from invoicing_invoice")
    credit_invoice(invoice, amount_minor=5_00, reason="part", today=FEB28, by=office.coordinator)
    assert checks(office.entity_id) == []

    with transaction.atomic(), connection.cursor() as cursor:
        for table in ("invoicing_line", "invoicing_tax", "receivables_number", "ledger_posting"):
            cursor.execute(f"alter table {table} disable trigger all")
        cursor.execute(DAMAGES[check])
        found = {problem.check for problem in checks(office.entity_id)}
        transaction.set_rollback(True)

    assert check in found


def only(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        [[found]] = cursor.fetchall()
        return int(found)
