"""The tabs that the pages of the team share."""

from __future__ import annotations

from duly.desk.web.sentences import SENTENCES
from duly.kernel.actor import Actor

SENTENCES.update(
    {
        "work.policy_changed_meanwhile": "Somebody wrote version {version} of this policy meanwhile. Look at it first.",
        "work.pend_days_cross": "The usual days of pending are more than the most.",
        "work.procedure_empty": "Write how it is done.",
        "work.kind_unknown": "There is no such kind of work.",
        "work.rule_needs_name": "Give the rule a name.",
        "work.rule_needs_currency": "An amount needs its currency.",
        "work.rule_unknown": "There is no such rule, or it ended already.",
        "work.person_changed_meanwhile": "Somebody planned for this person meanwhile. Open the page again.",
        "work.back_before_away": "The first day back is after the first day away.",
        "work.covers_nobody_self": "Somebody else covers.",
        "work.absence_unknown": "There is no such absence, or it was cancelled.",
        "quality.own_act": "Nobody reviews their own act.",
        "quality.finding_needs_note": "Say in a sentence what to do better.",
        "quality.reviewed_already": "This was reviewed already.",
        "quality.sample_unknown": "There is no such act to review.",
    }
)
TABS = (
    ("This week", "/team", "team.manage"),
    ("Rules", "/team/rules", "team.manage"),
    ("Deadlines and procedures", "/team/policies", "books.view"),
    ("Quality", "/team/quality", "quality.review"),
    ("People and absence", "/team/people", "team.manage"),
)


def team_tabs(here: str, actor: Actor) -> list[tuple[str, None, str, bool]]:
    """Return the tabs this person may open, for the page at `here`."""
    return [(text, None, path, path == here) for text, path, right in TABS if actor.may(right)]
