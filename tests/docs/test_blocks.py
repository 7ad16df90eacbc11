"""Does every code block run? One test per page: its Python and console blocks in order, its TOML and JSON read."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from tests.docs import console

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = ROOT / "docs" / "examples"
RUN = {"python", "console", "toml", "json"}
READ_ONLY = {"text", "csv", "sql", "mermaid"}  # shown, never typed


def page(path: Path) -> object:
    """A page as a test parameter; one with Spark in it needs the cluster."""
    uses_spark = re.search(r"^(>>> )?(from|import) pyspark", path.read_text(encoding="utf-8"), re.MULTILINE)
    marks = [pytest.mark.spark] if uses_spark else []
    return pytest.param(path, id=path.relative_to(ROOT).as_posix(), marks=[*marks, *marks_of(path)])


def marks_of(path: Path) -> list[pytest.MarkDecorator]:
    """What a newcomer reads first is run by make test; all other pages wait for the thorough tests."""
    is_first = path in (ROOT / "README.md", ROOT / "docs" / "start.md")
    return [] if is_first else [pytest.mark.thorough]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like the checkout, with the files of docs/examples at hand, in which a reader may write."""
    folder = tmp_path / "cartera"
    folder.mkdir()
    for entry in ROOT.iterdir():
        if not entry.name.startswith("."):
            (folder / entry.name).symlink_to(entry)
    (folder / ".venv").symlink_to(sys.prefix)  # where `make demo` puts the program
    if EXAMPLES.is_dir():
        shutil.copytree(EXAMPLES, folder, dirs_exist_ok=True)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("path", [page(path) for path in PAGES if path.exists()])
def test_the_blocks_of_a_page_run(path: Path, desk: Path) -> None:
    def in_terminal(example: Example) -> None:
        console.run(example.parsed, desk)

    def is_toml(example: Example) -> None:
        tomllib.loads(example.parsed)

    def is_json(example: Example) -> None:
        json.loads(example.parsed)

    parsers = [
        PythonCodeBlockParser(),
        CodeBlockParser("console", in_terminal),
        CodeBlockParser("toml", is_toml),
        CodeBlockParser("json", is_json),
    ]
    for example in Sybil(parsers).parse(path).examples():
        example.evaluate()


@pytest.mark.parametrize("path", [page(path) for path in PAGES if path.exists()])
def test_every_block_names_its_language(path: Path) -> None:
    fences = re.findall(r"^```+ *([^\n]*)\n.*?^```+ *$", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert not set(fences) - RUN - READ_ONLY, f"blocks that run are {sorted(RUN)}; others are {sorted(READ_ONLY)}"


@pytest.mark.parametrize("path", [page(path) for path in PAGES if path.exists()])
def test_every_make_target_of_a_page_exists(path: Path) -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = re.findall(r"^\$ make ([a-z]+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(named) <= set(targets)


@pytest.mark.parametrize("path", [page(path) for path in PAGES if path.exists()])
def test_every_link_of_a_page_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text(encoding="utf-8"))
    broken = [link for link in links if "://" not in link and not (path.parent / link).exists()]
    assert not broken


def test_a_page_that_lies_is_caught(desk: Path) -> None:
    console.run("$ echo one; echo two\none\n...\n$ false\n$ echo $?\n1", desk)
    with pytest.raises(AssertionError, match="it prints"):
        console.run("$ echo one\ntwo", desk)
    with pytest.raises(AssertionError, match="exit status 1"):
        console.run("$ false", desk)
