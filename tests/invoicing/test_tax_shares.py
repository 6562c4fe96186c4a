"""Tax by rate on the document, shared among its lines: parts add up, and a document and its mirror come to nothing."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from duly.kernel.money import round_minor
from tests.invoicing.scenario_invoicing import JAN31, charge, issue, rows
from tests.scenario import Office, account

RATES = {
    "DE-S": [Decimal("0.19")],
    "DE-R": [Decimal("0.07")],
    "US-NY": [Decimal("0.04"), Decimal("0.045")],
    "RC": [Decimal(0)],
}
LINES = st.lists(
    st.tuples(st.integers(-300, 1000).filter(bool), st.sampled_from(sorted(RATES))), min_size=1, max_size=8
)


def shares_of(office: Office, lines: list[tuple[int, str]]) -> list[tuple[int, list[int]]]:
    """Bill the lines on one document of a new account; returns net and tax shares line by line."""
    ann = account(office, delivery="none", name="Ann", street="Main St 1")
    for place, (net_minor, tax_code) in enumerate(lines):
        charge(office, ann, net_minor, item_code="", description=f"Line {place}", tax_code=tax_code)
    issued = issue(office, ann, on=JAN31)
    return [
        (net, taxes)
        for net, taxes in rows(
            "select net_minor, tax_minors from invoicing_line where invoice_id = %s order by line",
            issued.document_ids[0],
        )
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_shares_add_up_to_the_tax_of_the_document(office: Office, lines: list[tuple[int, str]]) -> None:
    shares = shares_of(office, lines)

    for code, rates in RATES.items():
        of_code = [(net, taxes) for (net, taxes), (_, wanted) in zip(shares, lines, strict=True) if wanted == code]
        taxable = sum(net for net, _ in of_code)
        for at, rate in enumerate(rates):
            parts = [(net, taxes[at]) for net, taxes in of_code]
            assert sum(part for _, part in parts) == round_minor(taxable * rate)
            assert all(abs(part - net * rate) < 1 for net, part in parts)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_a_document_and_its_mirror_add_up_to_nothing(office: Office, lines: list[tuple[int, str]]) -> None:
    there = shares_of(office, lines)
    back = shares_of(office, [(-net, code) for net, code in lines])

    assert [(-net, [-tax for tax in taxes]) for net, taxes in back] == there
