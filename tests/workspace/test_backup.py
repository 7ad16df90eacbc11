"""Does a backup restore to the same ledger, and is one refused that does not? On SQLite and from and to PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest
from tests.ledger.facts import everything, imported, invoice_rows, moment, named
from tests.ledgers import KEY, created, drop

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.backup.make import backup
from cartera.app.workspace.backup.restore import restore
from cartera.app.workspace.place import open_workspace, place
from cartera.errors import CarteraError
from cartera.ledger.audit import verify
from cartera.ledger.models import AuditEntry
from cartera.ledger.stage import document_of, write_lines
from cartera.ledger.undo import undo


@pytest.fixture
def kept(workspace):
    """A workspace with a little of everything in it."""
    book = open_workspace(workspace)
    named(book, {"acme": "Acme", "bell": "=1+1"})
    imported(book, invoice_rows({f"i{one}": Decimal(one) / 3 for one in range(30)}))
    write_lines(book, [(document_of(1, 1), 1, "Soap", None, "1", 25_000, None, "{}")])
    undo(book, 1, at=moment(9), by="Ana")
    return book


def last_verb(book):
    return AuditEntry.objects.using(book.alias).order_by("-number").values_list("verb", flat=True).first()


def key_file(tmp_path: Path) -> str:
    path = tmp_path / "apart.key"
    path.write_bytes(KEY)
    return str(path)


@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_a_backup_restores_to_the_same_facts(kept, tmp_path, passphrase):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"), passphrase=passphrase)
    restore(
        EVERYTHING, str(made.file), str(tmp_path / "again"), passphrase=passphrase, key=key_file(tmp_path)
    )  # fmt: skip
    again = open_workspace(str(tmp_path / "again"))
    assert everything(again) == everything(kept)
    assert (again.facts_version, again.workspace.currency) == (kept.facts_version, "EUR")
    assert verify(again) == (4, []), "one line tells that it was put back"
    named(again, {"cole": "Cole"})
    assert verify(again) == (5, [])


def test_sums_beyond_64_bits_are_backed_up(kept, tmp_path):
    imported(kept, invoice_rows({f"big{one}": Decimal("-99999999999999.9999") for one in range(12)}))
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    restore(EVERYTHING, str(made.file), str(tmp_path / "again"), key=key_file(tmp_path))
    assert everything(open_workspace(str(tmp_path / "again"))) == everything(kept)


@pytest.mark.postgres
def test_a_backup_goes_into_postgresql_as_well(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    address = created()
    restore(EVERYTHING, str(made.file), address, key=key_file(tmp_path))
    again = open_workspace(address)
    assert everything(again) == everything(kept)
    assert verify(again) == (4, [])
    named(again, {"cole": "Cole"})  # numbers go on behind those that came with the backup
    with pytest.raises(CarteraError, match="this database holds a workspace"):
        restore(EVERYTHING, str(made.file), address)
    drop(address)


def test_files_are_their_owners_alone(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    restore(EVERYTHING, str(made.file), str(tmp_path / "again"), key=key_file(tmp_path))
    where = place(str(tmp_path / "again"))
    modes = {path.name: path.stat().st_mode & 0o777 for path in (made.file, where.folder, *where.folder.iterdir())}
    assert modes.pop("again") == 0o700
    assert modes.keys() >= {"one.cartera", "ledger.sqlite3", "secret.key"}
    assert set(modes.values()) == {0o600}


def test_the_key_is_not_in_the_backup(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    assert KEY not in made.file.read_bytes()


def test_an_encrypted_backup_holds_no_name(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"), passphrase="correct horse")
    assert b"Acme" not in made.file.read_bytes()


def test_without_its_key_it_says_where_the_key_belongs(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    restored = restore(EVERYTHING, str(made.file), str(tmp_path / "again"))
    assert restored.key_missing == tmp_path / "again" / "secret.key"
    with pytest.raises(CarteraError, match="the key of this workspace is missing"):
        open_workspace(str(tmp_path / "again"))
    restored.key_missing.write_bytes(b"another")
    with pytest.raises(CarteraError, match="is not the key of this workspace"):
        open_workspace(str(tmp_path / "again"))
    restored.key_missing.write_bytes(KEY)
    assert verify(open_workspace(str(tmp_path / "again"))) == (4, []), "who put it back is told once it can be signed"
    again = open_workspace(str(tmp_path / "again"))
    assert (verify(again), last_verb(again)) == ((4, []), "restore")


def test_a_lost_key_can_be_replaced_and_the_audit_goes_on(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    restore(EVERYTHING, str(made.file), str(tmp_path / "again"), is_new_key=True, by="Ana")
    again = open_workspace(str(tmp_path / "again"))
    named(again, {"cole": "Cole"})
    assert verify(again) == (5, [])


def test_a_ledger_of_which_there_is_no_backup_goes_on_under_a_new_key(kept, workspace, tmp_path):
    ledger = workspace if "://" in workspace else str(place(workspace).folder / "ledger.sqlite3")
    with pytest.raises(CarteraError, match="is a ledger, not a backup"):
        restore(EVERYTHING, ledger, str(tmp_path / "again"))
    place(workspace).key.unlink()
    restore(EVERYTHING, ledger, str(tmp_path / "again"), is_new_key=True, by="Ana")
    again = open_workspace(str(tmp_path / "again"))
    assert everything(again) == everything(kept)
    assert (verify(again), last_verb(again)) == ((4, []), "restore")
    named(again, {"cole": "Cole"})


def test_another_workspaces_key_is_refused(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    (tmp_path / "other.key").write_bytes(b"another")
    with pytest.raises(CarteraError, match="is the key of another workspace"):
        restore(EVERYTHING, str(made.file), str(tmp_path / "again"), key=str(tmp_path / "other.key"))
    assert not (tmp_path / "again").exists()


def test_a_backup_replaces_nothing(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    with pytest.raises(CarteraError, match="there is a file"):
        backup(EVERYTHING, kept, str(made.file))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear Ana")
    with pytest.raises(CarteraError, match="is not empty"):
        restore(EVERYTHING, str(made.file), str(tmp_path / "full"))


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)  # a backup is one, whatever it is made of
@pytest.mark.parametrize("place_in_file", [0.0, 0.3, 0.6, 0.9, 1.0])
@pytest.mark.parametrize("passphrase", ["", "correct horse"])
def test_damage_anywhere_that_counts_is_noticed(kept, tmp_path, place_in_file, passphrase):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"), passphrase=passphrase)
    content = bytearray(made.file.read_bytes())
    if place_in_file == 1.0:
        content = content[: len(content) * 2 // 3]
    else:
        start = int(len(content) * place_in_file)
        content[start : start + 8192] = bytes(8192)
    made.file.write_bytes(content)
    before = content_of_ledger(tmp_path)
    try:
        restore(EVERYTHING, str(made.file), str(tmp_path / "again"), passphrase=passphrase, key=key_file(tmp_path))
    except CarteraError:
        assert not (tmp_path / "again").exists()
        return
    assert not passphrase, "every byte of an encrypted backup counts"
    assert everything(open_workspace(str(tmp_path / "again"))) == everything(kept)
    assert content_of_ledger(tmp_path) == before


def content_of_ledger(tmp_path: Path) -> list[str]:
    """The names in the folder of the test; nothing may be left lying about."""
    return sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("."))


def test_a_backup_that_lacks_a_row_is_refused(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    with closing(sqlite3.connect(made.file)) as file:
        file.execute("DELETE FROM ledger_invoice WHERE key = 'i7'")
        file.commit()
    with pytest.raises(CarteraError, match="the backup does not hold what it should: rows is"):
        restore(EVERYTHING, str(made.file), str(tmp_path / "again"))


def test_a_backup_with_another_amount_is_refused(kept, tmp_path):
    made = backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    with closing(sqlite3.connect(made.file)) as file:
        file.execute("UPDATE ledger_invoice SET amount = amount + 1 WHERE key = 'i7'")
        file.commit()
    with pytest.raises(CarteraError, match="ten thousandths is"):
        restore(EVERYTHING, str(made.file), str(tmp_path / "again"))


def test_another_file_is_no_backup(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Ana")
    with pytest.raises(CarteraError, match="this is no backup, or it is damaged"):
        restore(EVERYTHING, str(tmp_path / "letter.txt"), str(tmp_path / "again"))
    with closing(sqlite3.connect(tmp_path / "other.sqlite3")) as file:
        file.execute("CREATE TABLE one (two)")
    with pytest.raises(CarteraError, match="this is no backup of Cartera"):
        restore(EVERYTHING, str(tmp_path / "other.sqlite3"), str(tmp_path / "again"))


def test_what_a_killed_backup_left_is_removed_by_the_next(kept, tmp_path):
    left, running = tmp_path / ".backup-999999999-abc", tmp_path / f".backup-{os.getppid()}-abc"
    for folder in (left, running):
        folder.mkdir()
        (folder / "part").write_text("Acme")
    backup(EVERYTHING, kept, str(tmp_path / "one.cartera"))
    assert (left.exists(), running.exists()) == (False, True)
