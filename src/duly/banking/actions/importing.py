"""Taking in a bank's file: each line once, each statement proved against the one before, or put aside."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from io import SEEK_END, BytesIO
from typing import Any, BinaryIO

from duly.banking.actions.accounts import HERE, bare, remember_mapping
from duly.banking.actions.quarantine import chain_of, release_waiting
from duly.banking.actions.staging import STAGED_COLUMNS, make_staging, staged_rows
from duly.banking.models import BankAccount
from duly.banking.queries import bank_accounts
from duly.banking.rules import Chain, Summary, Verdict, judge, moved_on
from duly.formats.bank.csv_mapping import CsvMapping
from duly.formats.bank.read import SNIFFED_BYTES, iter_records, kind_of, only_mapping
from duly.formats.bank.statement import Line, Record, Statement
from duly.formats.errors import FormatError
from duly.kernel import clock
from duly.kernel.actions import act, action
from duly.kernel.actor import Actor
from duly.kernel.doors import analyze
from duly.kernel.refusals import BadInput, Refused
from duly.kernel.sql import copy_rows, fetch_one, fetch_sql, fetch_value, run_sql


@dataclass(frozen=True, slots=True)
class StatementReport:
    """What became of one statement of the file."""

    bank_account: str
    reference: str
    from_on: date
    to_on: date
    state: str
    problem: str
    lines: int
    lines_new: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of a file. `already` is set when the very same file was taken in before and nothing
    changed.
    """

    file_id: int
    name: str
    format: str
    already: str | None = None
    lines_new: int = 0
    lines_known: int = 0
    quarantined: int = 0
    released: int = 0
    left_out: int = 0
    statements: tuple[StatementReport, ...] = ()


@dataclass(slots=True)
class Reading:
    """What is seen of the file while its lines flow by."""

    accounts: Sequence[BankAccount]
    chosen: int | None
    statements: list[tuple[int, Statement]] = field(default_factory=list)
    left_out: int = 0

    def account_of(self, head: Statement) -> BankAccount:
        """Return our account a statement is of; refuses a stranger's and one in another currency."""
        fits = [one for one in self.accounts if self._names(one, head)]
        same_currency = [one for one in fits if not head.currency or one.currency == head.currency]
        if len(same_currency) == 1:
            return same_currency[0]
        raise Refused(
            "banking.currency_differs" if fits else "banking.account_unknown",
            account=head.account_iban or head.account_other,
            currency=head.currency,
            remedy="enter this bank account first, or choose which account the file is of",
        )

    def _names(self, account: BankAccount, head: Statement) -> bool:
        if head.account_iban or head.account_other:
            known = {bare(account.iban), bare(account.account_number)} - {""}
            if {bare(head.account_iban), bare(head.account_other)} & known:
                return True
            return self.chosen == account.id and not account.iban
        return self.chosen == account.id

    def lines(self, records: Iterator[Record]) -> Iterator[tuple[int, int, Line]]:
        """Give (statement place, bank account, line) and keep the statements as they close."""
        account_id, head = 0, None
        for record in records:
            if isinstance(record, Line):
                if head is not None and head.kind == "booked":
                    yield len(self.statements), account_id, record
            elif head is None:
                head = record
                account_id = self.account_of(head).id
            else:
                if head.kind == "booked":
                    self.statements.append((account_id, record))
                self.left_out += head.kind != "booked"
                head = None


@dataclass(frozen=True, slots=True)
class Counted:
    """What the staged lines of one statement add up to, and how much of them is on record."""

    place: int
    lines: int
    sum_minor: int
    known: int
    known_chained: int
    known_chained_minor: int
    first_on: date | None
    last_on: date | None


@action("bank.import", name="bank.import")
def import_statements(
    data: bytes | BinaryIO,
    name: str,
    *,
    bank_account_id: int | None = None,
    csv_mapping: CsvMapping | None = None,
    by: Actor,
) -> ImportReport:
    """Take a bank's file in: camt.053, MT940 or CSV by content. The same file twice changes nothing and says
    so.

    `bank_account_id` says whose file it is where the file does not. Lines that are known are left alone; a
    statement whose balances do not meet the chain goes into quarantine with the reason, none of its lines can
    be posted. Refuses unreadable files (with line and remedy), unknown accounts and other currencies.
    """
    try:
        stream = BytesIO(data) if isinstance(data, bytes) else data
        format_name = kind_of(stream.read(SNIFFED_BYTES), name)
        digest = _digest(stream)
        file_id = _claim_file(stream, name, format_name, digest, by=by)
        if file_id is None:
            return _known_file(digest, name, by)
        return _take_in(stream, ImportReport(file_id, name, format_name), bank_account_id, csv_mapping, by=by)
    except FormatError as error:
        raise BadInput(
            "bank.file_unreadable",
            file=error.file,
            line=error.line,
            problem=error.message,
            remedy=error.remedy,
        ) from error


