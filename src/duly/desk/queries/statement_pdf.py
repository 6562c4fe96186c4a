"""A statement of account on paper."""

from __future__ import annotations

from duly.formats.pdf import Address, AgingBucket, Buyer, StatementDoc, StatementLine, render_pdf
from duly.invoicing.actions.paper import seller_of
from duly.kernel.sql import fetch_value
from duly.parties.queries import party
from duly.receivables.models import Account
from duly.receivables.queries import Aging, Statement

HERE = "duly.desk"
RANGES: tuple[tuple[int | None, int | None], ...] = ((None, None), (1, 30), (31, 60), (61, 90), (91, None))
WORDS = {
    "en": ("Invoice", "Credit note", "Payment", "Opening balance", "Other"),
    "de": ("Rechnung", "Gutschrift", "Zahlung", "Anfangsbestand", "Sonstiges"),
    "es": ("Factura", "Abono", "Pago", "Saldo inicial", "Otros"),
    "fr": ("Facture", "Avoir", "Paiement", "Solde initial", "Autre"),
}
KINDS = ("invoice", "credit_note", "payment", "opening", "other")


def statement_pdf(entity_id: int, account: Account, found: Statement) -> bytes:
    """Return the statement as PDF in the customer's language."""
    seller = fetch_value(HERE, "settings/seller_now.sql", entity=entity_id, currency=found.currency)
    customer = party(entity_id, account.party_id)
    words = dict(zip(KINDS, WORDS.get(account.language, WORDS["en"]), strict=True))
    return render_pdf(
        StatementDoc(
            number=account.number,
            issued_on=found.to_on,
            seller=seller_of(seller),
            buyer=Buyer(
                name=customer.legal_name or customer.name,
                address=Address(
                    street=customer.street,
                    more=tuple(part for part in [customer.street2] if part),
                    town=customer.city,
                    postcode=customer.postal_code,
                    region=customer.region,
                    country=customer.country,
                ),
                account_number=account.number,
                vat_id=customer.vat_id,
                order_number=account.po_number,
            ),
            currency=found.currency,
            lines=tuple(
                StatementLine(
                    on=line.issued_on,
                    description=words[line.kind],
                    amount_minor=line.amount_minor,
                    number=line.number,
                    due_on=line.due_on if line.amount_minor > 0 else None,
                    open_minor=line.open_minor,
                )
                for line in found.lines
            ),
            opening_minor=found.opening_minor,
            closing_minor=found.closing_minor,
            due_minor=found.aging.past_due_minor if found.aging else 0,
            aging=aging_of(found.aging, found.closing_minor),
            period_start=found.from_on,
            period_end=found.to_on,
            language=account.language,
        )
    )


def aging_of(aging: Aging | None, closing_minor: int) -> tuple[AgingBucket, ...]:
    """Return the buckets where they make up the balance; money not yet applied belongs to none of them."""
    if aging is None or sum(aging.buckets) != closing_minor:
        return ()
    return tuple(
        AgingBucket(open_minor=minor, days_from=first, days_to=last)
        for minor, (first, last) in zip(aging.buckets, RANGES, strict=True)
    )
