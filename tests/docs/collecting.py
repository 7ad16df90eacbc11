"""Which texts does Cartera show? Every literal that Python says or marks, and every one that a template says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
CODE = ROOT / "src" / "cartera"
WEB = "web"


@dataclass(frozen=True)
class Said:
    """One message: its context, the English, the English of many where it counts, and the file that says it."""

    context: str
    message: str
    many: str | None
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue knows it by."""
        return self.context, self.message


# Which argument of what makes things holds a text, by place or by name, and its context.
MADE = {
    "View": (("question", 1, ""),),
    "Column": (("label", 1, "column"), ("unknown", None, "value"), ("values", None, "value")),
    "Rule": (("why", 2, ""), ("change", 3, ""), ("todo", 4, "")),
    "Cell": (("name", 0, "value"), ("meaning", 3, "")),
    "UnknownNameError": (("kind", 0, "kind"),),
}
ROOMS = ("app", "portfolio", "views", WEB)  # where these things are ours
QUOTED = r'(?:"((?:[^"\\]|\\.)*)"|\'((?:[^\'\\]|\\.)*)\')'
TAG = re.compile(r"\{%\s*(say_many|say_in|say)\s+" + QUOTED + r"(?:\s+" + QUOTED + ")?")
FILTER = re.compile(r"_\(" + QUOTED + r"\)")


def collected() -> list[Said]:
    """Every message once, in the order of the files; of one that several files say, the first."""
    found: dict[tuple[str, str], Said] = {}
    for one in [*_of_python(), *_of_templates()]:
        known = found.setdefault(one.key, one)
        if known.many is None and one.many is not None:
            found[one.key] = one
    return list(found.values())


def _of_python() -> Iterator[Said]:
    for path in sorted(CODE.rglob("*.py")):
        if "migrations" not in path.parts:
            place, tree = path.relative_to(CODE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))
            ours = _ours(tree) | (set(MADE) if place.split("/")[0] in ROOMS else {"UnknownNameError"})
            for node in ast.walk(tree):
                if isinstance(node, ast.Call) and _called(node, ours) is not None:
                    yield from _of_call(node, str(_called(node, ours)), place)


def _ours(tree: ast.Module) -> set[str]:
    """The names that a module has from the tongue: others may be called `text`, too."""
    found = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "cartera.tongue"]
    return {one.name for node in found for one in node.names}


def _called(node: ast.Call, ours: set[str]) -> str | None:
    if isinstance(node.func, ast.Name):
        return node.func.id if node.func.id in ours else None
    is_ours = isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "tongue"
    return node.func.attr if is_ours and isinstance(node.func, ast.Attribute) else None


def _of_call(node: ast.Call, name: str, place: str) -> Iterator[Said]:
    texts = [_literal(one) for one in node.args]
    if name in {"say", "text", "spoken"} and texts and texts[0] is not None:
        yield Said((texts[1] or "") if len(texts) > 1 else "", texts[0], None, place)
    elif name == "say_in" and len(texts) > 1 and texts[0] is not None and texts[1] is not None:
        yield Said(texts[0], texts[1], None, place)
    elif name in {"say_many", "spoken_many"} and len(texts) > 1 and texts[0] is not None:
        yield Said("", texts[0], texts[1], place)
    for field, at, context in MADE.get(name, ()):
        held = node.args[at] if at is not None and at < len(node.args) else None
        held = next((one.value for one in node.keywords if one.arg == field), held)
        yield from (Said(context, one, None, place) for one in _literals(held) if one)


def _literal(node: ast.AST | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _literals(node: ast.AST | None) -> Iterator[str]:
    for one in node.elts if isinstance(node, ast.Tuple | ast.List) else [node]:
        found = _literal(one)
        if found is not None:
            yield found


def _of_templates() -> Iterator[Said]:
    for path in templates():
        page, place = path.read_text(encoding="utf-8"), path.relative_to(CODE).as_posix()
        for tag in TAG.finditer(page):
            first, second = _unquoted(tag[2], tag[3]), _unquoted(tag[4], tag[5])
            if tag[1] == "say":
                yield Said("", first, None, place)
            elif tag[1] == "say_in":
                yield Said(first, second, None, place)
            else:
                yield Said("", first, second, place)
        yield from (Said("", _unquoted(one[1], one[2]), None, place) for one in FILTER.finditer(page))


def templates() -> Iterable[Path]:
    """The templates of the pages."""
    return sorted(path for path in (CODE / WEB).rglob("*") if path.suffix in {".html", ".txt", ".svg"})


def _unquoted(double: str | None, single: str | None) -> str:
    return re.sub(r"\\(.)", r"\1", double or single or "")


def too_early() -> list[str]:
    """Texts that are said while their module is imported: in the tongue of whoever happens to ask first."""
    found = []
    for path in sorted(CODE.rglob("*.py")):
        waiting: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
        while waiting:
            node = waiting.pop()
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name in {"say", "say_in", "say_many", "spoken"}:
                found.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
            waiting.extend(ast.iter_child_nodes(node))
    return found


def unsayable() -> list[str]:
    """Calls that hand `say` something else than a literal: nobody could collect their text."""
    found = []
    for path in sorted(CODE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        ours = _ours(tree)
        for node in ast.walk(tree):
            name = _called(node, ours) if isinstance(node, ast.Call) else None
            wanted = {"say": 1, "text": 1, "say_in": 2, "say_many": 2}.get(name or "", 0)
            if wanted and isinstance(node, ast.Call) and any(_literal(one) is None for one in node.args[:wanted]):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    return found
