"""A backup and an audit that are taken along in the browser: whole, this workspace's alone, and written down."""

from __future__ import annotations

import pytest

from cartera.app.scope import EVERYTHING, NotAllowedError, Scope
from cartera.app.workspace.packed import backed_up
from cartera.errors import CarteraError


@pytest.mark.thorough
def test_a_backup_is_made_in_the_folder_of_the_caller(book, tmp_path):
    folder = tmp_path / "taken"
    folder.mkdir()
    made = backed_up(EVERYTHING, book, folder, by="olga", passphrase="four words nobody puts together")
    assert made.parent == folder and made.name.startswith("acme-")


def test_a_short_passphrase_is_refused(book, tmp_path):
    with pytest.raises(CarteraError) as caught:
        backed_up(EVERYTHING, book, tmp_path, by="olga", passphrase="short")
    assert str(caught.value) == (
        "passphrase: a passphrase of 5 characters can be guessed by trying."
        " Take four words that nobody would put together."
    )


def test_only_who_may_backs_up(book, tmp_path):
    with pytest.raises(NotAllowedError):
        backed_up(Scope(may=frozenset({"show", "export"})), book, tmp_path, by="ana")


@pytest.mark.thorough
def test_nobody_is_signed_in_where_a_backup_was_put_back(workspace, tmp_path):
    from datetime import timedelta

    from tests.ledgers import KEY

    from cartera.app.clock import now
    from cartera.app.workspace.backup.restore import restore
    from cartera.app.workspace.place import open_workspace
    from cartera.ledger.models import SignIn

    kept, key = open_workspace(workspace), tmp_path / "apart.key"
    key.write_bytes(KEY)
    row = {"session_key": "copied", "session_data": "x", "expire_date": now() + timedelta(days=9)}
    SignIn.objects.using(kept.alias).create(**row, begun_at=now(), seen_at=now())
    made = backed_up(EVERYTHING, kept, tmp_path, by="olga")
    restore(EVERYTHING, str(made), str(tmp_path / "again"), key=str(key))
    assert not SignIn.objects.using(open_workspace(str(tmp_path / "again")).alias).exists()
    assert SignIn.objects.using(kept.alias).exists()
