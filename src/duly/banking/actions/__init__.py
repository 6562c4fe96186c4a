"""Changes to bank accounts, statements and lines: opening, importing, placing, and taking each back."""

from duly.banking.actions.accounts import NewBankAccount, open_bank_accounts, record_opening, remember_mapping
from duly.banking.actions.importing import ImportReport, import_statements
from duly.banking.actions.placing import Part, place, placement_batch
from duly.banking.actions.quarantine import accept_gap, release_waiting
from duly.banking.actions.undoing import undo_file
from duly.banking.actions.unplacing import unplace

__all__ = [
    "ImportReport",
    "NewBankAccount",
    "Part",
    "accept_gap",
    "import_statements",
    "open_bank_accounts",
    "place",
    "placement_batch",
    "record_opening",
    "release_waiting",
    "remember_mapping",
    "undo_file",
    "unplace",
]
