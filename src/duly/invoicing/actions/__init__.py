"""Changes to charges, runs and documents."""

from duly.invoicing.actions.charge_batch import charge_batch
from duly.invoicing.actions.charges import (
    NewCharge,
    add_charges,
    edit_charge,
    remove_charges,
    restore_charges,
)
from duly.invoicing.actions.issue import issue_invoices
from duly.invoicing.actions.plan import plan_run
from duly.invoicing.actions.reverse_credit import reverse_credit

__all__ = [
    "NewCharge",
    "add_charges",
    "charge_batch",
    "edit_charge",
    "issue_invoices",
    "plan_run",
    "remove_charges",
    "restore_charges",
    "reverse_credit",
]
