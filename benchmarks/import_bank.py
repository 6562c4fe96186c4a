"""Taking in a camt.053 file of 100,000 lines, matching it, applying what is exact; against reading and bare COPY.

python -m benchmarks import-bank [--lines 100000] [--items 100000]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

from benchmarks.machine import machine, peak_rss_mb

TODAY = date(2026, 3, 31)
FIRST = date(2026, 3, 1)
IBAN = "DE02120300000000202051"
LINES_A_STATEMENT = 5_000
TARGET_SECONDS = 20
ITEMS = """
with chosen as (
    select id, row_number() over (order by id) as n from receivables_account where entity_id = %(entity)s
)
insert into staged_item (entity_id, account_id, kind, document_id, gl_account_id, currency, issued_on, due_on,
    amount_minor)
select %(entity)s, c.id, 'opening', c.n, g.id, 'EUR', '2026-02-01', '2026-03-01', 1000 + c.n %% 9000
from chosen as c
join ledger_account as g on g.entity_id = %(entity)s and g.code = '1200'
"""
ENTRIES = """
insert into staged_entry (entity_id, source_kind, source_id, effective_on)
select entity_id, 'bench_opening', document_id, issued_on from staged_item
"""
POSTINGS = """
insert into staged_posting (entity_id, entry_id, line, gl_account_id, currency, amount_minor, account_id, item_id)
select e.entity_id, e.entry_id, side.line, side.gl, 'EUR', side.minor, side.account, side.item
from staged_entry as e
join receivables_item as i on i.entity_id = e.entity_id and i.kind = 'opening' and i.document_id = e.source_id
join ledger_account as o on o.entity_id = e.entity_id and o.code = '3000'
cross join lateral (values (1, i.gl_account_id, i.amount_minor, i.account_id, i.id),
    (2, o.id, -i.amount_minor, null::bigint, null::bigint)) as side (line, gl, minor, account, item)
