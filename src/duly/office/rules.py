"""The kinds of work there are, how each is done unless the office says otherwise, and who may be given it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from duly.kernel.actor import Actor

WAITING = ("open", "claimed")
LIVE = ("open", "claimed", "pended")
BUSINESS_WEEK = 5
FINDINGS = {"right": "Right", "minor": "Small slip", "wrong": "Wrong"}
METHODS = {
    "round_robin": "In turn",
    "least_loaded": "To who has least",
    "account_owner": "To the account's owner",
}


@dataclass(frozen=True, slots=True)
class Policy:
    """How a kind of work is done: days are business days, `minutes` is the planned effort for one piece."""

    within_days: int
    minutes: int
    procedure: str
    pend_days: int = 3
    most_pend_days: int = 20
    escalate_after_days: int = 1
    sample_percent: Decimal = Decimal(5)
    version: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of held thing: what it is called, the right its next act asks for, where that act is done.

    `acts` are the beginnings of the names of actions that start or end such work. Of a kind by hand, people make and
    finish the work themselves; all others are held or not held by the tables they come from.
    """

    name: str
    label: str
    plural: str
    icon: str
    verb: str
    right: str
    path: str
    acts: tuple[str, ...]
    policy: Policy
    subject_kind: str = ""
    """What events call the thing, so that one act touches one piece of work."""
    by_account: bool = True
    """Whether an act on an account can be told to touch only the work of that account."""
    by_hand: bool = False
    decides: bool = False
    """Whether the act decides about another person's wish: then holders of 'approve' may do it too."""


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "surprise", "Charge surprise", "Charge surprises", "alert", "Decide the charge",
            "charges.review", "/charges?at={id}", ("charges.", "runs.", "invoices.issue"),
            Policy(1, 4, "Compare the draft with the agreement and the last three invoices. Correct the draft if it is"
                   " wrong, accept it once if it is right, accept it for good if it will stay so. Ask the customer"
                   " before you bill more than twice the usual amount."),
            subject_kind="surprise",
        ),
        Kind(
            "hold", "Hold", "Holds", "held", "Decide the hold",
            "accounts.hold", "/accounts/{subject}", ("accounts.hold", "accounts.release", "runs.release_held"),
            Policy(5, 6, "Read why the account is held. When the reason is gone, release it. When it is not, write down"
                   " who must do what, and pend until then. A hold never stands without a reason somebody can check."),
        ),
        Kind(
            "held_account", "Held in a run", "Held in runs", "runs", "Clear the obstacle",
            "charges.review", "/accounts/{subject}", ("runs.", "accounts.change", "parties.change"),
            Policy(1, 5, "The run left this account out. Do what the reason asks for (an address, an e-mail, a price),"
                   " then issue the invoice alone or let the next run take it."),
        ),
        Kind(
            "match", "Unmatched money", "Unmatched money", "match", "Match the line",
            "matching.match", "/match/{id}", ("bank.", "matching.", "receipts.deposit", "receipts.undeposit"),
            Policy(2, 3, "Accept what is proposed when the evidence is right. Choose items yourself when the customer"
                   " says what is paid. Nobody guesses: money without a clear owner goes to unidentified receipts, and"
                   " the payer is asked."),
            subject_kind="bank_line",
            by_account=False,
        ),
        Kind(
            "unapplied", "Money not applied", "Money not applied", "coins", "Apply the money",
            "receivables.allocate", "/accounts/{subject}?tab=items",
            ("receipts.", "receivables.", "matching.", "invoices.credit", "invoices.void"),
            Policy(10, 5, "Ask the customer what it is for, or apply it to the oldest bill when the agreement says so."
                   " What belongs to nobody is refunded to where it came from."),
        ),
        Kind(
            "statement", "Bank statement", "Bank statements", "bank", "Clear the statement",
            "bank.import", "/payments", ("bank.",),
            Policy(1, 10, "The statement does not continue the one before. Get the missing file from the bank; accept"
                   " the gap only with the bank's written confirmation."),
            subject_kind="bank_statement",
            by_account=False,
        ),
        Kind(
            "mail", "Mail came back", "Mail that came back", "mail", "Send it again",
            "invoices.send", "/invoices/{subject}",
            ("invoices.send", "invoices.record_bounce", "invoices.skip_sending"),
            Policy(2, 5, "Find the right address: look at the account's contacts, then call. Correct it on the account,"
                   " send again. Never change an address because a mail asks for it."),
            subject_kind="invoice",
        ),
        Kind(
            "run", "Bill run", "Bill runs", "runs", "Approve the bill run",
            "runs.approve", "/runs/{id}", ("runs.",),
            Policy(1, 15, "Compare the totals with the last three runs, look at the largest changes and at what is"
                   " held. Approve when every surprise is decided."),
            decides=True,
            subject_kind="run",
            by_account=False,
        ),
        Kind(
            "journal", "Journal", "Journals", "ledger", "Decide the journal",
            "ledger.post", "/reports/journals/waiting", ("ledger.",),
            Policy(2, 8, "Read the memo and the lines. A journal without a reason or a paper behind it is refused."),
            decides=True,
            subject_kind="journal",
            by_account=False,
        ),
        Kind(
            "approval", "Approval", "Approvals", "approve", "Decide the proposal",
            "proposals.see", "/approvals/{id}", ("proposals.",),
            Policy(2, 5, "Look at what was asked for, why, and what the balance is before and after. Ask for what is"
                   " missing by refusing with a reason. Nobody approves what they do not understand."),
            decides=True,
            subject_kind="proposal",
        ),
        Kind(
            "discrepancy", "Discrepancy", "Discrepancies", "discrepancies", "Resolve the difference",
            "discrepancies.resolve", "/discrepancies/{id}",
            ("discrepancies.", "matching.", "receipts.", "receivables.", "invoices.credit", "invoices.void"),
            Policy(5, 12, "Look at the three best causes and at their calculation. Pick one only when it explains the"
                   " difference to the cent; ask the customer when two do. Say whom it waits for."),
            subject_kind="case",
        ),
        Kind(
            "dispute", "Dispute", "Disputes", "scale", "Answer the dispute",
            "disputes.edit", "/collections/accounts/{subject}", ("disputes.", "invoices.credit", "invoices.void"),
            Policy(10, 20, "Confirm within two days that it was received. Get the facts from whoever delivered. Answer"
                   " in writing with the calculation; credit only the part that is wrong."),
            subject_kind="dispute",
        ),
        Kind(
            "promise", "Broken promise", "Broken promises", "phone", "Talk to the customer",
            "promises.make", "/collections/accounts/{subject}",
            ("promises.", "plans.", "contacts.", "receipts.", "matching."),
            Policy(1, 8, "Look first whether the money is there and unplaced. Then call, when the law allows it: what"
                   " happened, and what can be paid when. A second broken promise goes to the coordinator."),
            subject_kind="promise",
        ),
        Kind(
            "refund", "Refund", "Refunds", "refund", "Approve the refund",
            "refunds.approve", "/refunds/{subject}", ("refunds.", "bank_details."),
            Policy(2, 8, "Read every check and what it looked at. A check that fails is never argued away: wait, or"
                   " refuse and say why. Tick a warning only when you looked at it yourself."),
            decides=True,
            subject_kind="refund",
        ),
        Kind(
            "payout", "Refund to pay", "Refunds to pay", "file", "Pay the refund",
            "refunds.release", "/refunds?show=pay", ("refunds.",),
            Policy(2, 5, "Put the approved refunds into one payment file and hand it to the bank on the same day."
                   " Cancel a file only when the bank has not carried it out."),
            subject_kind="refund",
        ),
        Kind(
            "returned", "Refund that came back", "Refunds that came back", "return", "Find where it may go",
            "refunds.request", "/refunds/{subject}", ("refunds.", "receipts.", "matching.", "receivables."),
            Policy(3, 10, "Read what the bank says. Ask the customer at a number we had before, never at one they send"
                   " now. New bank details take the whole way; then ask for the refund anew."),
            subject_kind="refund",
        ),
        Kind(
            "bank_change", "Change of bank details", "Changes of bank details", "bank", "Call back, or confirm",
            "bank_details.confirm", "/bank-details/{id}", ("bank_details.",),
            Policy(2, 10, "Call somebody who was on record before the request, at the number we had then. Ask open"
                   " questions; never read the account out. Who asked for the change neither calls nor confirms."),
            by_account=False,
        ),
        Kind(
            "refund", "Refund to approve", "Refunds to approve", "refund", "Approve the refund",
            "refunds.approve", "/refunds/{subject}", ("refunds.",),
            Policy(2, 8, "Look at every check as it stands now. Money goes back to where it came from, only the payer's"
                   " own unapplied money, and never to a bank account that changed lately."),
            decides=True,
            subject_kind="refund",
        ),
        Kind(
            "payout", "Refund to pay out", "Refunds to pay out", "bank", "Release the payment file",
            "refunds.release", "/refunds", ("refunds.",),
            Policy(3, 8, "Put approved refunds into one file, compare its total with the list, hand it to the bank."
                   " Whoever asked for a refund does not release it."),
            decides=True,
            subject_kind="refund",
        ),
        Kind(
            "returned", "Returned refund", "Returned refunds", "return", "Find where it belongs",
            "refunds.request", "/refunds/{subject}", ("refunds.", "matching."),
            Policy(2, 10, "The bank sent the money back. Ask the payer for bank details by a contact known before,"
                   " then ask for the refund again."),
            subject_kind="refund",
        ),
        Kind(
            "bank_change", "Change of bank details", "Changes of bank details", "shield", "Call back",
            "bank_details.confirm", "/bank-details/{id}", ("bank_details.",),
            Policy(2, 10, "Call a contact that was known before the request, on a number that was known before it."
                   " Never use what stands in the request. Another person confirms; then it cools off."),
            decides=True,
            subject_kind="bank_change",
            by_account=False,
        ),
        Kind(
            "waiver", "Weekly review", "Weekly reviews", "shield", "Look through the week",
            "access.review", "/settings/small-office", ("waivers.", "access.waive", "access.review"),
            Policy(3, 20, "One person held both duties this week. Look through what they did alone: refunds,"
                   " write-offs, credits, changes of bank details. Sign that you did."),
            decides=True,
            by_account=False,
        ),
        Kind(
            "close", "Month-end close", "Month-end close", "calendar", "Close the month",
            "ledger.close", "/settings/periods", ("ledger.close", "ledger.reopen"),
            Policy(5, 60, "Go through the checklist of the period. Nothing is closed while a check is red."),
            subject_kind="period",
            by_account=False,
        ),
        Kind(
            "quality", "Quality review", "Quality reviews", "approve", "Review the act",
            "quality.review", "/team/quality?at={id}", ("quality.",),
            Policy(5, 5, "Look at the act and at what it rests on. Say right, small slip or wrong, and for anything but"
                   " right one sentence that helps the person next time."),
            subject_kind="sample",
        ),
        Kind(
            "question", "Question", "Questions", "help", "Answer", "work.do", "/queue?at={work}", (),
            Policy(2, 10, "Answer with the computed explanation of the balance. Say when you will know more if you do"
                   " not know yet."),
            by_hand=True,
        ),
        Kind(
            "task", "Task", "Tasks", "flag", "Do the task", "work.do", "/queue?at={work}", (),
            Policy(3, 15, "Do what the task says, and write down what came of it."),
            by_hand=True,
        ),
    )
}  # fmt: skip
"""In the order of an office's day. A kind needs its file in sql/held, unless it is made by hand."""


