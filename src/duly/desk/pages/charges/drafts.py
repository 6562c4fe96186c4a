"""Charges waiting to be billed: the list, and a person's hand in it: add, edit, take out, bring back, bill now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from duly.desk.queries import charges as queries
from duly.desk.web.acting import acted, day_of, refusals_in
from duly.desk.web.export import kind_asked, table_file
from duly.desk.web.filters import Filter, Narrowed, narrow
from duly.desk.web.finding import account_filter, account_in, pages_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import signed_in
from duly.desk.web.notation import money_text, number_text
from duly.desk.web.page import page, safe_path
from duly.desk.web.paging import LIMIT, Cursor, Sort, cursor_of, found_text, page_of
from duly.desk.web.render import render
from duly.formats.tabular.write import Column
from duly.invoicing.actions import NewCharge, add_charges, edit_charge, remove_charges, restore_charges
from duly.invoicing.actions.charges import draft
from duly.invoicing.actions.fixing import fix_by_charge, fix_by_edit, fix_by_removal
from duly.invoicing.actions.issue import issue_invoices
from duly.invoicing.models import Draft
from duly.invoicing.queries.charges import DraftFilter, DraftRow, drafts_page
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput
from duly.receivables.queries import account

SOURCES = {
    "agreement": "Agreement",
    "usage": "Usage",
    "manual": "By hand",
    "import": "Imported",
    "reversal": "Takes back",
    "rebill": "Billed again",
}
FILTERS = (
    Filter("account", "Account number", chip="Account %s"),
    Filter("kind", "Comes from", "choice", SOURCES, chip="%s"),
    Filter("until", "Due until", "date", chip="Due until %s"),
    Filter("out", "Taken out of billing", "flag", chip="Taken out"),
)
VIEWS = [("All waiting", ""), ("By hand", "kind=manual"), ("Taken out", "out=1")]
COLUMNS = (
    Column("Account"),
    Column("Name"),
    Column("Description"),
    Column("From", "date"),
    Column("To", "date"),
    Column("Bill on", "date"),
    Column("Quantity", "decimal"),
    Column("Unit"),
    Column("Unit price", "decimal"),
    Column("Net", "money", "Currency"),
    Column("Currency"),
    Column("Comes from"),
    Column("Changed by"),
    Column("Note"),
)
HERE = "/charges/drafts"


@page("GET", right="books.view")
def show(request: HttpRequest) -> HttpResponseBase:
    """Show what waits to be billed."""
    actor = signed_in(request)
    narrowed = narrow(request, FILTERS, actor, views=VIEWS)
    where = filter_of(narrowed, actor)
    if kind_asked(request):
        return table_file(request, "charges", COLUMNS, file_rows(actor, where))
    sort = Sort("account")
    rows = drafts_page(actor.entity_id, where, after=place_of(cursor_of(request, sort)), limit=LIMIT)
    listed = page_of(request, rows, sort, key=place_text, row_id=lambda row: row.id)
    return render(
        request,
        "charges/drafts.html",
        {
            "narrowed": narrowed,
            "page": listed,
            "where": where,
            "sources": SOURCES,
            "found": found_text(queries.count_drafts(actor.entity_id, where)),
            "sums": sums_of(listed.rows, actor.language),
            "waiting": queries.waiting(actor.entity_id),
            "view": request.GET.urlencode(),
        },
    )


def filter_of(narrowed: Narrowed, actor: Actor) -> DraftFilter:
    return DraftFilter(
        account_id=account_filter(narrowed, actor.entity_id),
        source_kind=narrowed.values["kind"],
        through_on=narrowed.values["until"],
        dismissed=bool(narrowed.values["out"]),
    )


def place_text(row: DraftRow) -> str:
    """Return where a draft stands in the list: its account and bill day; the cursor adds its id."""
    return f"{row.account_id} {row.bill_on}"


def place_of(cursor: Cursor) -> tuple[int, date, int] | None:
    if cursor.after_id is None:
        return None
    account_id, bill_on = str(cursor.after).split(" ")
    return int(account_id), date.fromisoformat(bill_on), cursor.after_id


def sums_of(rows: Any, language: str) -> str:
    """Say what the lines shown add up to, a currency at a time."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.currency] = sums.get(row.currency, 0) + row.net_minor
    return "Shown: " + ", ".join(money_text(minor, cur, language) for cur, minor in sums.items()) if sums else ""


