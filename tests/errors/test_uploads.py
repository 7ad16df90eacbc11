"""What is said of a file that a browser sends, and of what is typed beside it: every message whole."""

from __future__ import annotations

import io
import zipfile

import pytest

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.importing import pending
from cartera.app.workspace.importing.unpacking import unpacked
from cartera.app.workspace.own import own
from cartera.app.workspace.stated import amount
from cartera.errors import CarteraError


def said(do) -> str:
    with pytest.raises(CarteraError) as caught:
        do()
    return str(caught.value)


def test_a_file_that_is_too_large():
    assert str(pending.too_large("sales.csv")) == (
        "sales.csv: the file is larger than 200 MB. Send it packed (.gz or .zip), split it,"
        " or import it on the server: cartera import FILE."
    )


def test_a_file_that_is_empty_or_grows_while_it_arrives(tmp_path, monkeypatch):
    assert said(lambda: pending._written(tmp_path / "sales.csv", [])) == (
        "sales.csv: the file is empty. Export it again and check its size."
    )
    monkeypatch.setattr(pending, "LARGEST", 10)
    assert "is larger than" in said(lambda: pending._written(tmp_path / "more.csv", [b"123456", b"123456"]))


def test_too_many_uploads_that_wait(monkeypatch):
    monkeypatch.setattr(pending, "all_pending", lambda *_, **__: [None] * 20)
    assert said(lambda: pending.receive(EVERYTHING, None, None, "a.csv", [b"x"], user=1, by="ana")) == (
        "20 uploads of yours wait already. Import some of them, or throw them away; after a day they are gone."
    )


def archive(tmp_path, **files):
    folder = tmp_path / "one" / "upload"
    folder.mkdir(parents=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(f"{name}.csv", content)
    return folder / "tables.zip", packed.getvalue()


def test_a_zip_that_is_damaged_locked_or_endless(tmp_path):
    path, data = archive(tmp_path, invoices=b"client_id,issued_on,amount\n" * 50, clients=b"client_id\n" * 50)
    path.write_bytes(data.replace(data[40:44], b"\0\1\2\3", 1))
    assert said(lambda: unpacked(path)) == (
        "tables.zip: the zip archive is damaged or cut off. Save or download it again."
    )
    locked = bytearray(data)
    locked[6] |= 1
    locked[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(bytes(locked))
    assert said(lambda: unpacked(path)) == (
        "tables.zip: the zip archive cannot be opened. Save it again as a plain zip archive, without a password."
    )
    path.write_bytes(archive(tmp_path / "two", invoices=bytes(40 << 20), clients=b"client_id\n")[1])
    assert said(lambda: unpacked(path)) == (
        "tables.zip: the archive unpacks to more than is reasonable. Unpack it yourself if you trust it, and split it."
    )


def test_a_total_that_is_none():
    assert said(lambda: amount("much")) == "'much' is no amount. Write it as 1234.56."
    assert amount("1.234,50", ",") == amount("1,234.50", ".")


def test_a_workspace_without_a_name():
    assert said(lambda: own(EVERYTHING, " ", currency="EUR", language="en")) == (
        "the workspace has no name. Write the name of your company, such as Acme."
    )
