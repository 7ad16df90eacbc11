"""What becomes of an answer that is late, cut off, elsewhere, or no answer at all?"""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
import stamina

from cartera.sources.kit.faults import Fault
from cartera.sources.kit.http import Budget, Http
from cartera.sources.kit.pretend import Limit, Pretend
from cartera.sources.kit.refusals import (
    ForeignHostError,
    PausedError,
    RefusedStreamError,
    UnauthorisedError,
    UnreachableError,
)
from cartera.sources.kit.replies import Reply

BUDGET = Budget(10_000, per_second=10_000)
ROWS = {"items": [{"id": str(one), "text": "x" * 20} for one in range(4)]}


def clock():
    return datetime(2026, 3, 31, 9, tzinfo=UTC)


@pytest.fixture
def server():
    with Pretend({"GET /rows": lambda _: ROWS}, clock) as found:
        yield found


def opened(server, **words):
    words = {"token": lambda _: "canary-token", "budget": BUDGET} | words
    return Http(server.base, frozenset({"127.0.0.1"}), is_local=True, **words)


def test_one_byte_after_the_other_ends_at_the_deadline(server):
    """G8. A client's own time limit is per reading and never strikes."""
    stamina.set_testing(True, attempts=1)
    server.faults = (Fault("drip", every=1, seconds=0.006),)
    began = time.monotonic()
    assert httpx2.Client(timeout=0.2).get(f"{server.base}/rows").json() == ROWS
    naive = time.monotonic() - began
    began = time.monotonic()
    with pytest.raises(UnreachableError, match="took too long"):
        opened(server, deadline=0.2).get("/rows")
    assert time.monotonic() - began < 0.8 * naive


@pytest.mark.parametrize("way", ["broken", "down", "cut", "half", "login", "reset", "busy"])
def test_a_failure_that_passes_is_tried_again(server, way):
    server.faults = (Fault(way, on=(1, 2), seconds=0),)
    assert opened(server).get("/rows").json() == ROWS
    assert len(server.asked) == 3


@pytest.mark.parametrize("way", ["broken", "down", "cut", "half", "login", "reset", "busy_silent"])
def test_a_failure_that_stays_ends_after_six_tries(server, way):
    server.faults = (Fault(way, every=1),)
    with pytest.raises(UnreachableError):
        opened(server).get("/rows")
    assert len(server.asked) == 6


@pytest.mark.parametrize("way", ["refused", "gone"])
def test_a_refusal_is_told_and_not_tried_again(server, way):
    server.faults = (Fault(way, every=1),)
    with pytest.raises(RefusedStreamError):
        opened(server).get("/rows")
    assert len(server.asked) == 1


def test_a_token_that_is_refused_is_renewed_once(server):
    asked = []
    http = Http(
        server.base,
        frozenset({"127.0.0.1"}),
        budget=BUDGET,
        token=lambda stale: asked.append(stale) or "t",
        is_local=True,
    )
    server.faults = (Fault("expired", on=(1,)),)
    assert http.get("/rows").json() == ROWS
    assert asked == [False, True]
    server.faults = (Fault("expired", every=1),)
    with pytest.raises(UnauthorisedError):
        http.get("/rows")
    assert len(server.asked) == 4


@pytest.mark.parametrize("way", ["busy", "busy_until"])
def test_whoever_must_wait_long_ends_and_says_how_long(server, way):
    server.faults = (Fault(way, every=1, seconds=1800),)
    with pytest.raises(PausedError) as told:
        opened(server).get("/rows")
    assert told.value.seconds == 1800
    assert len(server.asked) == 1


def test_a_clock_that_is_off_does_not_change_how_long_to_wait():
    """Until when is said by the source's own clock, an hour ahead of ours."""
    with Pretend({"GET /rows": lambda _: ROWS}, lambda: clock() + timedelta(hours=1)) as server:
        server.faults = (Fault("busy_until", every=1, seconds=1800),)
        with pytest.raises(PausedError) as told:
            opened(server).get("/rows")
        assert told.value.seconds == 1800


def test_the_pace_is_kept_so_that_nothing_is_refused():
    with Pretend({"GET /rows": lambda _: ROWS}, clock, limit=Limit(5, 0.1)) as server:
        naive = httpx2.Client()
        assert 429 in {naive.get(f"{server.base}/rows").status_code for _ in range(12)}
        time.sleep(0.1)
        server.told.clear()
        http = opened(server, budget=Budget(4, within=0.15))
        for _ in range(10):
            http.get("/rows")
        assert server.told == [200] * 10


def test_todays_requests_may_be_used_up(server):
    http = opened(server, left=2)
    http.get("/rows")
    http.get("/rows")
    with pytest.raises(PausedError, match="used up"):
        http.get("/rows")
    assert len(server.asked) == 2


def test_nobody_is_sent_elsewhere_with_a_token():
    """A redirect is not followed: the other server would be shown the token."""
    with Pretend({"GET /rows": lambda _: ROWS}, clock) as other:
        there = f"{other.base}/rows"
        with Pretend({"GET /rows": lambda _: Reply("", 302, {"Location": there})}, clock) as server:
            with pytest.raises(RefusedStreamError):
                opened(server).get("/rows")
            httpx2.Client(follow_redirects=True, headers={"X-Key": "canary-token"}).get(f"{server.base}/rows")
        assert [one.headers.get("x-key") for one in other.asked] == ["canary-token"], "the careless client shows it"


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/rows", "http://books.toy.example/rows", "https://books.toy.example.evil.example/",
        "https://a:b@books.toy.example/rows", "ftp://books.toy.example/", "https://127.0.0.1.evil.example/",
        "https://books.toy.example@evil.example/", "http://127.0.0.1:1/rows",
    ],
)  # fmt: skip
def test_only_the_sources_own_hosts_are_reached(address):
    """G5"""
    http = Http("https://books.toy.example", frozenset({"books.toy.example"}), budget=BUDGET, token=lambda _: "t")
    with pytest.raises(ForeignHostError):
        http.get(address)
    assert http.requests == 0