def may_work(actor: Actor, kind: Kind) -> bool:
    """Return whether a person may do the next act of a kind alone: role and training gate together."""
    return actor.may_do("work.do") and (actor.may_do(kind.right) or (kind.decides and actor.may_decide(kind.right)))


def may_be_given(actor: Actor, kind: Kind, money_minor: int | None, currency: str | None) -> bool:
    """Return whether a rule may give this work to a person: right, gate, and the limit for the money at stake."""
    if not may_work(actor, kind):
        return False
    limit_minor = None if currency is None else actor.limit_of(kind.right, currency)
    return limit_minor is None or abs(money_minor or 0) <= limit_minor


def kinds_for(actor: Actor) -> list[str]:
    """Return the kinds whose work a person sees: what they may do, or ask for."""
    return [
        kind.name
        for kind in KINDS.values()
        if actor.may("work.do") and (actor.may(kind.right) or (kind.decides and actor.may_decide(kind.right)))
    ]


def path_of(kind: Kind, *, subject: str, subject_id: int, work_id: int) -> str:
    """Return the address where the next best act is done."""
    return kind.path.format(subject=subject, id=subject_id, work=work_id)


@dataclass(frozen=True, slots=True)
class Absence:
    """Somebody is away from `from_on` until `back_on`, the first day present again."""

    user_id: int
    cover_id: int | None
    from_on: date
    back_on: date


