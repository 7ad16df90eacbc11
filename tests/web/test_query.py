"""Does an address come back from its parser as its printer wrote it?"""

from __future__ import annotations

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from cartera.errors import CarteraError
from cartera.web.query import Asked, as_typed, parsed

words = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), min_size=1, max_size=12)
names = st.from_regex(r"[a-z_]{1,10}", fullmatch=True)
days = st.none() | st.dates(min_value=date(1900, 1, 1))
wheres = st.lists(st.tuples(names.filter(lambda name: name != "segment"), words), unique=True, max_size=4).map(tuple)
segments = st.lists(names, unique=True, max_size=3).map(lambda found: tuple(("segment", one) for one in found))


@given(
    st.builds(
        lambda segments, where, **rest: Asked(where=(*segments, *where), **rest),
        segments=segments,
        where=wheres,
        day=days,
        known=days,
        since=days,
        scope=st.sampled_from(["", "me", "team"]),
        q=words | st.just(""),
        sort=names | st.just(""),
        by=st.lists(names, unique=True, max_size=2).map(tuple),
        cols=st.lists(names, unique=True, max_size=3).map(tuple),
        page=st.integers(1, 999),
        peek=words | st.just(""),
    )
)
def test_what_is_printed_is_parsed_back(asked):
    assert read(asked.text()) == asked


def read(text: str) -> Asked:
    pairs = QueryDict(text.removeprefix("?"))
    return parsed((name, value) for name, values in pairs.lists() for value in values)


@pytest.mark.parametrize(
    "text", ["?day=yesterday", "?page=0", "?page=x", "?where=rep", "?day=2026-02-30", "?scope=mine"]
)
def test_what_means_nothing_is_refused(text):
    with pytest.raises(CarteraError):
        read(text)


def test_all_is_what_is_meant_where_no_scope_is_named():
    assert read("?scope=all&where=rep:Ana") == read("?where=rep:Ana")
    assert read("?scope=me&where=rep:Ana").but(scope="").text() == "?where=rep:Ana"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("@today", "2026-03-31"),
        ("@today-31", "2026-02-28"),
        ("@month_end", "2026-02-28"),
        ("@month_end-1", "2026-01-31"),
    ],
)
def test_days_told_from_today(text, day):
    assert parsed([("day", text)], date(2026, 3, 31)).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("?day=@month_end-1&where=rep:Ana", "?day=@month_end-1&where=rep:Ana"),
        ("?day=@today%2B30", "?day=@today%2B30"),
        ("?since=@today-7&day=2026-01-31&page=3", "?since=@today-7&day=2026-01-31"),
        ("?where=rep:Ana", "?where=rep:Ana"),
        ("", ""),
    ],
)
def test_days_told_from_today_are_kept_so(typed, kept):
    pairs = [(name, value) for name, values in QueryDict(typed.removeprefix("?")).lists() for value in values]
    assert as_typed(pairs, date(2026, 3, 31)) == kept
    with pytest.raises(CarteraError):
        as_typed([("day", "@yesterday")], date(2026, 3, 31))
