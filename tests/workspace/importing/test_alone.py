"""Can two imports run at once, and does a killed one stand in the way? One at a time; the next clears what was left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.ledger.facts import everything, held, names
from tests.workspace.importing.bringing import Desk, invoices

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.identity.who import held as shown
from cartera.app.workspace.importing.commit import commit
from cartera.errors import CarteraError
from cartera.ledger import batches
from cartera.ledger.entry import entry
from cartera.ledger.laid import AHEAD
from cartera.ledger.lease import LASTS
from cartera.ledger.lease import held as leased
from cartera.ledger.models import Change, Client, Invoice, Lease, Line, Note, SourceFile
from cartera.ledger.privacy.erase import erase
from cartera.ledger.privacy.subject import client_subject

if TYPE_CHECKING:
    from cartera.ledger.book import Book

SALES = "Invoice No,Customer,Date,Product,Amount\n" + "".join(
    f"{n},Client {n % 3},2026-01-{n:02},Product {line},{n + line}.00\n" for n in range(1, 29) for line in range(3)
)
ROOT = Path(__file__).resolve().parents[3]


def test_two_imports_do_not_run_at_once(desk: Desk) -> None:
    seen, at = desk.looked(SALES), desk.now()
    with leased(desk.book, "import", lambda: at), pytest.raises(CarteraError, match="another import is running"):
        commit(EVERYTHING, seen, now=lambda: at, by="Ana")
    assert commit(EVERYTHING, seen, now=desk.now, by="Ana").number == 1


def test_the_lease_of_a_process_that_is_gone_is_taken_over(desk: Desk) -> None:
    with leased(desk.book, "import", desk.now) as mine:
        gone = subprocess.Popen([sys.executable, "-c", ""])
        gone.wait()
        host = mine.owner.partition(":")[0]
        Lease.objects.using(desk.book.alias).update(owner=f"{host}:{gone.pid}:x")
        assert desk.imports(SALES).number == 1


def test_a_lease_of_another_machine_ends_by_itself(desk: Desk) -> None:
    seen, at = desk.looked(SALES), desk.now()
    Lease.objects.using(desk.book.alias).create(
        workspace_id=desk.book.workspace_id, name="import", owner="elsewhere:1:x", until=at + LASTS
    )
    with pytest.raises(CarteraError, match="another import is running"):
        commit(EVERYTHING, seen, now=lambda: at, by="Ana")
    later = at + LASTS + timedelta(minutes=1)
    assert commit(EVERYTHING, seen, now=lambda: later, by="Ana").number == 1


def test_what_a_killed_import_left_is_cleared_by_the_next(desk: Desk) -> None:
    change = batches.begin(desk.book, "import", at=desk.now(), by="Ana")
    Line.objects.using(desk.book.alias).create(document=(change.pk << 32) + 1, line_no=1)
    done = desk.imports(SALES)
    assert (done.number, Line.objects.using(desk.book.alias).count()) == (1, 84)
    assert not Change.objects.using(desk.book.alias).filter(is_made=False).exists()


def test_a_decision_between_preview_and_import_does_not_matter(desk: Desk) -> None:
    seen = desk.looked(SALES)
    with entry(desk.book, "note", at=desk.now(), by="Ana") as made:
        made.put(Note, "1", client_id="Client 1", at=desk.now(), by="Ana", text="likes tea")
    done = commit(EVERYTHING, seen, now=desk.now, by="Ana")
    assert (done.number, done.facts_version, len(invoices(desk.book))) == (2, 2, 28)


def test_an_import_between_preview_and_import_is_compared_anew(desk: Desk) -> None:
    seen = desk.looked(SALES)
    desk.imports(SALES.replace("Product 0,28.00", "Product 0,99.00"), name="other.csv")
    done = commit(EVERYTHING, seen, now=desk.now, by="Ana")
    assert done.plan.documents.count("changed") == 1
    assert len(invoices(desk.book)) == 28


def test_who_was_erased_between_preview_and_import_does_not_return(desk: Desk) -> None:
    desk.imports(SALES)
    seen = desk.looked(SALES + "29,Client 0,2026-01-29,Product 0,29.00\n", name="more.csv")
    erase(client_subject(desk.book, ["Client 0"]), at=desk.now(), by="Ana")
    done = commit(EVERYTHING, seen, now=desk.now, by="Ana")
    assert done.plan.documents.count("new") == 1
    assert sorted(name or "" for name in names(desk.book).values()) == ["", "Client 1", "Client 2"]
    assert not [row for row in SourceFile.objects.using(desk.book.alias).values_list("data", flat=True) if bytes(row)]


def test_an_import_that_was_taken_over_at_the_last_moment_publishes_nothing(desk: Desk) -> None:
    seen, looks = desk.looked(SALES), []

    def now() -> datetime:
        """At the second look after everything is written, somebody else takes over what seems to have run out."""
        looks.extend(SourceFile.objects.using(desk.book.alias).values_list("pk"))
        if len(looks) == 2:
            Lease.objects.using(desk.book.alias).update(owner="elsewhere:1:x")
            batches.clear_unfinished(desk.book)
        return desk.now()

    with pytest.raises(CarteraError, match="took too long and was given up"):
        commit(EVERYTHING, seen, now=now, by="Ana")
    assert not Invoice.objects.using(desk.book.alias).exists()


def test_a_large_import_is_published_by_a_number_and_undone_like_any_other(desk: Desk) -> None:
    desk.imports(SALES)
    before = state(desk.book)
    more = SALES.replace("28.00", "99.00") + "29,Client 9,2026-01-29,Product 0,29.00\n"
    done = commit(EVERYTHING, replace(desk.looked(more, name="more.csv"), few=0), now=desk.now, by="Ana")
    assert (done.number, done.facts_version) == (2, 1 + AHEAD)
    large = state(desk.book)
    desk.undoes(2)
    assert state(desk.book) == before
    desk.imports(more, name="more.csv")
    assert state(desk.book) == large


def test_a_large_import_is_compared_anew_when_it_was_overtaken(desk: Desk) -> None:
    seen, looks = replace(desk.looked(SALES), few=0), []

    def now() -> datetime:
        """Once its rows are laid, somebody is forgotten."""
        if Invoice.objects.using(desk.book.alias).exists() and not looks:
            looks.append(erase(client_subject(desk.book, ["Client 0"]), at=desk.now(), by="Ana"))
        return desk.now()

    done = commit(EVERYTHING, seen, now=now, by="Ana")
    assert (done.number, len(looks), len(invoices(desk.book))) == (2, 1, 28)
    assert sorted(name or "" for name in names(desk.book).values()) == ["", "Client 1", "Client 2"]
    assert not Change.objects.using(desk.book.alias).filter(is_made=False).exists()


KILLED = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from cartera.app.clock import now, today
from cartera.app.scope import EVERYTHING
from cartera.app.workspace.importing.answers import Answers
from cartera.app.workspace.importing.commit import commit
from cartera.app.workspace.importing.prepare import prepare
from cartera.ledger.book import open_book
from cartera.ledger.database import connection

address, file, wanted = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
book = open_book(address, "Acme", b"key")
seen = replace(prepare(EVERYTHING, book, file, Answers(), today=today()), few=int(sys.argv[4]))
count = 0

def killing(execute, sql, params, many, context):
    global count
    count += 1
    if count == wanted:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)

with connection(address).execute_wrapper(killing):
    commit(EVERYTHING, seen, now=now, by="Ana")
print(count)
"""


