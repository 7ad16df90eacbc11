"""Does the doctor see what is wrong, say what to do, and name nobody?"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.ledger.facts import moment, named
from tests.shells.shell import cartera

from cartera.app.clock import now
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.backup.make import backup
from cartera.app.workspace.doctor import surroundings
from cartera.app.workspace.doctor.examine import examine
from cartera.app.workspace.doctor.finding import Patient
from cartera.app.workspace.place import open_unsure, open_workspace, place
from cartera.ledger import database
from cartera.ledger.key import fingerprint
from cartera.ledger.models import AuditValue, Change, Workspace

ALL = "key permissions disk|file system|ledger settings tables integrity audit columns clock imports sources systems"
NAMES = [
    *(name for part in ALL.split("|") for name in ([part] if part == "file system" else part.split())),
    "backup",
]


@pytest.fixture
def kept(workspace, tmp_path):
    """A workspace that is well."""
    where = place(workspace)
    where.key.write_text("0123456789abcdef" * 4)
    where.key.chmod(0o600)
    where.folder.chmod(0o700)
    book = open_unsure(workspace)
    settings = {"key": fingerprint(where.key.read_bytes())}
    Workspace.objects.using(book.alias).filter(pk=book.workspace_id).update(settings=settings)
    named(book, {"acme": "Canary Ltd"})
    backup(EVERYTHING, book, str(tmp_path / "one.cartera"), by="Canary")
    return workspace


def levels(workspace: str) -> dict[str, str]:
    return {one.name: one.level for one in examine(EVERYTHING, workspace) if one.level != "ok"}


def test_a_workspace_that_is_well(kept):
    assert [one.name for one in examine(EVERYTHING, kept)] == NAMES
    assert levels(kept) == {}
    ended = cartera(f"doctor -w {kept}")
    assert (ended.status, ended.told) == (0, "")
    assert len(ended.out.splitlines()) == len(NAMES)


@pytest.mark.thorough
def test_it_names_nobody(kept):
    for words in ("", " --json"):
        assert "Canary" not in cartera(f"doctor -w {kept}{words}").out


@pytest.mark.thorough
def test_a_key_that_others_can_read_guess_or_that_is_gone(kept):
    path = place(kept).key
    path.chmod(0o644)
    assert levels(kept) == {"key": "red"}
    path.chmod(0o600)
    path.write_text("0" * 64)
    assert levels(kept)["key"] == "red"
    path.unlink()
    assert levels(kept)["key"] == "red"
    assert cartera(f"doctor -w {kept}").status == 2


def test_the_key_of_another_workspace(kept):
    place(kept).key.write_text("fedcba9876543210" * 4)
    assert levels(kept) == {"key": "red", "audit": "warn"}


def test_a_broken_audit(kept):
    AuditValue.objects.using(open_workspace(kept).alias).update(by="Bob")
    assert levels(kept) == {"audit": "red"}


@pytest.mark.thorough
def test_a_newer_program_and_an_older_one(kept):
    alias = open_workspace(kept).alias
    with database.connection(alias).cursor() as cursor:
        taken = "INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0999_later', CURRENT_TIMESTAMP)"
        cursor.execute(taken)
        assert levels(kept) == {"tables": "red"}
        cursor.execute("DELETE FROM django_migrations WHERE app = 'ledger'")
        assert levels(kept) == {"tables": "warn"}


def test_a_clock_that_is_behind_and_an_import_that_stopped(kept):
    changes = Change.objects.using(open_workspace(kept).alias)
    changes.update(made_at=now() + timedelta(days=1), is_made=False)
    assert levels(kept) == {"clock": "red", "imports": "warn"}


def test_no_backup(workspace):
    book = open_workspace(workspace)
    with database.connection(book.alias).cursor() as cursor:
        cursor.execute("SELECT 1")
    found = {one.name: one for one in examine(EVERYTHING, workspace)}
    assert (found["backup"].level, found["backup"].told) == ("warn", "none yet")
    assert cartera(f"doctor -w {workspace} --json").status == 2, "the key of this fixture may be read by others"


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_damaged_pages(kept):
    ledger = Path(place(kept).address)
    database.disconnect(str(ledger))
    with closing(sqlite3.connect(ledger)) as connection:
        told = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'invoice_by_client'")
        page = told.fetchone()[0]
    content = bytearray(ledger.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    ledger.write_bytes(content)
    assert levels(kept)["integrity"] == "red"
    database.disconnect(str(ledger))
    ledger.write_bytes(b"no ledger" * 1000)
    assert levels(kept)["ledger"] == "red"
    told = json.loads(cartera(f"doctor -w {kept} --json").out)
    assert [one["told"] for one in told if one["level"] == "red"] == ["the ledger is damaged, or it is no ledger"]


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_a_network_file_system(kept, tmp_path, monkeypatch):
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/share {tmp_path} nfs4 rw 0 0\n")
    monkeypatch.setattr(surroundings, "MOUNTS", mounts)
    assert levels(kept) == {"file system": "red"}


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_a_disk_that_is_nearly_full(kept, monkeypatch):
    where = place(kept)
    monkeypatch.setattr(surroundings, "LEAST_FREE", 1 << 62)
    assert surroundings.disk(Patient(where, None, moment(0))).level == "red"


def test_a_system_that_lets_nobody_in_is_red_and_one_that_was_read_in_part_warns(kept):
    from datetime import date

    from cartera.ledger.models import Position, Source

    book = open_workspace(kept)
    own = {"workspace_id": book.workspace_id, "name": "xero", "kind": "xero", "created_at": now()}
    made = Source.objects.using(book.alias).create(**own, complete_since=date.min)
    assert levels(kept) == {}
    place_ = Position.objects.using(book.alias).create(source=made, stream="invoices", problem="refused")
    assert levels(kept) == {"systems": "warn"}
    place_.delete(using=book.alias)
    Source.objects.using(book.alias).update(created_at=now() - timedelta(days=8))
    assert levels(kept) == {"systems": "warn"}
    Source.objects.using(book.alias).update(state="reconnect")
    assert levels(kept) == {"systems": "red"}
