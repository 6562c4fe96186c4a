"""One month of an office, lived through the screens only: who presses what, and what everybody must see.

Every step works with and without scripts; with them, each new screen is also looked at by axe.

    customer           agreed                        March net   gross   paid by the end of March
    Amber Works        10 seats at 12.00, advance       120.00  142.80   142.80 by its reference
    Birch & Sons        5 seats at 20.00, advance       100.00  119.00   119.00 naming the number
    Cobalt Labs        support 150.00, advance          150.00  178.50   170.00, 8.50 short
    Delta Freight      2,000 calls at 0.05, arrears     100.00  119.00   nothing
    Elm Dental         support 200.00, advance          200.00  238.00   333.20 covers both: 238.00 + 95.20
                       a workshop, by hand               80.00   95.20
    Fjord Media        4 seats at 25.00, advance        100.00
                       a training day, entered twice    400.00  595.00   59.50 credited; a cheque of 100.00 un-applied
                                                      1,250.00 1,487.50  765.00 by the bank
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from duly.access.actions import make_sign_in_link
from duly.formats.tabular.read import read_rows
from duly.invoicing.jobs import work_open_runs
from duly.invoicing.queries.documents import Document, DocumentFilter, documents_page
from duly.kernel import clock
from duly.kernel.actor import Actor
from duly.ledger.sealing import seal_ledger
from tests.banking.scenario_bank import Booked, camt, statement
from tests.desk.browser.scenario_clerk import Clerk
from tests.scenario import Office

PASSWORD = "seven grey herons by the weir"
IBAN = "DE02120300000000202051"
AMBER, BIRCH, COBALT = "Amber Works GmbH", "Birch & Sons", "Cobalt Labs"
DELTA, ELM, FJORD = "Delta Freight", "Elm Dental", "Fjord Media"
MARCH_2, MARCH_31 = date(2026, 3, 2), date(2026, 3, 31)
BANKS = f"Name;IBAN;Sachkonto\nOperating;{IBAN};1100\n"
CUSTOMERS = """Nr;Firma;Mail;Strasse;PLZ;Ort;Tage
A1;Amber Works GmbH;ap@amber.example;Quay 1;10115;Berlin;30
B1;Birch & Sons;ap@birch.example;Quay 2;10115;Berlin;30
C1;Cobalt Labs;ap@cobalt.example;Quay 3;10115;Berlin;14
D1;Delta Freight;ap@delta.example;Quay 4;10115;Berlin;30
E1;Elm Dental;ap@elm.example;Quay 5;10115;Berlin;30
F1;Fjord Media;ap@fjord.example;Quay 6;10115;Berlin;30
X1;;ap@nobody.example;Quay 7;10115;Berlin;30
"""
AGREEMENTS = """customer,agreement,item,model,quantity,unit_price,meter,aggregate,timing,starts_on
A1,K-1,SEAT,per_unit,10,12.00,,,advance,2026-03-01
B1,K-2,SEAT,per_unit,5,20.00,,,advance,2026-03-01
C1,K-3,SUPPORT,flat,1,150.00,,,advance,2026-03-01
D1,K-4,USAGE,usage,1,0.05,calls,sum,arrears,2026-02-01
E1,K-5,SUPPORT,flat,1,200.00,,,advance,2026-03-01
F1,K-6,SEAT,per_unit,4,25.00,,,advance,2026-03-01
"""
USAGE = """event id,meter,customer,at,quantity
u1,calls,D1,2026-02-03T10:00:00+01:00,1250
u2,calls,D1,2026-02-17T10:00:00+01:00,750
u2,calls,D1,2026-02-17T10:00:00+01:00,750
"""


@dataclass
class Month:
    """The office, its day, and the browsers of its people."""

    office: Office
    place: str
    look: Callable[..., Any]
    set_now: Callable[[str], None]
    scripted: bool = True
    looked_at: set[str] = field(default_factory=set)
    passwords: set[int] = field(default_factory=set)

    def arrives(self, actor: Actor) -> Clerk:
        """A person comes in: the first time by a link, where they set a password, later with it."""
        person = Clerk(self.look("/sign-in", script=self.scripted), self.place, self.scripted, self.looked_at)
        assert actor.user_id is not None
        if actor.user_id in self.passwords:
            person.look_over()
            person.page.fill("[name=email]", email_of(actor))
            person.page.fill("[name=password]", PASSWORD)
            person.page.click("button:has-text('Sign in')")
        else:
            self.passwords.add(actor.user_id)
            person.go(f"/sign-in/{make_sign_in_link(actor.user_id, actor.entity_id)}")
            person.page.click("button:has-text('Sign in')")
            person.waits("[name=password_again]")
            person.look_over()
            person.page.fill("[name=password]", PASSWORD)
            person.page.fill("[name=password_again]", PASSWORD)
            person.page.click("button:has-text('Set password')")
        person.waits("h1:has-text('Good ')")
        person.look_over(key_page=True)
        return person

    def worker(self) -> None:
        """What goes on in the background goes on: runs, and the seal of the journal."""
        work_open_runs(self.office.entity_id, workers=1)
        seal_ledger(clock.now())

    def invoices(self) -> dict[str, list[Document]]:
        """The issued invoices by customer, oldest first."""
        found = documents_page(self.office.entity_id, DocumentFilter(kind="invoice"), today=MARCH_31, limit=50)
        by_name: dict[str, list[Document]] = {}
        for each in sorted(found, key=lambda one: one.id):
            by_name.setdefault(each.account_name, []).append(each)
        return by_name


def email_of(actor: Actor) -> str:
    """The address a person signs in with."""
    from duly.access.models import User

    return str(User.objects.get(pk=actor.user_id).email)


def bring_in(person: Clerk, kind: str, data: str, columns: dict[str, str], says: str) -> None:
    """A file comes in: kept, its columns named, rehearsed, committed."""
    person.go("/imports")
    person.fills(kind=kind)
    person.chooses(f"{kind}.csv", data)
    person.page.click("button:has-text('Look at it')")
    person.waits("h1:has-text('.csv')")
    for name, column in columns.items():
        person.page.select_option(f"#map-{name}", column)
    person.page.click("button[value=check]")
    person.waits("button[value=commit]")
    person.look_over(f"import-{kind}", key_page=kind == "customers")
    person.click("button[value=commit]", says)


def set_up(accountant: Clerk, specialist: Clerk) -> None:
    """The bank account, customers, agreements and usage come in from files."""
    bring_in(accountant, "bank-accounts", BANKS, {}, "1 bank accounts brought in")
    columns = {"customer": "Nr", "name": "Firma", "email": "Mail", "postal_code": "PLZ", "terms_days": "Tage"}
    bring_in(specialist, "customers", CUSTOMERS, columns, "6 customers brought in")
    specialist.reads("customers.csv")
    rejected = specialist.page.get_attribute("a[href$='/rejected']", "href")
    assert "ap@nobody.example" in specialist.fetches(rejected).decode("utf-8-sig")
    bring_in(specialist, "arrangements", AGREEMENTS, {}, "6 agreements brought in")
    bring_in(specialist, "usage", USAGE, {}, "2 usage")
    specialist.go("/accounts", key_page=True)
    specialist.go("/agreements", key_page=True)


def enter_training(specialist: Clerk) -> None:
    """The training day is entered, and by mistake once more."""
    for _ in range(2):
        specialist.go("/charges/new")
        specialist.fills(account="Fjord", item="SUPPORT", description="Training day", unit_price="400")
        specialist.click("button:has-text('Add the charge')", "Training day")


def plan(month: Month, specialist: Clerk) -> str:
    """The run is planned; returns its address."""
    specialist.go("/runs/new")
    specialist.fills(through_on="2026-03-31", issued_on="2026-03-02")
    specialist.click("button:has-text('Plan the run')", "Bill run set up")
    path = str(specialist.page.url).removeprefix(month.place)
    specialist.look_over("run-planning")
    month.worker()
    specialist.go(path)
    specialist.look_over("run-planned", key_page=True)
    return path


def decide(specialist: Clerk, run: str) -> None:
    """The doubled training day is taken out."""
    specialist.go(f"/charges?run={run.rpartition('/')[2]}", key_page=True)
    specialist.reads("Fjord Media")
    specialist.press("d", "[popovertarget=dismiss]")
    specialist.page.fill("#dismiss [name=note]", "entered twice")
    specialist.look_over("dismiss")
    specialist.click("#dismiss button:has-text('Take it out')", "taken out")


def issue(month: Month, coordinator: Clerk, run: str) -> None:
    """The coordinator looks at the preview, approves, and the certificate adds up."""
    coordinator.go(run)
    # 120.00 + 100.00 + 150.00 + 100.00 + 200.00 + (100.00 + 400.00) = 1,170.00
    coordinator.reads("1,170.00")
    coordinator.press("a", "[popovertarget=approve]")
    coordinator.click("#approve button:has-text('Approve and issue')", "Approved")
    coordinator.look_over("run-issuing")
    month.worker()
    coordinator.go(f"{run}/certificate", key_page=True)
    rows = coordinator.page.inner_text("#work table").replace("\t", " ")
    assert re.search(r"Expected\s+6\s+1,170\.00", rows), rows
    assert re.search(r"Billed\s+6 documents\s+6\s+1,170\.00", rows), rows
    assert re.search(r"Unexplained\s+0\s+0\.00", rows), rows
    coordinator.go(run)
    coordinator.look_over("run-issued", key_page=True)


def bill_by_hand(specialist: Clerk) -> None:
    """The workshop of Elm Dental is billed at once."""
    specialist.go("/invoices/new")
    specialist.fills(account="Elm", issued_on="2026-03-02", item_1="SUPPORT", description_1="Workshop", price_1="80")
    specialist.press("Control+Enter", "button:has-text('Issue')")
    specialist.waits("button:has-text('Yes'), #toasts:has-text('is issued')")
    if specialist.page.locator("button:has-text('Yes')").count():
        specialist.look_over("confirm")
        specialist.page.click("button:has-text('Yes')")
    specialist.hears("is issued")
    specialist.look_over("/invoices/x")


def look_at_paper(specialist: Clerk, number: str) -> None:
    """An invoice is looked at, and its PDF opened."""
    specialist.go(f"/invoices/{number}", key_page=True)
    paper = specialist.fetches(specialist.page.get_attribute("a:has-text('PDF')", "href"))
    assert paper.startswith(b"%PDF-")
    assert b"%%EOF" in paper[-1024:]


def credit(specialist: Clerk, number: str) -> None:
    """59.50 of the training day is credited."""
    specialist.go(f"/invoices/{number}")
    specialist.press("y", "a:has-text('Credit')")
    specialist.waits("#in-amount")
    specialist.look_over("/invoices/x/credit")
    specialist.page.check("[name=how][value=amount]")
    specialist.fills(amount="59.50", reason="half an hour too long")
    specialist.click("button:has-text('Credit')", "Credited €59.50")
    specialist.look_over("credit-note")


def bank_file(month: Month) -> bytes:
    """March as the bank saw it: 1,000.00 + 142.80 + 119.00 + 170.00 + 333.20 + 275.00 - 12.50 = 2,027.50."""
    sent = month.invoices()
    [amber], [birch], [cobalt] = sent[AMBER], sent[BIRCH], sent[COBALT]
    both = " ".join(each.number for each in sent[ELM])
    days = [date(2026, 3, day) for day in (10, 11, 17, 20, 24, 31)]
    lines = [
        Booked(142_80, "", days[0], AMBER, reference="L1", rf=amber.reference),
        Booked(119_00, f"Invoice {birch.number}", days[1], BIRCH, reference="L2"),
        Booked(170_00, f"{cobalt.number} less discount", days[2], COBALT, reference="L3"),
        Booked(333_20, f"Invoices {both}", days[3], ELM, reference="L4"),
        Booked(275_00, "WIRE 88213 THANK YOU", days[4], "Q Holding", reference="L5"),
        Booked(-12_50, "Account fees March", days[5], reference="L6"),
    ]
    return camt(statement(1_000_00, lines, iban=IBAN, from_on=date(2026, 3, 1), to_on=MARCH_31))


def take_in_bank_file(month: Month, specialist: Clerk) -> None:
    """The bank's file is looked at and brought in; the same file again changes nothing."""
    data = bank_file(month)
    for what in ("new", "again"):
        specialist.go("/payments", key_page=True)
        specialist.chooses("march.xml", data)
        specialist.page.click("button:has-text('Look at it')")
        specialist.waits("h1:has-text('march.xml')")
        specialist.look_over(f"bank-file-{what}")
        if what == "new":
            specialist.press("a", "button:has-text('Bring it in')", "6 new lines")
        else:
            specialist.reads("This very file was brought in before")