def who_covers(user_id: int, on: date, absences: Sequence[Absence]) -> int | None:
    """Return who does a person's work on a day: the person, their cover, the cover's cover; None when all are away."""
    asked: set[int] = set()
    current: int | None = user_id
    while current is not None and current not in asked:
        away = next((a for a in absences if a.user_id == current and a.from_on <= on < a.back_on), None)
        if away is None:
            return current
        asked.add(current)
        current = away.cover_id
    return None


def covered_by(user_id: int, on: date, absences: Sequence[Absence]) -> list[int]:
    """Return whose work a person does on a day beside their own."""
    absent = {a.user_id for a in absences if a.from_on <= on < a.back_on}
    return sorted(other for other in absent if other != user_id and who_covers(other, on, absences) == user_id)


def week_of(day: date) -> list[date]:
    """Return Monday to Friday of the week a day is in; a Saturday or Sunday belongs to the week that comes."""
    monday = (
        day - timedelta(days=day.weekday()) if day.weekday() < BUSINESS_WEEK else day + timedelta(7 - day.weekday())
    )
    return [monday + timedelta(days=place) for place in range(BUSINESS_WEEK)]


def capacity_minutes(
    weekly_minutes: int, days: Sequence[date], *, closed: Collection[date], absences: Sequence[Absence]
) -> list[int]:
    """Return how many minutes a person is present on each of the days: a fifth of the week, 0 when away or closed."""
    daily = weekly_minutes // BUSINESS_WEEK
    return [
        0 if day in closed or any(a.from_on <= day < a.back_on for a in absences) else daily for day in days
    ]  # fmt: skip


