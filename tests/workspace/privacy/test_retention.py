"""Is what people wrote, and what files said word for word, kept as long as it is meant to be, and no longer?"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from tests.shells.shell import cartera

from cartera.app.clock import now
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.place import open_workspace
from cartera.app.workspace.privacy.retention import forget_due, retention
from cartera.ledger.audit import verify
from cartera.ledger.fields import RAW, WORDS
from cartera.ledger.models import AuditEntry, AuditValue, Batch, Change, Interaction, Invoice, Mark, Note, RejectedRow
from cartera.ledger.privacy.retention import AGELESS, SHELVES
from cartera.ledger.privacy.tags import all_models, personal

if TYPE_CHECKING:
    from pathlib import Path

    from cartera.ledger.book import Book

FILE = "client,number,date,amount\nAcme,1,2026-01-05,100.00\nBell,2,2026-02-31,7.00\n"
OLD = timedelta(days=400)
NOTHING_CONNECTED = {"records of connected systems": 0, "their earlier versions": 0, "what was wrong with them": 0}


@pytest.fixture
def kept(workspace: str, tmp_path: Path) -> str:
    """A workspace with words in every place, all of them written 400 days ago but one note."""
    (tmp_path / "sales.csv").write_text(FILE)
    lines = (
        f"import {tmp_path}/sales.csv --yes --with-rejects", "note Acme 'likes tea'",
        "mark Acme lost --on 2026-03-01 --note 'too dear'", "log Acme call --about 'asked for tea'",
    )  # fmt: skip
    for line in lines:
        done = cartera(f"{line} -w {workspace} --by Ana")
        assert done.status == 0, done.told
    aged(open_workspace(workspace))
    assert cartera(f"note Acme 'likes coffee' -w {workspace} --by Ana").status == 0
    return workspace


def aged(book: Book) -> None:
    """Everything as if it had been written earlier; the audit's own moments stay, since its lines are signed."""
    moments: tuple[tuple[Any, str], ...] = (
        (Change, "made_at"),
        (Note, "at"),
        (Interaction, "at"),
        (Mark, "recorded_at"),
    )
    for model, name in moments:
        model.objects.using(book.alias).update(**{name: now() - OLD})


def due(book: Book, **asked: int) -> dict[str, int]:
    answer = retention(
        EVERYTHING, book, {kind.replace("_", " "): days for kind, days in asked.items()}, day=now().date()
    )
    return {row["what"]: row["row_count"] for row in answer.rows.to_pylist()}


def test_without_a_word_only_raw_rows_age_and_after_ten_years(kept: str) -> None:
    assert due(open_workspace(kept)) == {
        "files as they were imported": 0, "cells of refused rows": 0, **NOTHING_CONNECTED,
    }  # fmt: skip


@pytest.mark.thorough
def test_what_is_due_is_listed_first_and_then_taken_away(kept: str) -> None:
    book = open_workspace(kept)
    before, version = cartera(f"show composition {kept} --day 2026-03-31 --format csv").out, book.facts_version
    assert due(book, raw_data=365, free_text=365) == {
        "files as they were imported": 1, "cells of refused rows": 1, "notes": 1, "interactions": 1, "next steps": 0,
        "remarks on marks": 1, "remarks on changes": 1, "words in the audit": 0, **NOTHING_CONNECTED,
    }  # fmt: skip
    assert "--yes takes them away" in cartera(f"person retention --words 365 -w {kept}").out
    assert (book.facts_version, Note.objects.using(book.alias).count()) == (version, 2)
    done = cartera(f"person retention --words 365 --raw-rows 365 --yes -w {kept} --by Ana")
    assert done.out == "Took away 6 (change 6).\n"
    assert [note.text for note in Note.objects.using(book.alias)] == ["likes coffee"]
    assert not Interaction.objects.using(book.alias).exists()
    assert [mark.note for mark in Mark.objects.using(book.alias)] == [""]
    assert [(row.value, row.cells) for row in RejectedRow.objects.using(book.alias)] == [("", "[]")]
    assert [bytes(one.file.data) for one in Batch.objects.using(book.alias)] == [b""]
    assert Invoice.objects.using(book.alias).count() == 1
    assert book.facts_version == version + 1
    assert cartera(f"show composition {kept} --day 2026-03-31 --format csv").out == before
    assert cartera(f"person retention --words 365 --yes -w {kept}").out == "Nothing is older than it is kept.\n"


def test_words_go_from_the_audit_and_its_chain_holds(kept: str) -> None:
    book = open_workspace(kept)
    number, count, _ = forget_due(EVERYTHING, book, kept, {"free text": 0}, by="Ana")
    assert (number, count > 6) == (6, True)
    words = [json.loads(value.value) for value in AuditValue.objects.using(book.alias)]
    assert not [told for told in words if told.get("note") or "tea" in str(told)]
    assert verify(book) == (AuditEntry.objects.using(book.alias).count(), [])


def test_no_table_with_words_is_left_out() -> None:
    """A new column with words or raw rows must say when it was last used, or why it does not age."""
    shelved = {(shelf.model.__name__, shelf.kind) for shelf in SHELVES}
    for model in all_models():
        kinds = {tag.kind for tag in personal(model).values()} & {RAW.kind, WORDS.kind}
        assert model.__name__ in AGELESS or all((model.__name__, kind) in shelved for kind in kinds)
