"""Does the server say to everybody that it answers, and nothing else?"""

from __future__ import annotations


def test_it_says_ok_and_asks_no_ledger(enter):
    from django.db import connections
    from django.test.utils import CaptureQueriesContext

    from cartera.web.site import served

    page = enter(None)
    with CaptureQueriesContext(connections[served().alias]) as asked:
        answer = page.get("/health")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert len(asked) == 0
    assert "Set-Cookie" not in answer.headers
    assert page.post("/health").status_code == 405
