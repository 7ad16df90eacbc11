"""Is a workspace made whole, for its owner alone, and is every word about it understood or refused?"""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from tests.ledgers import created, drop
from tests.shells.shell import cartera

from cartera.app.workspace.place import LEDGER, open_workspace, place
from cartera.ledger import database


@pytest.mark.thorough
def test_it_says_what_was_made_and_the_next_command(tmp_path):
    folder = tmp_path / "acme"
    ended = cartera(f"init {folder} --currency eur --time-zone Europe/Brussels")
    assert (ended.status, ended.told) == (0, "")
    assert ended.out == (
        f"Made the workspace acme in {folder}. Its key is {folder}/secret.key: keep a copy of it in another place than"
        f" your backups.\nNext: cartera import invoices.csv -w {folder}\n"
    )
    made = open_workspace(str(folder)).workspace
    assert (made.currency, made.time_zone, made.language) == ("EUR", "Europe/Brussels", "en")
    assert "init" in cartera(f"audit -w {folder} --format csv").out
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in (folder, *folder.glob("[ls]*[y3]"))}
    assert modes == {"acme": "0o700", "ledger.sqlite3": "0o600", "secret.key": "0o600"}


@pytest.mark.postgres
def test_a_database_can_be_a_workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    address = created()
    assert cartera(f"init {address} --name Acme").status == 0
    assert open_workspace(address).name == "Acme"
    drop(address)


@pytest.mark.postgres
def test_a_name_that_is_taken_leaves_no_key_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "here"))
    address = created()
    assert cartera(f"init {address} --name Acme").status == 0
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    assert "already" in cartera(f"init {address} --name Acme").told
    assert "the key of this workspace is missing" in cartera(f"note Acme tea -w {address}").told
    drop(address)


@pytest.mark.postgres
def test_no_password_is_shown_and_a_new_one_is_no_new_workspace(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    address = created()
    parts = urlsplit(address)
    secret = parts._replace(netloc=f"{parts.username}:s3cret@{parts.hostname}:{parts.port}").geturl()
    (tmp_path / "sales.csv").write_text("client,date,amount\nAcme,2026-01-31,5.00\n")
    lines = (
        f"init {secret} --name Acme --currency EUR",
        f"import {tmp_path / 'sales.csv'} -w {secret} --yes",
        f"note Acme tea -w {secret}",
        f"show composition {secret} --currency USD",
        f"undo 2 -w {secret}",
    )
    told = [cartera(line) for line in lines]
    assert [one.status for one in told] == [0, 0, 0, 2, 0]
    assert not [one for one in told if "s3cret" in one.out + one.told]
    assert place(address).key == place(secret).key == place(f"{address}?password=other").key
    drop(secret)
    drop(address)


@pytest.mark.thorough
def test_a_making_that_was_stopped_is_completed_by_the_next(tmp_path):
    folder = tmp_path / "acme"
    folder.mkdir()
    alias = database.connect(str(folder / LEDGER))
    database.migrate(alias)
    database.disconnect(alias)
    assert cartera(f"init {folder}").status == 0
    assert open_workspace(str(folder)).name == "acme"


@pytest.mark.thorough
def test_a_folder_with_something_in_it_keeps_its_permissions(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear Ana")
    tmp_path.chmod(0o755)
    assert cartera(f"init {tmp_path}").status == 0
    assert tmp_path.stat().st_mode & 0o777 == 0o755
