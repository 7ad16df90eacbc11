"""Is a value that occurs nowhere refused with some of those that do, and not with thousands?"""

from __future__ import annotations

from tests.shells.shell import cartera


def test_an_unknown_client_of_many() -> None:
    answer = cartera("show clients demo --where client_id=nobody")
    told = " ".join(answer.told.split())
    assert answer.status == 2
    assert "unknown client_id 'nobody'. Valid: C001, C002, C003" in told
    assert "C012, …" in told
    assert "C013" not in told
