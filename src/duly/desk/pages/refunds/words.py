"""The words of refunds: states, outcomes of checks, refusals."""

from __future__ import annotations

from duly.desk.web.sentences import SENTENCES

STATES = {
    "requested": ("To approve", "warn", "waiting"),
    "approved": ("To pay", "info", "approve"),
    "released": ("On its way", "info", "send"),
    "seen": ("Left the bank", "ok", "bank"),
    "closed": ("Closed", "quiet", "done"),
    "returned": ("Came back", "bad", "return"),
    "refused": ("Refused", "quiet", "reject"),
}
STAGES = {"request": "When it was asked for", "approve": "When it was approved", "release": "When it was paid"}
OUTCOMES = {"pass": ("Passed", "ok"), "warn": ("Look at it", "warn"), "fail": ("Failed", "bad")}
TABS = (
    ("open", "Open", ("requested", "approved", "released", "seen", "returned")),
    ("approve", "To approve", ("requested",)),
    ("pay", "To pay", ("approved",)),
    ("way", "On their way", ("released", "seen")),
    ("back", "Came back", ("returned",)),
    ("all", "All", tuple(STATES)),
)
CHANGE_STATES = {
    "requested": ("To call back", "warn", "phone"),
    "called_back": ("To confirm", "warn", "approve"),
    "confirmed": ("Cooling", "info", "clock"),
    "in_force": ("In force", "ok", "ok"),
    "refused": ("Refused", "quiet", "reject"),
}
SENTENCES.update(
    {
        "refunds.unknown": "There is no such refund.",
        "refunds.reason_missing": "Say why.",
        "refunds.amount_not_above_zero": "The amount must be above zero.",
        "refunds.less_money_is_free": "Only {free_minor} of their money is free; {claimed_minor} is in other refunds.",
        "refunds.check_failed": "{check}: no. {because}",
        "refunds.warning_not_accepted": "Look at this and tick it first: {because}",
        "refunds.approver_is_requester": "Who asks for a refund does not approve it: {requested_by} asked for it.",
        "refunds.payer_is_requester": "Who asks for a refund does not pay it. {requested_by} asked for this one.",
        "refunds.currency_differs_from_bank": "That bank account is in {currency}.",
        "refunds.two_kinds_of_accounts": "Some go to IBANs, some to routing numbers: make two files.",
        "refunds.file_cannot_be_written": "The file cannot be written: {because}.",
        "refunds.file_is_carried_out": "The bank has carried it out, or it was cancelled before.",
        "refunds.file_is_cancelled": "This file was cancelled.",
        "refunds.decided_already": "It was decided already.",
        "refunds.line_differs": "The bank line is of another amount.",
        "refunds.return_stands": "This line brought a refund back; that cannot be taken back.",
        "refund.cannot_become_approved": "It was decided already.",
        "refund.cannot_become_released": "It is not approved, or paid already.",
        "refund.cannot_become_closed": "The bank has not shown it yet.",
        "bank_change.account_unclear": "This is neither an IBAN nor a routing number with an account number.",
        "bank_change.another_is_on_its_way": "Another change of theirs is on its way: finish or refuse that first.",
        "bank_change.caller_is_requester": "{requested_by} asked for it, so somebody else makes the call.",
        "bank_change.confirmer_is_requester": "{requested_by} asked for it, so somebody else confirms it.",
        "bank_change.contact_is_not_older": "Call somebody who was known to us before {requested_on}.",
        "bank_change.note_missing": "Say in a few words what was said on the phone.",
        "bank_change.no_contact_chosen": "Choose whom you called.",
        "bank_change.no_answer_chosen": "Choose what they said.",
        "refunds.nothing_ticked": "Tick refunds, and choose the bank account that pays.",
        "refunds.no_line_chosen": "Choose the bank line.",
        "bank_change.reason_missing": "Say why.",
        "remit_to.account_unclear": "This is no IBAN.",
        "remit_to.same_as_now": "Customers pay to this account already.",
        "remit_to.reason_missing": "Say why.",
    }
)
