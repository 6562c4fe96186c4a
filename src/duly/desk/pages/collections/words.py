"""What the screens of collections call things, and the sentences of their refusals."""

from __future__ import annotations

from duly.desk.web.sentences import SENTENCES

TABS = (
    ("board", "Board", "/collections"),
    ("runs", "Dunning runs", "/collections/runs"),
    ("forecast", "Expected cash", "/collections/forecast"),
    ("policies", "Policies", "/collections/policies"),
    ("stops", "Stop list", "/collections/stops"),
    ("laws", "Law packs", "/collections/laws"),
    ("agencies", "Agencies", "/collections/agencies"),
    ("losses", "Expected losses", "/collections/losses"),
)
STAGES = {
    "reminder": "Reminder",
    "call": "Call",
    "promise": "Promise",
    "dispute": "Dispute",
    "plan": "Plan",
    "hold": "Hold",
    "agency": "Agency",
}
CHANNELS = {"call": "Call", "email": "E-mail", "letter": "Letter", "text": "Text message", "visit": "Visit"}
OUTCOMES = {
    "conversation": "We spoke",
    "no_answer": "No answer",
    "voicemail": "Voicemail",
    "wrong_number": "Wrong number",
    "sent": "Sent",
    "received": "They wrote",
    "failed": "Failed",
}
GATE = {
    "": "allowed",
    "outside_hours": "outside the hours of their place",
    "day_of_rest": "not on a day of rest",
    "public_holiday": "a public holiday there",
    "called_too_often": "called too often lately",
    "spoken_lately": "we spoke within the last days",
    "no_consent": "they have not agreed to this channel",
    "opted_out": "they took this channel back",
    "channel_banned": "this channel is not used for this",
    "no_law_pack": "no law pack is loaded",
    "stop_cease": "they asked us to stop",
    "stop_attorney": "a lawyer speaks for them",
    "stop_bankruptcy": "bankruptcy",
    "stop_deceased": "they died",
    "stop_hardship": "hardship",
    "stop_house": "on our stop list",
}
REASONS = {
    "no_policy": "No policy for their segment",
    "stop": "On the stop list",
    "hold": "On hold",
    "unplaced_money": "Money that may be theirs is not placed",
    "promise": "They promised",
    "reminded_lately": "Reminded lately",
    "plan": "In a payment plan",
    "agency": "With an agency",
    "disputed": "Disputed",
    "disputed_part": "Disputed in part (the rest is asked for)",
    "below_minimum": "Below the smallest amount",
    "no_channel": "Gets nothing by mail or post",
    "no_address": "No address",
}
STOP_KINDS = {
    "cease": "They asked us to stop",
    "attorney": "A lawyer speaks for them",
    "bankruptcy": "Bankruptcy",
    "deceased": "Deceased",
    "hardship": "Hardship",
    "house": "Our own decision",
}
RUN_STATES = {
    "planning": ("Being planned", "info"),
    "planned": ("To look at", "warn"),
    "releasing": ("Going out", "info"),
    "released": ("Released", "ok"),
    "cancelled": ("Cancelled", "quiet"),
}
SENTENCES.update(
    {
        "dunning.day_to_come": "{through} is still to come; today is {today}.",
        "dunning.goes_back": "Reminders have been released through {last}; a run cannot go back to {through}.",
        "dunning.needs_reason": "Say why, in a sentence.",
        "dunning.letters_not_waiting": "These letters no longer wait for a decision.",
        "dunning.run_unknown": "There is no such dunning run.",
        "dunning.letter_unknown": "There is no such letter.",
        "dunning_run.cannot_become_cancelled": "This run cannot be cancelled any more.",
        "dunning_run.cannot_become_releasing": "This run cannot be released now: it is {state}.",
        "disputes.needs_reason": "Say what is not agreed.",
        "disputes.more_than_open": "No more can be disputed than is open and not disputed yet.",
        "disputes.outcome_unknown": "A dispute ends as ours, theirs or withdrawn.",
        "disputes.unknown": "There is no such dispute.",
        "dispute.cannot_become_open": "This dispute is open already.",
        "dispute.cannot_become_resolved_ours": "This dispute is closed already: {state}.",
        "dispute.cannot_become_resolved_theirs": "This dispute is closed already: {state}.",
        "dispute.cannot_become_withdrawn": "This dispute is closed already: {state}.",
        "promises.day_past": "{promised} is over. A promise is about a day to come.",
        "promises.amount_missing": "Say how much they promised.",
        "promises.nothing_owed": "Nothing is open on this account.",
        "promises.unknown": "There is no such promise.",
        "promises.not_waiting": "Nobody has to look at this promise any more.",
        "promise.cannot_become_withdrawn": "This promise is {state} and cannot be withdrawn.",
        "plans.items_not_open": "Choose open items of this account, in one currency.",
        "plans.items_rest_already": "Some of these items are disputed, in a plan or with an agency.",
        "plans.does_not_add_up": "The instalments do not add up to what is open.",
        "plans.number_of_instalments": "A plan has between 1 and 60 instalments.",
        "plans.instalment_without_amount": "Each instalment needs an amount.",
        "plans.days_out_of_order": "The days must follow each other and begin today or later.",
        "plans.unknown": "There is no such plan.",
        "plan.cannot_become_cancelled": "This plan has ended already: {state}.",
        "contacts.not_yet": "This contact lies in the future.",
        "contacts.against_rules": "The rules did not allow it ({reason}). Keep it in the log if it took place.",
        "contacts.consent_needs_source": "Say where the person said so.",
        "stops.needs_reason": "Say why, in a sentence.",
        "stops.lifted_already": "This entry has been lifted already.",
        "statements.day_to_come": "A statement cannot be as of a day to come.",
        "statements.unknown": "There is no such statement.",
        "agencies.needs_reason": "Say why, in a sentence.",
        "agencies.nothing_to_hand_over": "Nothing here can be handed over: it is not overdue, or it rests.",
        "agencies.recalled_already": "This has been recalled already.",
        "policies.no_steps": "A policy needs at least one step.",
        "policies.steps_out_of_order": "Each step must come later than the one before.",
        "policies.step_without_words": "A step by letter needs its words in English at least.",
        "policies.costs_without_law": "Interest and lump sums need a law that allows them.",
        "policies.law_needs_source": "A rule needs its source.",
        "policies.law_needs_reason": "Say why, in a sentence.",
        "policies.unknown": "There is no policy for this segment.",
        "losses.rate_out_of_range": "A rate lies between 0 and 100 %.",
        "losses.age_unknown": "There is no such age.",
    }
)


def tabs_of(current: str) -> list[tuple[str, None, str, bool]]:
    """Return the tabs of the area."""
    return [(label, None, href, key == current) for key, label, href in TABS]


def reason_text(reason: str) -> str:
    """Return why somebody was left out, in words."""
    if reason.startswith("gate_"):
        return "Not now: " + GATE.get(reason.removeprefix("gate_"), reason)
    return REASONS.get(reason, reason)
