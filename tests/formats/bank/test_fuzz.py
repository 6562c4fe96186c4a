"""A damaged file is refused, or read right, or its balances give it away: never a wrong amount unnoticed."""

from __future__ import annotations

import random

import pytest

from duly.formats.bank.read import read_statements
from duly.formats.bank.statement import check_chain
from duly.formats.errors import FormatError
from tests.formats.bank.test_bai2 import BAI2
from tests.formats.samples import MT940, balance, camt, entry

CAMT = camt(
    "".join(entry(f"{n}.10", sign="CRDT" if n % 3 else "DBIT") for n in range(1, 9)),
    balances=balance("OPBD", "1000.00") + balance("CLBD", "1018.40"),
)


def mutated(data: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(data))
    kind = draw.randrange(5)
    if kind == 0:
        return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + data[at + 1 :]
    if kind == 2:
        return data[:at] + data[at : at + 1] + data[at:]
    if kind == 3:
        return data[:at]
    return data[:at] + data[at + draw.randrange(1, 80) :]


@pytest.mark.parametrize(
    "data", [pytest.param(CAMT, id="camt"), pytest.param(MT940, id="mt940"), pytest.param(BAI2, id="bai2")]
)
def test_mutated_file_is_refused_or_right_or_its_chain_breaks(data):
    [good] = read_statements(data, name="bank")
    assert check_chain(good) == 0
    expected = [line.amount_minor for line in good.lines]
    draw = random.Random(20260331)

    for _ in range(600):
        damaged = mutated(data, draw)
        try:
            statements = read_statements(damaged, name="bank")
        except FormatError:
            continue

        for statement in statements:
            proved = check_chain(statement) == 0 and not statement.remarks
            is_right = [line.amount_minor for line in statement.lines if line.amount_minor] == expected
            assert not proved or is_right, damaged


@pytest.mark.parametrize("seed", range(4))
def test_random_bytes_are_refused(seed):
    draw = random.Random(seed)

    for size in (1, 10, 1000, 20_000):
        with pytest.raises(FormatError):
            read_statements(draw.randbytes(size), name="bank")
