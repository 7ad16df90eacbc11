"""Is the house still small? Limits on files and functions, names that say something, docstrings for what is offered."""

from __future__ import annotations

import ast
from statistics import median, quantiles

import pytest

from tests.shape.source import PACKAGE, ROOT, Source, length, sources

SOURCES = sources()
LONGEST_FILE, MOST_FILES, MEDIAN_FILE, MEDIAN_FUNCTION = 400, 300, 120, 8
LONGEST_INTRODUCTION = 4
SAY_NOTHING = {"utils", "util", "helpers", "helper", "manager", "managers", "base", "common", "misc", "core", "lib"}

each_file = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)


HALF_UP = "src/cartera/portfolio/rounding.py"


def test_the_house_has_files() -> None:
    assert len(SOURCES) > 10, f"{PACKAGE} is not where the shape test looks"


@each_file
def test_no_file_is_too_long(source: Source) -> None:
    assert source.length <= LONGEST_FILE


@each_file
def test_the_name_says_what_is_inside(source: Source) -> None:
    parts = source.path.relative_to(PACKAGE).with_suffix("").parts
    assert not SAY_NOTHING.intersection(parts), "a drawer for anything; name the question that the file answers"


@each_file
def test_the_file_says_which_question_it_answers(source: Source) -> None:
    said = ast.get_docstring(source.tree)
    assert said, "a module docstring says which question the file answers"
    assert len(said.splitlines()) <= LONGEST_INTRODUCTION


@each_file
def test_everything_offered_is_described(source: Source) -> None:
    silent = [f"line {node.lineno}: {node.name}" for node in source.public() if not ast.get_docstring(node)]
    assert not silent, "say what comes back, for which rows, in which unit"


def test_most_files_are_small() -> None:
    lengths = [source.length for source in SOURCES if source.path.name != "__init__.py"]
    assert median(lengths) <= MEDIAN_FILE
    assert quantiles(lengths, n=20)[-1] <= MOST_FILES, "95 of 100 files"


def test_most_functions_are_small() -> None:
    assert median(length(function) for source in SOURCES for function in source.functions()) <= MEDIAN_FUNCTION


def test_no_engine_rounds_in_its_own_way() -> None:
    """Halves go up on one and to the even on another."""
    core = [source for source in SOURCES if source.name.split("/")[2] in {"portfolio", "views", "facts"}]
    assert len(core) > 100
    assert [source.name for source in core if ").round(" in source.text] == [HALF_UP]


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{source.name}:{number}"
        for source in SOURCES + sources(ROOT / "benchmarks")
        for number, line in enumerate(source.text.splitlines(), 1)
        if any(word in line for word in ("TODO", "FIXME", "XXX:"))
    ]
    assert not left
