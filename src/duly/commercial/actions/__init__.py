"""Changes to agreements, usage and milestones, and the collection of what they want billed."""

from duly.commercial.actions.agree import agree, agreement_batch, withdraw
from duly.commercial.actions.collect import collect_charges

__all__ = ["agree", "agreement_batch", "collect_charges", "withdraw"]