def run(book: Book, file: Path, wanted: int, few: int) -> subprocess.CompletedProcess[str]:
    """An import in a process of its own, killed before its statement number `wanted`; 0 for never."""
    words = [sys.executable, "-c", KILLED, book.alias, str(file), str(wanted), str(few)]
    return subprocess.run(
        words, check=False, capture_output=True, text=True, cwd=ROOT, env=os.environ | {"PYTHONPATH": "src"}
    )


def state(book: Book) -> list[tuple[object, ...]]:
    """What holds now, whatever its versions."""
    return sorted((m.__name__, row.key, row.digest) for m in (Client, Invoice) for row in shown(book, m))


@pytest.mark.thorough
@pytest.mark.parametrize("few", [20_000, 0])
def test_killed_at_any_statement_it_is_as_before_or_done_and_the_next_run_ends_the_same(desk: Desk, few: int) -> None:
    file, wanted, seen_before, seen_after = desk.written(SALES), 0, 0, 0
    while True:
        wanted += 7  # every seventh statement: those between lie in the same transactions
        done = run(desk.book, file, wanted, few)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        held_now = len(state(desk.book))
        assert held_now in (0, 31)
        seen_before, seen_after = seen_before + (held_now == 0), seen_after + (held_now == 31)
        if held_now:
            break
    assert seen_before > 3
    if not state(desk.book):
        run(desk.book, file, 0, few)
    assert len(state(desk.book)) == 31
    assert desk.book.facts_version == (1 if few else AHEAD)
    documents = set(Line.objects.using(desk.book.alias).values_list("document", flat=True))
    assert documents == {row.document for row in held(desk.book, Invoice)} or seen_after
    assert everything(desk.book)
