"""Does anybody hear "database is locked"? Eight processes write at once, carefully and with Django's own settings."""

from __future__ import annotations

import pytest

from cartera.ledger import database
from tests.chaos.program import ran

pytestmark = pytest.mark.thorough


def refused(address: str, *words: str) -> tuple[int, int]:
    ended = ran("tests.chaos.writers", address, *words)
    assert not ended.returncode, ended.stderr
    count, total, _ = ended.stdout.split()
    return int(count), int(total)


def test_of_480_changes_none_is_refused(book):
    database.connection(book.alias).close()
    assert refused(book.alias) == (0, 480)
    from cartera.ledger.audit import verify

    assert (book.facts_version, verify(book)) == (480, (480, []))


@pytest.mark.parametrize("ledger_address", ["sqlite"], indirect=True)
def test_with_djangos_own_settings_many_are(book):
    database.disconnect(book.alias)
    count, total = refused(book.alias, "--careless")
    assert (count > 20, total) == (True, 480)
