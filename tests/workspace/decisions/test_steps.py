"""Do next steps remind on their day and not before, are they done and undone, and what is refused?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from tests.workspace.decisions.deciding import TODAY, Desk

from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.workspace.columns.source import workspace_source
from cartera.app.workspace.deciding import saying, stepping
from cartera.app.workspace.deciding.sending import Sending, Told, once
from cartera.app.workspace.deciding.whom import client_called
from cartera.app.workspace.privacy.erase import erase_person
from cartera.errors import CarteraError
from cartera.ledger.models import Receipt, User

SOON, LATER = TODAY + timedelta(10), TODAY + timedelta(11)


def called(desk: Desk, text: str) -> dict[str, str]:
    """Client -> why it is to be called on the day."""
    rows = show(EVERYTHING, workspace_source(EVERYTHING, text, {}), view_called("calls"), Ask(day=desk.day)).rows
    return {row["client_id"]: row["why"] for row in rows.to_pylist()}


def test_a_step_is_silent_until_its_day(office: Desk, workspace: str) -> None:
    acme = client_called(EVERYTHING, office.book, "acme")
    assert called(office, workspace) == {"acme": "cooling", "crux": "cooling"}
    done = stepping.step(EVERYTHING, office.book, acme, "send it", office.act, on=SOON)
    assert called(office, workspace) == {"crux": "cooling"}
    office.day = LATER
    assert called(office, workspace)["acme"] == "step"
    stepping.finish(EVERYTHING, office.book, "acme", office.act)
    assert called(office, workspace)["acme"] == "cooling"
    assert [row["step"] for row in _rows(office, workspace)] == [None, None]
    office.undo(done.number)
    assert called(office, workspace)["acme"] == "cooling"


def test_a_meeting_is_a_call_and_a_step_that_one_undo_takes_back(office: Desk, workspace: str) -> None:
    acme = client_called(EVERYTHING, office.book, "acme")
    before = office.changes
    done = stepping.outcome(EVERYTHING, office.book, acme, stepping.MEETING, office.act, on=SOON)
    assert office.changes == before + 1
    assert "acme" not in called(office, workspace)
    office.undo(done.number)
    assert called(office, workspace)["acme"] == "cooling"
    assert stepping.open_steps(office.book) == []


def _rows(desk: Desk, text: str) -> list[dict[str, Any]]:
    rows = show(EVERYTHING, workspace_source(EVERYTHING, text, {}), view_called("calls"), Ask(day=desk.day)).rows
    found: list[dict[str, Any]] = rows.to_pylist()
    return found


REFUSED: list[tuple[Callable[[Desk, Any], object], str]] = [
    (
        lambda desk, whom: stepping.step(EVERYTHING, desk.book, whom, "", desk.act, on=TODAY),
        "2026-03-31 has come already. Give a day to come.",
    ),
    (
        lambda desk, _: stepping.finish(EVERYTHING, desk.book, "acme", desk.act),
        "there is no open step of this client.",
    ),
    (
        lambda desk, whom: stepping.outcome(EVERYTHING, desk.book, whom, "meeting", desk.act),
        "a meeting needs a day to come.",
    ),
    (
        lambda desk, whom: stepping.outcome(EVERYTHING, desk.book, whom, "reach", desk.act),
        "unknown outcome 'reach'. Did you mean 'reached'? Valid: reached, no_answer, meeting.",
    ),
    (
        lambda desk, _: once(desk.book, Sending("", 1, "Ana"), lambda: Told(1, "")),
        "the form has no number of its own. Load the page and send again.",
    ),
]


@pytest.mark.parametrize(("do", "message"), REFUSED, ids=[message for _, message in REFUSED])
def test_refused(office: Desk, do: Callable[[Desk, Any], object], message: str) -> None:
    with pytest.raises(CarteraError) as refused:
        do(office, client_called(EVERYTHING, office.book, "acme"))
    assert str(refused.value) == message


def test_no_receipt_outlives_an_erased_person(office: Desk, workspace: str) -> None:
    ana = User.objects.db_manager(office.book.alias).create_user("ana@acme.example")
    sent = Sending("k1", ana.pk, "Ana", office.book.facts_version, ("acme",))
    acme = client_called(EVERYTHING, office.book, "acme")

    def note() -> Told:
        done = saying.note(EVERYTHING, office.book, acme, "hello", office.act)
        return Told(done.number, "Noted about Acme.", done.clients)

    first = once(office.book, sent, note)
    before = office.changes
    assert once(office.book, sent, note) == first
    assert office.changes == before
    erase_person(EVERYTHING, office.book, workspace, "acme", by="Ana")
    assert not Receipt.objects.using(office.book.alias).exists()