def file_rows(actor: Actor, where: DraftFilter) -> Iterator[tuple[Any, ...]]:
    """Yield what the list shows, all of it, for a file."""

    def fetch(after: tuple[int, date, int] | None) -> list[DraftRow]:
        return drafts_page(actor.entity_id, where, after=after, limit=2000)

    for row in pages_of(fetch, lambda last: (last.account_id, last.bill_on, last.id)):
        yield (
            *(row.account_number, row.account_name, row.description, row.period_from, row.period_to, row.bill_on),
            *(row.quantity, row.unit, row.unit_price, row.net_minor, row.currency, SOURCES[row.source_kind]),
            *(row.edited_by or "", row.note),
        )


def picked(request: HttpRequest) -> list[int]:
    """Return the ticked lines; none ticked is an error."""
    ids = [int(each) for each in request.POST.getlist("pick") if each.isascii() and each.isdigit()]
    if not ids:
        raise BadInput("desk.nothing_chosen", remedy="Tick at least one line")
    return ids


def back(request: HttpRequest) -> str:
    """Return where to go on: the form's `next`, else the list as it was narrowed."""
    if request.POST.get("next"):
        return safe_path(request, request.POST["next"], otherwise=HERE)
    view = request.POST.get("view", "")
    return f"{HERE}?{view}" if view else HERE


@page("POST", right="charges.edit")
def dismiss(request: HttpRequest) -> HttpResponseBase:
    """Take drafts out of billing, with the reason."""
    actor = signed_in(request)
    ids = picked(request)
    note = request.POST.get("note", "").strip()[:500]
    if not note:
        raise BadInput("charge.reason_missing", remedy="Say in a few words why this is not billed")
    if asked := surprise_in(request):
        count = fix_by_removal(asked, ids, note=note, by=actor)
    else:
        count = remove_charges(ids, note=note, by=actor)
    words = "1 charge" if count == 1 else f"{count} charges"
    if asked:
        return acted(request, back(request), f"{words} taken out of billing.", note="Undo asks the question again.")
    return acted(request, back(request), f"{words} taken out of billing.")


def surprise_in(request: HttpRequest) -> int | None:
    """Return the question a draft is changed for; None when it is changed without one."""
    asked = request.POST.get("surprise", "")
    return int(asked) if asked.isascii() and asked.isdigit() else None


@page("POST", right="charges.edit")
def restore(request: HttpRequest) -> HttpResponseBase:
    """Bring drafts back into billing."""
    count = restore_charges(picked(request), by=signed_in(request))
    return acted(request, back(request), f"{count} brought back into billing.")


@page("POST", right="invoices.issue")
def bill_now(request: HttpRequest) -> HttpResponseBase:
    """Bill the accounts of the ticked drafts today, the same way as the run."""
    actor = signed_in(request)
    today = day_of(actor)
    accounts = sorted({draft(actor.entity_id, charge_id).account_id for charge_id in picked(request)})
    made = issue_invoices(accounts, through_on=today, issued_on=today, today=today, by=actor)
    held = f", {made.held} held" if made.held else ""
    words = f"{made.documents} invoice{'' if made.documents == 1 else 's'} issued{held}."
    return acted(request, f"/runs/{made.run_id}", words, tone="warn" if made.held else "ok")


@page("GET", right="charges.edit")
def new(request: HttpRequest) -> HttpResponseBase:
    """Show an empty charge."""
    actor = signed_in(request)
    begin = {"account": request.GET.get("account", ""), "bill_on": day_of(actor), "quantity": "1"}
    return charge_form(request, Form(None, actor, begin_with=begin))


def charge_form(request: HttpRequest, form: Form, *, status: int = 200, was: Draft | None = None) -> HttpResponseBase:
    actor = signed_in(request)
    context: dict[str, Any] = {"form": form, "was": was, "items": items_of(actor)}
    context["account"] = account(actor.entity_id, was.account_id) if was else None
    context["surprise"] = request.POST.get("surprise") or request.GET.get("surprise", "")
    context["next"] = request.POST.get("next") or request.GET.get("next", "")
    return render(request, "charges/charge.html", context, status=status)


def items_of(actor: Actor) -> list[tuple[str, str]]:
    """Return what can be charged for, as choices."""
    return [(item.code, f"{item.name} ({item.code})") for item in queries.items(actor.entity_id)]