def line_of(specialist: Clerk, payer: str) -> None:
    """Open a payer's line on the match desk."""
    specialist.go("/match")
    specialist.page.click(f".row-a:has-text({payer!r})")
    specialist.waits(f"#det-h:has-text({payer!r})")


def match(specialist: Clerk) -> None:
    """Two exact lines at once, one accepted, undone and accepted again, one put right by hand."""
    line_of(specialist, ELM)
    specialist.press("a", "button:has-text('Accept match')", f"Matched {ELM}")
    specialist.press("u", "#toasts button:has-text('Undo')", "Undone")
    line_of(specialist, ELM)
    specialist.press("a", "button:has-text('Accept match')", f"Matched {ELM}, €333.20 to 2 items")
    specialist.go("/match", key_page=True)
    specialist.click("[popovertarget=exact]")
    specialist.click("#exact button:has-text('Accept 2')", "Matched 2 exact lines")
    line_of(specialist, COBALT)
    specialist.press("e", "a:has-text('Choose items')")
    specialist.waits("input[name^=apply_]")
    specialist.look_over("choose-items", key_page=True)
    specialist.page.fill("input[name^=apply_]", "170.00")
    specialist.press("Control+Enter", ".bar button:has-text('Apply')", f"Matched {COBALT}, €170.00 to 1 item")