def _take_in(
    stream: BinaryIO, report: ImportReport, chosen: int | None, csv_mapping: CsvMapping | None, *, by: Actor
) -> ImportReport:
    entity = by.entity_id
    accounts = bank_accounts(entity)
    reading = Reading(accounts, chosen)
    mapping = _mapping_for(stream, report, accounts, chosen, csv_mapping, by=by)
    make_staging()
    records = iter_records(stream, name=report.name, csv_mapping=mapping)
    copy_rows("staged_bank_line", STAGED_COLUMNS, staged_rows(reading.lines(records)))
    involved = sorted({account_id for account_id, _ in reading.statements})
    run_sql(HERE, "import/1_lock_accounts.sql", entity=entity, ids=involved)
    analyze("staged_bank_line")
    run_sql(HERE, "import/2_find_known.sql", entity=entity)
    verdicts = _judge_all(reading, report.file_id, by)
    run_sql(HERE, "import/5_adopt_lines.sql", entity=entity)
    run_sql(HERE, "import/6_write_lines.sql", entity=entity)
    released = release_waiting(involved, by=by)
    done = _counted(report, reading, verdicts, released)
    run_sql(
        HERE,
        "import/7_close_file.sql",
        entity=entity,
        id=report.file_id,
        statements=len(verdicts),
        quarantined=done.quarantined,
        new=done.lines_new,
        known=done.lines_known,
    )
    current = act()
    current.about("bank_file", report.file_id)
    current.say(
        f"{report.name}: {done.lines_new} new lines, {done.lines_known} known"
        + (f", {done.quarantined} statements in quarantine" if done.quarantined else ""),
        problems=[one.problem for one in done.statements if one.problem][:20],
    )
    current.undo_with("bank.undo_file", file_id=report.file_id)
    return done


def _judge_all(reading: Reading, file_id: int, by: Actor) -> list[tuple[Summary, Verdict, int]]:
    counted = {row.place: row for row in fetch_sql(HERE, "import/3_count.sql", Counted)}
    chains: dict[int, Chain | None] = {}
    seen: set[tuple[Any, ...]] = set()
    answer = []
    for place, (account_id, statement) in enumerate(reading.statements):
        if account_id not in chains:
            chains[account_id] = chain_of(by.entity_id, account_id)
        summary = _summary(statement, counted.get(place), by)
        face = (account_id, statement.sequence, statement.reference, summary)
        summary = replace(summary, repeats=face in seen or _on_record(account_id, statement, summary, by))
        seen.add(face)
        verdict = judge(summary, chains[account_id])
        chains[account_id] = moved_on(chains[account_id], summary, verdict)
        answer.append((summary, verdict, account_id))
    _write_statements(reading, answer, file_id, by)
    return answer


def _summary(statement: Statement, counted: Counted | None, by: Actor) -> Summary:
    days = [day for day in (statement.from_on, statement.to_on) if day]
    days += [day for day in (counted and counted.first_on, counted and counted.last_on) if day]
    days = days or [clock.today_in(by.zone)]
    return Summary(
        statement.currency,
        statement.opening_minor,
        statement.closing_minor,
        statement.from_on or min(days),
        statement.to_on or max(days),
        counted.lines if counted else 0,
        counted.sum_minor if counted else 0,
        counted.known if counted else 0,
        counted.known_chained if counted else 0,
        counted.known_chained_minor if counted else 0,
        remarks=statement.remarks,
    )


def _on_record(account_id: int, statement: Statement, summary: Summary, by: Actor) -> bool:
    if summary.known < summary.lines:
        return False
    return bool(
        fetch_value(
            HERE,
            "import/same_statement.sql",
            entity=by.entity_id,
            account=account_id,
            from_on=summary.from_on,
            to_on=summary.to_on,
            opening=summary.opening_minor,
            closing=summary.closing_minor,
            sequence=statement.sequence,
            lines=summary.lines,
        )
    )


