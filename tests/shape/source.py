"""What does the shape test read? Every Python file of the package as text and as syntax tree."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "cartera"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def length(self) -> int:
        return len(self.text.splitlines())

    def functions(self) -> Iterator[Function]:
        """Every function and method, however deep."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def public(self) -> Iterator[Function | ast.ClassDef]:
        """What the file offers: functions and classes at its top, and the public methods of its public classes."""
        for node in self.tree.body:
            if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
                yield node
                yield from _methods(node)


def _methods(node: ast.AST) -> Iterator[Function]:
    if isinstance(node, ast.ClassDef):
        yield from (each for each in node.body if isinstance(each, Function) and not each.name.startswith("_"))


def sources(folder: Path = PACKAGE) -> list[Source]:
    """The Python files under a folder that people wrote, in the order of their names."""
    found = (
        path for path in sorted(folder.rglob("*.py")) if "migrations/0" not in path.as_posix()
    )  # Django writes those
    return [Source(path) for path in found]


def length(function: Function) -> int:
    """Lines of a function without its docstring and decorators: what a reader has to hold in the head."""
    doc = function.body[0] if ast.get_docstring(function) is not None else None
    docstring = (doc.end_lineno or doc.lineno) - doc.lineno + 1 if doc else 0
    return (function.end_lineno or function.lineno) - function.lineno + 1 - docstring
