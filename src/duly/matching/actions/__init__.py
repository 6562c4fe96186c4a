"""Changes on the match desk: propose, accept, apply by hand, refuse, and take back whole."""

from duly.matching.actions.accept import accept, accept_exact, auto_apply
from duly.matching.actions.by_hand import Share, apply_line, place, put_on_account, split
from duly.matching.actions.preview import Preview, preview
from duly.matching.actions.propose import match, propose, refuse, set_first_payment_limit
from duly.matching.actions.resolve import Decision, Part, assign, resolve, unresolve
from duly.matching.actions.sweep import ask_for_sweep, sweep, sweep_due
from duly.matching.actions.unapply import unapply, unapply_batch

__all__ = [
    "Decision",
    "Part",
    "Preview",
    "Share",
    "accept",
    "accept_exact",
    "apply_line",
    "ask_for_sweep",
    "assign",
    "auto_apply",
    "match",
    "place",
    "preview",
    "propose",
    "put_on_account",
    "refuse",
    "resolve",
    "set_first_payment_limit",
    "split",
    "sweep",
    "sweep_due",
    "unapply",
    "unapply_batch",
    "unresolve",
]
