"""What is said when a workspace cannot be made, backed up, put back, exported or opened: every message whole."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from django.db import OperationalError
from tests.shells.shell import cartera

from cartera.app.workspace.faults import explained

WHOLE = "Nothing of this was kept, and all that was there before is whole."
PUT_BACK = "Keep a copy of its folder, then put the last backup back: cartera restore FILE NEW-DIR."
REFUSED = {
    "database or disk is full": f"the disk is full. {WHOLE} Make room, then do it again.",
    "disk I/O error": f"the disk refused to write. {WHOLE} Make room or have the disk looked at, then do it again.",
    "attempt to write a readonly database": (
        "the ledger may not be written. Let its folder and its files be written by you: chmod -R u+rwX DIR."
    ),
    "unable to open database file": "the ledger cannot be opened. See that its folder may be read and written.",
    "database is locked": (
        "another program has kept the ledger busy for too long."
        " Do it again; if this goes on, see which other program has it open."
    ),
    "database disk image is malformed": f"the ledger is damaged. {PUT_BACK}",
    "file is not a database": f"the ledger is damaged, or it is no ledger. {PUT_BACK}",
    'connection to server at "127.0.0.1", port 1 failed: Connection refused\n\tIs it running?': (
        'the database cannot be reached: connection to server at "127.0.0.1", port 1 failed: Connection refused'
        " Start it, or correct the address."
    ),
}
TYPED = {
    "init": "Missing argument 'DIR'. See: cartera init --help",
    "init {here}/a --currency euro": (
        "--currency: unknown currency 'euro'. Did you mean EUR? Write a code such as EUR or USD."
    ),
    "init {here}/a --time-zone Europe/Brusels": (
        "--time-zone: unknown time zone 'Europe/Brusels'. Did you mean Europe/Brussels?"
        " Write one such as Europe/Lisbon or UTC."
    ),
    "init {here}/a --language dutch": "--language: unknown language 'dutch'. Valid: en, pt-BR, fr, es.",
    "init {here}/file.txt": "cannot write into {here}/file.txt: File exists. Name another folder.",
    "init {here}/acme": "{here}/acme is a workspace already. Use it, or name another folder.",
    "init mysql://ana@localhost/cartera": (
        "a workspace lies in a folder or in PostgreSQL, not at mysql://."
        " Give a folder, or an address such as postgresql://ana@localhost/cartera."
    ),
    "backup {here}/file.txt -w {here}/acme": (
        "there is a file '{here}/file.txt' already. Name another; a backup replaces nothing."
    ),
    "backup {here}/no/b.cartera -w {here}/acme": (
        "cannot write the backup '{here}/no/b.cartera': No such file or directory."
        " Name a file on a disk with room for it, in a folder that you may write to."
    ),
    "restore {here}/no.cartera {here}/b": (
        "there is no file '{here}/no.cartera'. Name a file that cartera backup has written."
    ),
    "restore {here}/file.txt {here}/b": (
        "{here}/file.txt: this is no backup, or it is damaged: file is not a database."
        " Take another backup; this one is not to be trusted."
    ),
    "restore {here}/acme/ledger.sqlite3 {here}/b": (
        "{here}/acme/ledger.sqlite3 is a ledger, not a backup. Use it where it lies; if its secret.key is lost for"
        " good, add --new-key."
    ),
    "restore {here}/file.txt {here}/acme": "{here}/acme is not empty. Name a new folder; a backup replaces nothing.",
    "export -w {here}/acme --output {here}/acme": "--output: {here}/acme is there already. Name a new folder.",
    "export -w {here}/acme --output {here}/t --format xlsx": ("--format: unknown format 'xlsx'. Valid: csv, parquet."),
    "export -w {here}/acme --output {here}/file.txt/t": (
        "--output: cannot write '{here}/file.txt/t': File exists."
        " Name a folder on a disk with room, where you may write."
    ),
    "doctor -w {here}/b": (
        "there is no workspace in {here}/b. Name one: --workspace DIR, or make one: cartera init DIR."
    ),
}


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    folder = tmp_path_factory.mktemp("here")
    (folder / "file.txt").write_text("Dear Ana")
    assert cartera(f"init {folder}/acme").status == 0
    return folder


@pytest.mark.parametrize("line", TYPED)
def test_typed_wrong(here, line):
    ended = cartera(line.format(here=here))
    assert (ended.status, ended.out, ended.told) == (2, "", TYPED[line].format(here=here) + "\n")


@pytest.mark.parametrize("words", REFUSED)
@pytest.mark.parametrize("kind", [OperationalError, sqlite3.OperationalError])
def test_what_the_database_refuses(words, kind):
    assert str(explained(kind(words))) == REFUSED[words]


def test_a_full_disk_outside_of_the_database():
    assert str(explained(OSError(errno.ENOSPC, "No space left on device"))) == REFUSED["database or disk is full"]


@pytest.mark.parametrize("problem", [ValueError("no"), OSError(errno.EPERM, "no"), OperationalError("something new")])
def test_what_nobody_expects_stays_what_it_is(problem):
    assert explained(problem) is None


def test_an_empty_passphrase(here, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    ended = cartera(f"backup {here}/sealed.cartera -w {here}/acme --encrypt")
    assert (ended.status, ended.told) == (2, "the passphrase is empty. Type one, or give it on standard input.\n")


def test_a_passphrase_that_can_be_guessed(here, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("elevenchars\n"))
    ended = cartera(f"backup {here}/sealed.cartera -w {here}/acme --encrypt")
    assert (ended.status, ended.told) == (
        2,
        "a passphrase of 11 characters can be guessed by trying: whoever has the file may try for years."
        " Take at least 12, such as four words that nobody would put together.\n",
    )


def test_another_key_and_none(here):
    from cartera.ledger.key import fingerprint

    cartera(f"init {here}/keyed")
    key = here / "keyed" / "secret.key"
    own = fingerprint(key.read_bytes())
    key.write_text("0" * 64)
    other = fingerprint(key.read_bytes())
    way_out = (
        "Put the right secret.key there, from your copy or from the machine on which the workspace was made;"
        " if it is lost for good: cartera restore DIR/ledger.sqlite3 NEW-DIR --new-key.\n"
    )
    for line in (f"note Acme tea -w {here}/keyed", f"show clients {here}/keyed", f"backup -w {here}/keyed"):
        ended = cartera(line)
        assert (ended.status, ended.told) == (
            2, f"{key} is not the key of this workspace: its fingerprint is {other}, not {own}. {way_out}"
        )  # fmt: skip
    key.unlink()
    assert cartera(f"show clients {here}/keyed").told == f"the key of this workspace is missing: {key}. {way_out}"


def test_a_wrong_passphrase_and_a_cut_file(here, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.StringIO("right and long enough\nwrong\nright and long enough\n"))
    path = here / "closed.cartera"
    assert cartera(f"backup {path} -w {here}/acme --encrypt").status == 0
    assert cartera(f"restore {path} {here}/c").told == (
        "this passphrase does not open the backup, or the file is damaged. Type the one with which it was made.\n"
    )
    path.write_bytes(path.read_bytes()[:-1])
    assert cartera(f"restore {path} {here}/c").told == (
        "this passphrase does not open the backup, or the file is damaged. Type the one with which it was made.\n"
    )
