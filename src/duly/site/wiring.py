"""Who hears of what: the one place where capabilities that do not know each other are joined."""

from __future__ import annotations

from datetime import date
from importlib import import_module
from pkgutil import walk_packages

from duly.access.actions import set_remit_to
from duly.access.actions.proposals import Balance, look_at_balances_with
from duly.access.queries import entity
from duly.banking.queries import bank_accounts
from duly.collections.actions.sending import gate_for
from duly.collections.reactions import MOVED_BY, account_moved
from duly.commercial.actions.collect import collect_charges
from duly.commercial.actions.recheck import recheck_prices
from duly.desk.ports import import_with
from duly.events.outbox import BEFORE_LEAVING
from duly.invoicing.collect import COLLECTORS
from duly.kernel.actions import REACTIONS, REGISTRY, Act
from duly.kernel.clock import today_in
from duly.ledger.closing import add_close_check
from duly.office.actions.sync import reaction_to, touched
from duly.receivables.queries import account, balance_minor
from duly.site.closing_checks import CHECKS
from duly.site.corrections import connect_corrections
from duly.site.differences import AFTER, connect_differences, look_for_differences
from duly.site.imports.port import FileImporter
from duly.site.settings import CAPABILITIES


def prices_changed(done: Act) -> None:
    """Have agreements that follow a changed list price compared again by the next run."""
    changes = [(int(item_id), date.fromisoformat(str(day))) for item_id, day in done.facts.get("changes", ())]
    summary, quiet = done.summary, done.quiet
    if changes:
        recheck_prices(changes, by=done.by)
    done.summary, done.quiet = summary, quiet


def bank_account_opened(done: Act) -> None:
    """Ask customers to pay to the first bank account that has an IBAN."""
    first = next((account for account in bank_accounts(done.by.entity_id) if account.iban), None)
    summary, kind, subject = done.summary, done.subject_kind, done.subject_id
    if first is not None:
        set_remit_to({"iban": first.iban, "bic": first.bic, "bank_name": first.bank_name}, by=done.by)
    done.summary, done.subject_kind, done.subject_id = summary, kind, subject


def balance_today(entity_id: int, account_id: int) -> Balance:
    """Return what an account owes today, for the evidence of a proposal."""
    currency = account(entity_id, account_id).currency
    return Balance(balance_minor(entity_id, account_id, today_in(entity(entity_id).zone)), currency)


REACTING = {
    "banking.open_accounts": [bank_account_opened],
    "catalog.set_prices": [prices_changed],
    "catalog.unset_prices": [prices_changed],
    **{name: [look_for_differences] for name in AFTER},
}
"""Event -> reactions."""
for _name in MOVED_BY:
    REACTING[_name] = [*REACTING.get(_name, ()), account_moved]


def load_actions() -> None:
    """Import every module that declares actions, so that an undo finds the one that reverses an act, in any process."""
    for capability in CAPABILITIES:
        package = import_module(f"duly.{capability}")
        for found in walk_packages(package.__path__, f"duly.{capability}."):
            if "actions" in found.name.split(".") or found.name.endswith("bank_details"):
                import_module(found.name)


def connect() -> None:
    """Join them; called once, when Django is ready."""
    load_actions()
    for check in CHECKS:
        add_close_check(check)
    if collect_charges not in COLLECTORS:
        COLLECTORS.append(collect_charges)
    if gate_for not in BEFORE_LEAVING:
        BEFORE_LEAVING.append(gate_for)
    import_with(FileImporter())
    connect_differences()
    connect_corrections()
    REACTIONS.update(REACTING)
    for name in (*REGISTRY, "proposals.make"):
        if touched(name):
            REACTIONS[name] = [*REACTING.get(name, ()), reaction_to(name)]
    look_at_balances_with(balance_today)
