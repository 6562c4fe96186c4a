"""The journal as CSV and as Beancount text that `bean-check` accepts, both exact to the minor unit.

Beancount: https://beancount.github.io/docs/beancount_language_syntax.html
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Literal

from duly.formats.tabular.guard import cell_text
from duly.kernel.money import to_major

Kind = Literal["asset", "liability", "equity", "income", "expense"]
ROOTS: dict[str, str] = {
    "asset": "Assets",
    "liability": "Liabilities",
    "equity": "Equity",
    "income": "Income",
    "expense": "Expenses",
}
CSV_HEADER = (
    *("entry", "posted_on", "kind", "text", "account", "account_name", "debit", "credit", "currency"),
    *("reference", "line_text"),
)
RESERVED_KEYS = frozenset({"filename", "lineno"})


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the chart. `opened_on` None means the day of its first posting."""

    number: str
    name: str
    kind: Kind
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry: debit positive, credit negative, in minor units of the currency."""

    account: str
    amount_minor: int
    currency: str
    text: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One journal entry with all of its postings; `facts` become metadata (document, run, who, why)."""

    number: str
    posted_on: date
    kind: str
    text: str
    postings: tuple[Posting, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


def write_journal_csv(entries: Iterable[Entry], accounts: Sequence[Account], out: BinaryIO) -> int:
    """Write one row a posting, with debit and credit in columns of their own; return how many rows."""
    names = {account.number: account.name for account in accounts}
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    rows = 0
    for entry in entries:
        for posting in entry.postings:
            writer.writerow(csv_row(entry, posting, names[posting.account]))
            rows += 1
    text.flush()
    text.detach()
    return rows


def csv_row(entry: Entry, posting: Posting, account_name: str) -> list[str]:
    amount = format(to_major(abs(posting.amount_minor), posting.currency), "f")
    return [
        cell_text(entry.number),
        entry.posted_on.isoformat(),
        cell_text(entry.kind),
        cell_text(entry.text),
        cell_text(posting.account),
        cell_text(account_name),
        amount if posting.amount_minor >= 0 else "",
        amount if posting.amount_minor < 0 else "",
        posting.currency,
        cell_text(posting.reference),
        cell_text(posting.text),
    ]


def write_beancount(
    entries: Iterable[Entry], accounts: Sequence[Account], out: BinaryIO, *, title: str, first_on: date
) -> int:
    """Write a whole Beancount file and return how many transactions it holds.

    `first_on` is the day accounts without a day of their own are opened; no entry may be older. Raises
    ValueError for an entry that does not balance in each currency, names an unknown account or is too old.
    """
    names = beancount_names(accounts)
    opened = {account.number: account.opened_on or first_on for account in accounts}
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
    text.write(f'option "title" {quoted(title)}\n\n')
    for account in accounts:
        text.write(f"{opened[account.number].isoformat()} open {names[account.number]}\n")
        text.write(f"  number: {quoted(account.number)}\n  name: {quoted(account.name)}\n")
    count = 0
    for entry in entries:
        refuse_wrong(entry, opened)
        text.writelines(beancount_lines(entry, names))
        count += 1
    text.flush()
    text.detach()
    return count


def refuse_wrong(entry: Entry, opened: Mapping[str, date]) -> None:
    """Refuse an entry that bean-check would refuse, naming it."""
    sums: dict[str, int] = {}
    for posting in entry.postings:
        if posting.account not in opened:
            raise ValueError(f"entry {entry.number} posts to {posting.account}, which is not in the chart")
        if entry.posted_on < opened[posting.account]:
            raise ValueError(f"entry {entry.number} is older than account {posting.account}")
        sums[posting.currency] = sums.get(posting.currency, 0) + posting.amount_minor
    wrong = [currency for currency, total_minor in sums.items() if total_minor]
    if wrong:
        raise ValueError(f"entry {entry.number} does not balance in {', '.join(wrong)}")


def beancount_lines(entry: Entry, names: Mapping[str, str]) -> Iterator[str]:
    """Give the lines of one transaction."""
    yield f"\n{entry.posted_on.isoformat()} * {quoted(entry.kind)} {quoted(entry.text)}\n"
    yield f"  entry: {quoted(entry.number)}\n"
    for key, value in metadata(entry.facts):
        yield f"  {key}: {quoted(value)}\n"
    for posting in entry.postings:
        amount = format(to_major(posting.amount_minor, posting.currency), "f")
        yield f"  {names[posting.account]}  {amount} {posting.currency}\n"
        for key, value in (("text", posting.text), ("reference", posting.reference)):
            if value:
                yield f"    {key}: {quoted(value)}\n"


def metadata(facts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give facts with keys as Beancount takes them: a lower-case letter, then letters, digits, - and _."""
    for key, value in facts.items():
        clean = re.sub(r"[^A-Za-z0-9_-]", "-", key)
        clean = clean[:1].lower() + clean[1:]
        if not clean[:1].isalpha() or len(clean) < 2 or clean in RESERVED_KEYS | {"entry"}:
            clean = f"fact-{clean}"
        yield clean, value


def quoted(text: str) -> str:
    """Return a Beancount string: one line, quotes escaped, no control characters."""
    clean = "".join(char if char.isprintable() else " " for char in text)
    return '"' + clean.replace("\\", "\\\\").replace('"', '\\"') + '"'


def beancount_names(accounts: Sequence[Account]) -> dict[str, str]:
    """Return each account's Beancount name, as Assets:1200-Trade-Receivables."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for account in accounts:
        words = re.findall(r"[A-Za-z0-9]+", f"{account.number} {ascii_of(account.name)}")
        base = f"{ROOTS[account.kind]}:{'-'.join(word[:1].upper() + word[1:] for word in words) or 'Account'}"
        name, copy = base, 1
        while name in taken:
            copy += 1
            name = f"{base}-{copy}"
        taken.add(name)
        names[account.number] = name
    return names


def ascii_of(text: str) -> str:
    """Return text with the letters of Western Europe spelled in ASCII."""
    spelled = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
    plain = "".join(spelled.get(char, char) for char in text)
    return unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