def receive_cheque(specialist: Clerk, number: str) -> None:
    """A cheque is recorded for an invoice, and what it settled is taken back: the money stays on the account."""
    specialist.go(f"/invoices/{number}")
    specialist.press("m", "a:has-text('Receive payment')")
    specialist.waits("h1:has-text('Record a payment')")
    specialist.look_over("record-a-payment", key_page=True)
    specialist.fills(amount="100.00", reference="cheque 4711")
    specialist.press("Control+Enter", "button:has-text('Record')", f"applied to {number}")
    specialist.click("button[aria-label='Un-apply'] >> nth=-1", "Un-applied")
    specialist.go("/payments/unapplied", key_page=True)
    specialist.reads("€100.00")


def post_opening(accountant: Clerk) -> None:
    """The bank's balance before the first statement becomes the books' opening balance."""
    accountant.go("/payments")
    accountant.page.click("a:has-text('Operating')")
    accountant.waits("h1:has-text('Operating')")
    accountant.look_over("bank-account")
    accountant.click("button:has-text('Post the opening balance')", "pening")


def reconcile(accountant: Clerk, *, difference: str) -> None:
    """Bank = ledger = open items at the end of March, or the difference is listed."""
    accountant.go("/reports/reconcile?as_of=2026-03-31", key_page=True)
    accountant.reads("2,027.50")
    accountant.reads(difference)