def spread(due_minutes: Mapping[date, int], days: Sequence[date]) -> list[int]:
    """Return the planned minutes of each day; what is late counts on the first day, what comes later not at all."""
    minutes = [0] * len(days)
    for day, planned in due_minutes.items():
        place = next((place for place, each in enumerate(days) if day <= each), None)
        if place is not None:
            minutes[place] += planned
    return minutes


def is_picked(seed: str, event_id: int, percent: Decimal) -> bool:
    """Return whether an act is in the random sample: the seed alone decides (sql/quality/draw.sql reckons the same)."""
    lot = int(sha256(f"{seed}:{event_id}".encode()).hexdigest()[:8], 16)
    return lot % 10_000 < percent * 100


def kind_of_act(action: str) -> str | None:
    """Return the kind of work an action belongs to, for accuracy per kind; None for what is no work on a case."""
    graded = (kind for kind in KINDS.values() if kind.name not in ("quality", "approval", "waiver"))
    return next((kind.name for kind in graded if kind.acts and action.startswith(kind.acts)), None)


def accuracy_percent(right: int, reviewed: int) -> Decimal | None:
    """Return how many of the reviewed acts were right, in percent with one decimal; None before the first review."""
    return (Decimal(100 * right) / reviewed).quantize(Decimal("0.1")) if reviewed else None