"""
NUMBERS = """
insert into staged_number (entity_id, document_kind, document_id, issued_on, place)
select entity_id, 'opening', document_id, issued_on, document_id
from receivables_item where entity_id = %(entity)s and kind = 'opening'
"""


def run(argv: Sequence[str] = ()) -> dict[str, Any]:
    """Measure and return the result as the JSON line's content."""
    parser = argparse.ArgumentParser(prog="import-bank", description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--items", type=int, default=100_000)
    wanted = parser.parse_args(list(argv))
    described = machine()
    with tempfile.TemporaryDirectory(prefix="duly-bench-") as folder:
        from duly.site.boot import boot

        office = boot(Path(folder) / "home")
        try:
            return measure(Path(folder) / "march.xml", wanted.lines, wanted.items, described)
        finally:
            office.close()


def measure(file: Path, lines: int, items: int, described: dict[str, object]) -> dict[str, Any]:
    """Fill the books, write the file, time taking it in, matching it, and the yardstick."""
    from duly.banking.actions import NewBankAccount, import_statements, open_bank_accounts
    from duly.banking.queries import reconcile
    from duly.kernel.actor import system_actor
    from duly.matching.actions import accept_exact, propose

    say(f"filling {items:,} open items")
    entity_id = fill(items)
    by = system_actor(entity_id)
    open_bank_accounts([NewBankAccount("Operating", "EUR", "1100", iban=IBAN)], by=by)
    write_file(file, lines, items)
    read_seconds, copy_seconds = yardstick(file)
    before_mb = peak_rss_mb()
    with file.open("rb") as stream:
        began_cpu = time.process_time()
        seconds, report = timed(lambda: import_statements(stream, file.name, by=by))
        cpu_seconds = time.process_time() - began_cpu
    rss_mb = peak_rss_mb()
    if report.lines_new != lines or report.quarantined:
        raise AssertionError(f"{report.lines_new} of {lines} lines, {report.quarantined} statements in quarantine")
    with file.open("rb") as stream:
        again_seconds, _ = timed(lambda: import_statements(stream, file.name, by=by))
    say("matching")
    propose_seconds, _ = timed(lambda: propose(by=by))
    accept_seconds, accepted = timed(lambda: accept_exact(today=TODAY, by=by))
    reconcile_seconds, answer = timed(lambda: reconcile(entity_id, TODAY))
    [bank] = answer.banks
    if bank.figures.unexplained_minor or not answer.subledger_ties:
        raise AssertionError(f"the books do not tie: {bank.figures}")
    return {
        "name": "import-bank",
        "value": round(seconds, 2),
        "unit": "seconds",
        "yardstick": "reading the file and a bare COPY of its lines, seconds",
        "ratio": round(seconds / (read_seconds + copy_seconds), 2),
        "lines": lines,
        "lines_a_second": round(lines / seconds),
        "target_seconds": TARGET_SECONDS,
        "file_mb": round(file.stat().st_size / 1e6, 1),
        "cpu_seconds": round(cpu_seconds, 2),
        "read_seconds": round(read_seconds, 2),
        "copy_seconds": round(copy_seconds, 2),
        "same_file_again_seconds": round(again_seconds, 2),
        "propose_seconds": round(propose_seconds, 2),
        "accept_seconds": round(accept_seconds, 2),
        "accepted": accepted.lines,
        "reconcile_seconds": round(reconcile_seconds, 2),
        "rss_before_mb": before_mb,
        "peak_rss_mb": rss_mb,
        "machine": described,
    }


def fill(items: int) -> int:
    """Open an office with one account and one numbered open item each."""
    from django.db import connection, transaction

    from benchmarks.bill_run_fill import fill as fill_accounts
    from duly.ledger.actions import posting_batch
    from duly.receivables.actions import item_batch, number_batch

    entity_id = fill_accounts(items)
    values = {"entity": entity_id}
    with transaction.atomic(), connection.cursor() as cursor:
        with posting_batch():
            with item_batch():
                cursor.execute(ITEMS, values)
                cursor.execute(ENTRIES)
            cursor.execute("analyze staged_entry")
            cursor.execute(POSTINGS)
        with number_batch(entity_id):
            cursor.execute(NUMBERS, values)
    with connection.cursor() as cursor:
        for table in ("receivables_item", "receivables_number", "ledger_posting", "ledger_entry"):
            cursor.execute(f"vacuum analyze {table}")
    return entity_id


def write_file(file: Path, lines: int, items: int) -> None:
    """Write the bank's month: four of five lines cite a document with its exact amount."""
    cited = [f"OPEN-2026-{line + 1:06}" if line % 5 else "thank you very much" for line in range(lines)]
    write_lines(file, [(words, amount_of(line, items)) for line, words in enumerate(cited)])


def write_lines(file: Path, paid: Sequence[tuple[str, int]]) -> None:
    """Write the bank's month from what each line cites and pays, in statements that chain."""
    lines = len(paid)
    with file.open("w", encoding="utf-8") as out:
        out.write(
            '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
        )
        out.write("<BkToCstmrStmt><GrpHdr><MsgId>1</MsgId><CreDtTm>2026-03-31T06:00:00</CreDtTm></GrpHdr>")
        opening_minor = 1_000_00
        for place, first in enumerate(range(0, lines, LINES_A_STATEMENT)):
            day = FIRST + timedelta(days=place * 30 * LINES_A_STATEMENT // max(lines, 1))
            batch = range(first, min(first + LINES_A_STATEMENT, lines))
            closing_minor = opening_minor + sum(paid[n][1] for n in batch)
            out.write(f"<Stmt><Id>S{place}</Id><ElctrncSeqNb>{place + 1}</ElctrncSeqNb>")
            out.write(f"<Acct><Id><IBAN>{IBAN}</IBAN></Id><Ccy>EUR</Ccy></Acct>")
            out.write(balance("OPBD", opening_minor, day) + balance("CLBD", closing_minor, day))
            out.writelines(entry(n, *paid[n], day) for n in batch)
            out.write("</Stmt>")
            opening_minor = closing_minor
        out.write("</BkToCstmrStmt></Document>")


def amount_of(line: int, items: int) -> int:
    """What line n pays: the open amount of item n + 1."""
    return 1000 + (line % items + 1) % 9000


def balance(code: str, minor: int, day: date) -> str:
    """One balance."""
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{minor // 100}.{minor % 100:02}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def entry(line: int, cited: str, minor: int, day: date) -> str:
    """One booked line with payer, IBAN and text."""
    return (
        f'<Ntry><Amt Ccy="EUR">{minor // 100}.{minor % 100:02}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>"
        f"<AcctSvcrRef>R{line:09}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>E2E{line}</EndToEndId></Refs>"
        f"<RltdPties><Dbtr><Pty><Nm>Customer {line + 1} of the north</Nm></Pty></Dbtr>"
        f"<DbtrAcct><Id><IBAN>DE{line % 97 + 2:02}50010517{line:010}</IBAN></Id></DbtrAcct></RltdPties>"
        f"<RmtInf><Ustrd>Invoice {cited} of February, customer {line + 1}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def yardstick(file: Path) -> tuple[float, float]:
    """Seconds to read the file, and to COPY its lines into a bare table without index."""
    from django.db import connection

    from duly.formats.bank.read import iter_lines

    def first_rows() -> list[tuple[Any, ...]]:
        with file.open("rb") as stream:
            return [bare(line) for _, line in islice(iter_lines(stream, name=file.name), 20_000)]

    def copy(rows: Iterator[tuple[Any, ...]]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("create temp table bare_line (on_day date, amount bigint, words text, payer text, ref text)")
            with cursor.cursor.copy("copy bare_line from stdin") as out:
                for row in rows:
                    out.write_row(row)

    def just_read(stream: BinaryIO) -> int:
        return sum(1 for _ in iter_lines(stream, name=file.name))

    with file.open("rb") as stream:
        read_seconds, _ = timed(lambda: just_read(stream))
    rows = first_rows()
    copy_seconds, _ = timed(lambda: copy(iter(rows)))
    return read_seconds, copy_seconds * file_lines(file) / max(len(rows), 1)


def file_lines(file: Path) -> int:
    """How many entries the file holds."""
    with file.open("rb") as stream:
        return sum(chunk.count(b"<Ntry>") for chunk in iter(lambda: stream.read(1 << 22), b""))


def bare(line: Any) -> tuple[Any, ...]:
    """A line as five columns."""
    return (line.booked_on, line.amount_minor, line.text, line.payer_name, line.bank_reference)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds and the answer."""
    began = time.perf_counter()
    answer = act()
    return time.perf_counter() - began, answer


def say(words: str) -> None:
    """Progress, apart from the result."""
    print(words, file=sys.stderr)