def place_the_rest(specialist: Clerk) -> None:
    """The fee goes to its ledger account; the money of nobody known waits as unidentified."""
    line_of(specialist, "Unknown payer")
    specialist.press("o", "[popovertarget=other]")
    specialist.look_over("other")
    specialist.page.select_option("#other [name=gl_code]", "6100")
    specialist.click("#other button:has-text('Book it')", "booked on 6100")
    line_of(specialist, "Q Holding")
    specialist.press("o", "[popovertarget=other]")
    specialist.page.check("#other [value=unidentified]")
    specialist.click("#other button:has-text('Book it')", "unidentified")


def open_march(month: Month, accountant: Clerk, *, ties: bool) -> None:
    """March's checklist, red or green."""
    month.worker()
    accountant.go("/settings/periods/2026-3")
    accountant.look_over(f"march-{ties}", key_page=True)
    red = accountant.page.locator("#work .ticks .bad").count()
    assert (red == 0) is ties, accountant.page.inner_text("#work")
    assert accountant.page.locator("button:has-text('Close the period')").is_disabled() is not ties


def close(accountant: Clerk) -> None:
    """March is closed."""
    accountant.press("a", "[popovertarget=close-it]")
    accountant.look_over("close-it")
    accountant.click("#close-it button:has-text('Close it')", "The period is closed")
    accountant.look_over("march-closed")


def sheets(person: Clerk, report: str) -> list[dict[str, str]]:
    """The rows of a report's CSV by column; its XLSX says the same, cell by cell."""
    as_csv, as_xlsx = (
        [row.cells for row in read_rows(person.fetches(f"/reports/{report}&as={kind}"), name=f"report.{kind}")]
        for kind in ("csv", "xlsx")
    )
    assert [tuple(map(plain, row)) for row in as_csv] == [tuple(map(plain, row)) for row in as_xlsx]
    return [dict(zip(as_csv[0], row, strict=True)) for row in as_csv[1:]]


def plain(cell: str) -> str:
    """A number without the digits that say nothing: 12.50 and 12.5 are one."""
    return f"{Decimal(cell):f}".rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", cell) else cell
