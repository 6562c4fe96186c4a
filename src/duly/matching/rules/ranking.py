"""Which explanations are shown: whole to the cent, best three, two together only when each is evidenced. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations

from duly.matching.rules.facts import Facts
from duly.matching.rules.finding import CAUSES, Explanation, Finding
from duly.matching.rules.tests_of_bills import TESTS as OF_BILLS
from duly.matching.rules.tests_of_money import TESTS as OF_MONEY
from duly.matching.rules.tests_of_others import TESTS as OF_OTHERS

Test = Callable[[Facts], Iterable[Finding]]
TESTS: tuple[Test, ...] = (*OF_MONEY, *OF_BILLS, *OF_OTHERS)
SHOWN = 3
SEEN_BEFORE = 100
"""The shipped weights count like so many cases: they fade as an office gathers its own."""
MOST_PARTS = 40


def explain(facts: Facts) -> list[Explanation]:
    """Return up to three explanations of the whole difference, best first."""
    found = [finding for finding in findings(facts) if 0 < finding.amount_minor <= facts.diff_minor]
    whole = [Explanation((one,), score(one, facts)) for one in found if one.amount_minor == facts.diff_minor]
    ranked = sorted([*whole, *pairs(found, facts)], key=lambda each: (-each.score, len(each.parts), each.cause))
    best: dict[str, Explanation] = {}
    for each in ranked:
        best.setdefault(each.cause, each)
    return list(best.values())[:SHOWN]


def findings(facts: Facts) -> Iterator[Finding]:
    """Run every test whose cause can make a difference of this side."""
    for test in TESTS:
        for finding in test(facts):
            if facts.case.favours in CAUSES[finding.cause].favours:
                yield finding


def pairs(found: list[Finding], facts: Facts) -> Iterator[Explanation]:
    """Yield two causes that make up the difference together, each of them evidenced by more than its amount."""
    parts = [one for one in found if one.evidenced and one.amount_minor < facts.diff_minor][:MOST_PARTS]
    for first, second in combinations(parts, 2):
        if first.cause != second.cause and first.amount_minor + second.amount_minor == facts.diff_minor:
            yield Explanation((first, second), min(score(first, facts), score(second, facts)) // 2)


def score(finding: Finding, facts: Facts) -> int:
    """Return prior x specificity; the prior is the shipped weight moved by what this office has picked before."""
    weight = CAUSES[finding.cause].weight
    picked, of_all = facts.habits.get(finding.cause, 0), sum(facts.habits.values())
    prior = 10 * (weight * SEEN_BEFORE + 100 * picked) // (SEEN_BEFORE + of_all)
    return max(prior, 1) * finding.specific * (3 if finding.evidenced else 1)
