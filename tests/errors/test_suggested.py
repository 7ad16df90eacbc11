"""Can a command that a sentence suggests be pasted? It names the workspace that was named, wherever it stands."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera
from tests.workspace.decisions.conftest import office

import cartera as package
from cartera.cli.main import app
from cartera.errors import SOURCE, suggest_by, suggested

if TYPE_CHECKING:
    from tests.workspace.decisions.deciding import Desk

__all__ = ["office"]

ROOT = Path(package.__file__).parent
WITHOUT = {"init", "restore", "views", "demo", "serve"}  # they name a new place, or none
COMMANDS = [
    one.name or one.callback.__name__.removesuffix("_command") for one in app.registered_commands if one.callback
]
FAMILIES = [one.name for one in app.registered_groups if isinstance(one.name, str)]
LITERAL = re.compile(rf"\bcartera ({'|'.join(sorted({*COMMANDS, *FAMILIES} - WITHOUT))})\b")
SHOWN_IN_HELP = {"epilog", "help", "text"}
ROOMS = ("app", "cli", "ledger", "engine", "sources", "portfolio", "charts", "facts")
EXAMPLES = {
    "demo.",  # a source that is always there
    "has written.", "puts one beside it.", "on the server", "runs the server",  # about the command, none to type
    "Examples:",
}  # fmt: skip

WRONG = (
    ("undo never", "undo 12"), ("undo never", "audit"), ("plan move plan-99 2026-05-01", "plans"),
    ("plan match plan-5 X-1", "plans --to-match"), ("link Acme Acme", "link Acme OTHER"),
    ("link Acme crux", "undo 2"), ("link one two three four five", "link parent CHILD PARENT"),
    ("note Acme ' '", "note Acme 'asked for a quote'"), ("note Acme", "note Acme 'asked for a quote'"),
    ("mark Acme cancelled", "mark acme lost"), ("mark bolt reactivated", "plan bolt DAY AMOUNT"),
    ("assign Acme", "assign Acme 'Marta Ruiz'"), ("contact add Acme ' '", "contact add Acme 'Jo Smith'"),
    ("log Acme", "log import calls.csv"), ("settings currency", "settings currency EUR"),
    ("undo 3", "undo 4"), ("plan move plan-5 2026-06-01", "undo 6"),
)  # fmt: skip


@pytest.fixture
def made(office: Desk, workspace: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A workspace that must be named, with a few changes."""
    del office
    monkeypatch.delenv("CARTERA_WORKSPACE")
    monkeypatch.chdir(tmp_path)
    for line in ("link Acme crux", "note Acme x", "undo 3", "plan Acme 2026-05-01 100", "plan drop plan-5"):
        done = cartera(f"{line} -w {workspace}")
        assert done.status == 0, done.told
    return workspace


def test_whatever_goes_wrong_the_command_that_mends_it_names_the_workspace(made: str) -> None:
    for line, wanted in WRONG:
        done = cartera(f"{line} -w {made}")
        assert done.status == 2, line
        assert f"cartera {wanted} -w {shlex.quote(made)}" in done.told, (line, done.told)


def test_lists_and_hints_name_it_too(made: str) -> None:
    assert f"cartera audit verify -w {made}" in " ".join(cartera(f"audit -w {made}").out.split())
    assert f"cartera show clients {made}" in cartera(f"mark lost --where segment=cancelled -w {made}").told
    for asked in (f"explain Nobodyatall {made}", f"show client {made} --where segment=cancelled"):
        assert f"cartera show clients {made}." in cartera(asked).told
    assert f"cartera rates add 2026-03-31 USD 0.92 -w {made}" in cartera(f"rates list -w {made}").told


def test_one_that_needs_no_naming_is_not_named(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARTERA_WORKSPACE", made)
    assert cartera("undo 3").told.endswith("cartera undo 4.\n")
    assert cartera("mark lost --where segment=cancelled").told.endswith("cartera show clients.\n")
    assert cartera("explain Nobodyatall").told.endswith("cartera show clients.\n")


def test_in_python_a_source_stands_for_itself() -> None:
    suggest_by(None)
    assert suggested("show", "clients", SOURCE) == "cartera show clients SOURCE"
    assert suggested("note", "Acme Ltd", "x") == "cartera note 'Acme Ltd' x"


def test_every_sentence_suggests_commands_by_the_one_way() -> None:
    found = [f"{path.relative_to(ROOT)}: {text}" for path, text in sentences() if LITERAL.search(text)]
    assert [one for one in found if not any(end in one for end in EXAMPLES)] == []


def sentences() -> Iterator[tuple[Path, str]]:
    """Every text of the program that is neither a docstring nor help: help stands there before a workspace is named."""
    for path in sorted(one for room in ROOMS for one in (ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        hidden = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        hidden |= {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.keyword) and node.arg in SHOWN_IN_HELP
            for part in ast.walk(node.value)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in hidden:
                yield path, node.value
