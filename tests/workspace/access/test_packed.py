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
