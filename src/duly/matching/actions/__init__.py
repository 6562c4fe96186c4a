"""Changes on the match desk: propose, accept, apply by hand, refuse, and take back whole."""

from duly.matching.actions.accept import accept, accept_exact, auto_apply
from duly.matching.actions.by_hand import Share, apply_line, place, put_on_account, split
from duly.matching.actions.propose import match, propose, refuse, set_first_payment_limit
from duly.matching.actions.unapply import unapply, unapply_batch

__all__ = [
    "Share",
    "accept",
    "accept_exact",
    "apply_line",
    "auto_apply",
    "match",
    "place",
    "propose",
    "put_on_account",
    "refuse",
    "set_first_payment_limit",
    "split",
    "unapply",
    "unapply_batch",
]