def _write_statements(reading: Reading, verdicts: list[tuple[Summary, Verdict, int]], file_id: int, by: Actor) -> None:
    heads = [statement for _, statement in reading.statements]
    run_sql(
        HERE,
        "import/4_write_statements.sql",
        entity=by.entity_id,
        file=file_id,
        accounts=[account for _, _, account in verdicts],
        references=[head.reference for head in heads],
        sequences=[head.sequence for head in heads],
        from_days=[summary.from_on for summary, _, _ in verdicts],
        to_days=[summary.to_on for summary, _, _ in verdicts],
        openings=[summary.opening_minor for summary, _, _ in verdicts],
        closings=[summary.closing_minor for summary, _, _ in verdicts],
        lines=[summary.lines for summary, _, _ in verdicts],
        sums=[summary.sum_minor for summary, _, _ in verdicts],
        chain_nos=[verdict.chain_no for _, verdict, _ in verdicts],
        states=[verdict.state for _, verdict, _ in verdicts],
        waits=[verdict.waits for _, verdict, _ in verdicts],
        problems=[verdict.problem for _, verdict, _ in verdicts],
        adds=[verdict.adds for _, verdict, _ in verdicts],
    )


def _counted(
    report: ImportReport, reading: Reading, verdicts: list[tuple[Summary, Verdict, int]], released: int
) -> ImportReport:
    names = {account.id: account.name for account in reading.accounts}
    statements = tuple(
        StatementReport(
            names[account_id],
            head.reference,
            summary.from_on,
            summary.to_on,
            verdict.state,
            verdict.problem,
            summary.lines,
            {"none": 0, "new": summary.lines - summary.known, "all": summary.lines}[verdict.adds],
        )
        for (summary, verdict, account_id), (_, head) in zip(verdicts, reading.statements, strict=True)
    )
    new = sum(one.lines_new for one in statements)
    quarantined = [one for one in statements if one.state == "quarantined"]
    return replace(
        report,
        statements=statements,
        lines_new=new,
        lines_known=sum(one.lines for one in statements) - new - sum(one.lines for one in quarantined),
        quarantined=len(quarantined),
        released=released,
        left_out=reading.left_out,
    )


def _digest(stream: BinaryIO) -> bytes:
    stream.seek(0)
    digest = hashlib.sha256()
    while chunk := stream.read(1 << 20):
        digest.update(chunk)
    return digest.digest()


def _claim_file(stream: BinaryIO, name: str, format_name: str, digest: bytes, *, by: Actor) -> int | None:
    size_bytes = stream.seek(0, SEEK_END)
    stream.seek(0)
    claimed = fetch_value(
        HERE,
        "import/claim_file.sql",
        entity=by.entity_id,
        name=name,
        format=format_name,
        sha256=digest,
        size=size_bytes,
        by_id=by.user_id,
        by_name=by.name,
        at=clock.now(),
    )
    return None if claimed is None else int(claimed)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """The file taken in before, as the answer to the same bytes again."""

    id: int
    name: str
    format: str
    said: str


def _known_file(digest: bytes, name: str, by: Actor) -> ImportReport:
    act().quiet = True
    known = fetch_one(
        HERE,
        "import/known_file.sql",
        KnownFile,
        entity=by.entity_id,
        sha256=digest,
    )
    assert known is not None, "the unique index said the file is known"
    return ImportReport(known.id, name, known.format, already=known.said)


def _mapping_for(
    stream: BinaryIO,
    report: ImportReport,
    accounts: Sequence[BankAccount],
    chosen: int | None,
    given: CsvMapping | None,
    *,
    by: Actor,
) -> CsvMapping | None:
    """Return how to read a CSV file: as given, as remembered for the account, or as the only way that fits.

    What was used is remembered for the account, so the next file needs no question.
    """
    account = next((one for one in accounts if one.id == chosen), None)
    if report.format != "csv" or account is None:
        return given
    if given is None and account.csv_mapping is not None:
        return CsvMapping.from_dict(account.csv_mapping)
    mapping = given or only_mapping(stream, report.name)
    mapping = mapping if mapping.currency else replace(mapping, currency=account.currency)
    remember_mapping(account.id, mapping, by=by)
    return mapping
