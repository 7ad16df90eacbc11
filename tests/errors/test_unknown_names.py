"""Does an error about an unknown name stay readable, however many names there are?"""

from __future__ import annotations

import pytest

from cartera.errors import UnknownNameError

NAMES = [f"c{number:04}" for number in range(4000)]


@pytest.mark.parametrize(
    ("most", "end"), [(3, "Valid: c0000, c0001, c0002, …."), (4000, "c3998, c3999."), (None, "c3999.")]
)
def test_as_many_names_are_listed_as_are_asked_for(most: int | None, end: str) -> None:
    assert str(UnknownNameError("client_id", "nobody", NAMES, most=most)).endswith(end)


def test_the_nearest_is_offered_also_where_it_is_not_listed() -> None:
    told = str(UnknownNameError("client_id", "c3999x", NAMES, most=3))
    assert told.endswith("Did you mean 'c3999'? Valid: c0000, c0001, c0002, ….")
