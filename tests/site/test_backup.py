"""The whole office in one file, and back: equal to the row, proved, never over something that is there."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from duly.kernel.refusals import BadInput, Refused
from duly.site.backup import landing
from duly.site.backup.archive import (
    DUMP,
    FORMAT,
    MANIFEST,
    Manifest,
    describe,
    extract,
    open_keys,
    read_manifest,
    seal_keys,
    write_archive,
)
from duly.site.embedded import EmbeddedServer, attach_or_start, stop_running
from duly.site.home import Home
from tests.site.scenario_terminal import Terminal

PASSPHRASE = "three words and a number 7"


@dataclass(frozen=True)
class Kept:
    """An office that billed a month, its backup, and what `duly verify` said of it."""

    desk: Terminal
    archive: Path
    said: dict[str, object]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("backup")
    home = Home(folder / "home")
    server: EmbeddedServer = attach_or_start(home, fsync=False)
    desk = Terminal(home.path, folder)
    desk.open_office()
    desk.brings_the_customers()
    desk.does("bill", "--through", "2026-03-31")
    desk.does("invoice", "pdf", "INV-2026-000001", "-o", folder / "before.pdf")
    phrase = desk.file("passphrase", f"{PASSPHRASE}\n")
    desk.does("backup", folder / "office.duly", "--passphrase-file", phrase)
    yield Kept(desk, folder / "office.duly", desk.does("verify"))
    server.stop()
    stop_running(home)
    stop_running(Home(folder / "back"))


def test_a_restored_office_is_the_one_that_was_backed_up(kept: Kept) -> None:
    back = kept.desk.folder / "back"
    phrase = kept.desk.folder / "passphrase"

    done = kept.desk.does("restore", kept.archive, "--passphrase-file", phrase, home=back)

    with attach_or_start(Home(back), fsync=False):
        proved = kept.desk.does("verify", home=back)
        assert proved["problems"] == []
        assert (proved["postings"], proved["chains"]) == (kept.said["postings"], kept.said["chains"])
        assert done["rows"] == sum(read_manifest(kept.archive).counts.values())
        for name in ("fields.json", "secret-key"):
            assert (back / "keys" / name).read_text() == (kept.desk.home / "keys" / name).read_text()
        kept.desk.does("invoice", "pdf", "INV-2026-000001", "-o", kept.desk.folder / "after.pdf", home=back)
        assert (kept.desk.folder / "after.pdf").read_bytes() == (kept.desk.folder / "before.pdf").read_bytes()

        # It goes on: what is written now is sealed behind what was restored.
        kept.desk.does("receipt", "A-2026-000001", "10.00", home=back)
        gone_on = kept.desk.does("verify", home=back)
        assert gone_on["problems"] == []
        assert gone_on["chains"]["ledger"] != proved["chains"]["ledger"]  # type: ignore[index]

    again = kept.desk.refuses("restore", kept.archive, "--passphrase-file", phrase, home=back)
    assert again["code"] == "backup.home_in_use"


def test_a_wrong_passphrase_a_missing_one_and_a_cut_file_change_nothing(kept: Kept) -> None:
    empty = kept.desk.folder / "empty"
    wrong = kept.desk.file("wrong", "another\n")
    cut = kept.desk.file("cut.duly", kept.archive.read_bytes()[: kept.archive.stat().st_size // 2])

    refusals = [
        kept.desk.refuses("restore", kept.archive, "--passphrase-file", wrong, home=empty),
        kept.desk.refuses("restore", kept.archive, home=empty),
        kept.desk.refuses("restore", cut, home=empty),
        kept.desk.refuses("restore", kept.desk.file("text.duly", "not a backup"), home=empty),
    ]

    codes = [refusal["code"] for refusal in refusals]
    assert codes == [
        "backup.passphrase_wrong",
        "backup.passphrase_missing",
        "backup.unreadable",
        "backup.unreadable",
    ]
    assert all("remedy" in refusal["facts"] for refusal in refusals)
    assert not (empty / "pg").exists()
    assert not any((empty / "keys").iterdir())


def test_a_restore_cut_after_its_database_was_in_is_taken_up_again(kept: Kept) -> None:
    cut = kept.desk.folder / "cut"
    phrase = kept.desk.folder / "passphrase"
    wrong = kept.desk.file("wrong-again", "another\n")
    kept.desk.does("restore", kept.archive, "--passphrase-file", phrase, home=cut)
    # As a kill leaves it: the database is in, the note says which restore was going on, files are missing.
    landing.begin_note(Home(cut), read_manifest(kept.archive))
    files = [path for path in (cut / "files").rglob("*") if path.is_file()]
    for path in files:
        path.unlink()

    mistaken = kept.desk.refuses("restore", kept.archive, "--passphrase-file", wrong, home=cut)
    done = kept.desk.does("restore", kept.archive, "--passphrase-file", phrase, home=cut)

    try:
        proved = kept.desk.does("verify", home=cut)
        assert mistaken["code"] == "backup.passphrase_wrong"
        assert done["went_on"] is True
        assert (proved["problems"], proved["chains"]) == ([], kept.said["chains"])
        assert all(path.exists() for path in files)
        again = kept.desk.refuses("restore", kept.archive, "--passphrase-file", phrase, home=cut)
        assert again["code"] == "backup.home_in_use"
    finally:
        stop_running(Home(cut))


def test_a_backup_never_writes_over_a_file(kept: Kept) -> None:
    before = kept.archive.read_bytes()

    assert kept.desk.refuses("backup", kept.archive)["code"] == "backup.file_exists"
    assert kept.archive.read_bytes() == before


def test_the_keys_are_inside_only_under_a_passphrase(kept: Kept) -> None:
    done = kept.desk.does("backup", kept.desk.folder / "bare.duly")

    assert done["keys"] == "apart"
    secret = json.loads((kept.desk.home / "keys" / "fields.json").read_text())["blind"]
    for archive in (kept.archive, kept.desk.folder / "bare.duly"):
        assert secret.encode() not in archive.read_bytes()


def small(folder: Path) -> tuple[Path, Manifest]:
    """An archive with one member."""
    member = folder / "dump"
    member.write_bytes(b"rows" * 1000)
    manifest = Manifest(FORMAT, "2026-03-31", 18, [], ["nord"], {}, {}, {DUMP: describe(member)})
    write_archive(folder / "small.duly", manifest, {DUMP: member})
    return folder / "small.duly", manifest


def test_one_changed_byte_is_found(tmp_path: Path) -> None:
    archive, manifest = small(tmp_path)
    content = bytearray(archive.read_bytes())
    content[content.index(b"rowsrows") + 7] ^= 1
    archive.write_bytes(content)

    with pytest.raises(BadInput, match=r"backup\.member_changed"):
        extract(archive, manifest, tmp_path / "out")


@pytest.mark.parametrize("name", ["../outside", "/etc/outside", "files/../../outside"])
def test_no_member_leaves_the_folder(tmp_path: Path, name: str) -> None:
    member = tmp_path / "member"
    member.write_bytes(b"x")
    manifest = Manifest(FORMAT, "2026-03-31", 18, [], [], {}, {}, {name: describe(member)})
    write_archive(tmp_path / "bad.duly", manifest, {name: member})

    with pytest.raises(BadInput, match=r"backup\.unexpected_member"):
        extract(tmp_path / "bad.duly", manifest, tmp_path / "in" / "out")
    assert not (tmp_path / "outside").exists()


def test_an_archive_of_another_format_is_refused(tmp_path: Path) -> None:
    text = tmp_path / MANIFEST
    text.write_text(json.dumps({"format": FORMAT + 1}))
    with tarfile.open(tmp_path / "new.duly", "w") as tar:
        tar.add(text, MANIFEST)

    with pytest.raises(Refused, match=r"backup\.format_unknown"):
        read_manifest(tmp_path / "new.duly")


def test_sealed_keys_open_with_their_passphrase_only() -> None:
    sealed = seal_keys(b"the keys", PASSPHRASE)

    assert open_keys(sealed, PASSPHRASE) == b"the keys"
    with pytest.raises(BadInput, match=r"backup\.passphrase_wrong"):
        open_keys(sealed, PASSPHRASE + " ")
    with pytest.raises(BadInput, match=r"backup\.passphrase_wrong"):
        open_keys(sealed[:-1] + bytes([sealed[-1] ^ 1]), PASSPHRASE)