@page("POST", right="charges.edit")
def add(request: HttpRequest) -> HttpResponseBase:
    """Enter a charge by hand; it waits for the next run."""
    actor = signed_in(request)
    form = Form(request, actor)
    wanted = charge_in(form, actor)
    if wanted is not None:
        with refusals_in(form, actor):
            if asked := surprise_in(request):
                fix_by_charge(asked, wanted, by=actor)
                return acted(request, back(request), f"{wanted.description or wanted.item_code} entered.")
            add_charges([wanted], by=actor)
            return acted(request, back(request), f"{wanted.description or wanted.item_code} waits for the next run.")
    return charge_form(request, form, status=422)


def charge_in(form: Form, actor: Actor) -> NewCharge | None:
    """Read a charge; None when something is wrong with it."""
    owner = account_in(form, actor, day_of(actor))
    currency = owner.currency if owner else "EUR"
    codes = [code for code, _ in items_of(actor)]
    item = form.choice("item", "Item", codes, required=False)
    description = form.text("description", "Description", required=not item)
    quantity = form.decimal("quantity", "Quantity")
    price = form.decimal("unit_price", "Price per unit") if form.typed("unit_price").strip() else None
    net_minor = form.money_or_none("net", "Net amount", currency=currency)
    bill_on = form.day("bill_on", "Bill on")
    period = (form.day_or_none("period_from", "From"), form.day_or_none("period_to", "To"))
    if not item and price is None and net_minor is None:
        form.blame("unit_price", "Price per unit", "Write a price, or the net amount")
    if form.wrong or owner is None:
        return None
    return NewCharge(
        account_id=owner.id,
        bill_on=bill_on,
        item_code=item,
        description=description,
        quantity=quantity,
        unit_price=price,
        net_minor=net_minor,
        period_from=period[0],
        # People name the last day of a period; charges carry the first day after it.
        period_to=period[1] + timedelta(1) if period[1] else None,
        po_number=form.text("po_number", "Order number", required=False, at_most=80),
    )


@page("GET", right="charges.edit")
def edit(request: HttpRequest, charge_id: int) -> HttpResponseBase:
    """Show a draft to be changed."""
    actor = signed_in(request)
    was = draft(actor.entity_id, charge_id)
    return charge_form(request, Form(None, actor, begin_with=shown(was, actor.language)), was=was)


def shown(was: Draft, language: str) -> dict[str, object]:
    """Return a draft as its fields begin."""
    return {
        "description": was.description,
        "quantity": number_text(plain(was.quantity), language),
        "unit_price": "" if was.unit_price is None else number_text(plain(was.unit_price), language),
        "net": money_text(was.net_minor, was.currency, language, bare=True),
        "bill_on": was.bill_on,
        "po_number": was.po_number,
    }


def plain(number: Decimal) -> Decimal:
    """Return a number without zeros behind its last decimal."""
    short = number.normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))  # type: ignore[operator]


@page("POST", right="charges.edit")
def save(request: HttpRequest, charge_id: int) -> HttpResponseBase:
    """Change a draft; only what was really changed is written."""
    actor = signed_in(request)
    was = draft(actor.entity_id, charge_id)
    form = Form(request, actor)
    changes = changes_in(form, was)
    note = form.text("note", "Reason")
    if not form.wrong and not changes:
        form.whole.append("Nothing is different from before.")
    if form.wrong:
        return charge_form(request, form, status=422, was=was)
    with refusals_in(form, actor):
        if asked := surprise_in(request):
            fix_by_edit(asked, charge_id, changes, note=note, by=actor)
            return acted(request, back(request), f"{was.description} changed.", note="Undo asks the question again.")
        edit_charge(charge_id, by=actor, note=note, **changes)
        return acted(request, back(request), f"{was.description} changed.")
    return charge_form(request, form, status=409, was=was)


def changes_in(form: Form, was: Draft) -> dict[str, Any]:
    """Read the fields and keep those that differ; the net follows quantity and price unless it was changed itself."""
    bill_on: date = form.day("bill_on", "Bill on")
    read: dict[str, Any] = {
        "description": form.text("description", "Description"),
        "quantity": form.decimal("quantity", "Quantity"),
        "unit_price": form.decimal("unit_price", "Price per unit") if form.typed("unit_price").strip() else None,
        "net_minor": form.money("net", "Net amount", currency=was.currency),
        "bill_on": bill_on,
        "po_number": form.text("po_number", "Order number", required=False, at_most=80),
    }
    changes = {name: value for name, value in read.items() if value != getattr(was, name)}
    if changes.get("unit_price", "") is None:
        changes["net_minor"] = read["net_minor"]
    return changes
