"""What has a person said about a file? How to read it, and what to do where the importer asks."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cartera.errors import CarteraError, UnknownNameError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.errors import Question

FLAGS = ("with_rejects", "with_differences", "with_changes")
RENAMED = ("same", "other")
PERIOD = "period"
READING = (
    "mapping", "date_order", "decimal", "delimiter", "encoding", "sheet", "header_row", "amounts", "currency",
)  # fmt: skip
SETTLES = {"date-order": "date_order", "decimal": "decimal", "amounts": "amounts"}  # topic of a question -> its answer


@dataclass(frozen=True)
class Answers:
    """Answers given beforehand. reading: how to read the file, by the reader's names.

    with_rejects: import the other rows. with_differences: although the file's own sums differ. with_changes: although
    many invoices change. renamed: whether a client under another name is the "same" or an "other". replace: "period".
    """

    reading: Mapping[str, Any] = field(default_factory=dict)
    with_rejects: bool = False
    with_differences: bool = False
    with_changes: bool = False
    renamed: str | None = None
    replace: str | None = None

    def __post_init__(self) -> None:
        if self.renamed is not None and self.renamed not in RENAMED:
            raise UnknownNameError("answer", self.renamed, RENAMED, where="--renamed")
        if self.replace is not None and self.replace != PERIOD:
            raise UnknownNameError("part to replace", self.replace, (PERIOD,), where="--replace")

    def and_read(self, **more: Any) -> Answers:
        """The same with more on how to read; what was said already stands."""
        return replace(self, reading={**more, **self.reading})

    def over(self, other: Answers) -> Answers:
        """These answers, and those of `other` where these say nothing."""
        said = {one.name: getattr(self, one.name) or getattr(other, one.name) for one in fields(self)[1:]}
        return Answers({**other.reading, **self.reading}, **said)


def from_file(path: Path) -> Answers:
    """The answers in a TOML file: `date_order = "dmy"`, `with_rejects = true`, a table `[map]`.

    CarteraError: it cannot be read. UnknownNameError: an answer to a question that is never asked.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CarteraError(
            say("cannot read {path}: {problem}.", path=repr(str(path)), problem=str(problem.strerror)),
            where="--answers",
            fix=say("Check the path."),
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        fix = 'Write lines such as date_order = "dmy".'
        raise CarteraError(
            say("this is no TOML ({problem}).", problem=str(problem)), where=str(path), fix=fix
        ) from None
    if "map" in said:
        said["mapping"] = said.pop("map")
    return _checked(said, str(path))


def with_answer(given: Answers, question: Question, answer: str) -> Answers:
    """The answers with one more."""
    name = question.option.removeprefix("--").replace("-", "_")
    if name in FLAGS:
        said: dict[str, Any] = {name: True}
        return replace(given, **said)
    if name == "renamed":
        return replace(given, renamed=answer)
    if name == "map":
        role, _, column = answer.partition("=")
        return replace(given, reading={**given.reading, "mapping": {**given.reading.get("mapping", {}), role: column}})
    return replace(given, reading={**given.reading, name: answer})


def _checked(said: dict[str, Any], where: str) -> Answers:
    own = {one.name: str for one in fields(Answers)[1:]} | dict.fromkeys(FLAGS, bool)
    kinds: dict[str, type] = own | dict.fromkeys(READING, str) | {"mapping": dict, "header_row": int}
    for name, value in said.items():
        if name not in kinds:
            raise UnknownNameError("answer", name, ["map" if one == "mapping" else one for one in kinds], where=where)
        if not isinstance(value, kinds[name]):
            fix = f"Write {name} = {_example(kinds[name])}."
            raise CarteraError(say("{name} is {value}.", name=name, value=repr(value)), where=where, fix=fix)
    return Answers({n: v for n, v in said.items() if n in READING}, **{n: v for n, v in said.items() if n in own})


def _example(kind: type) -> str:
    return {bool: "true", int: "3", dict: '{issued_on = "InvoiceDate"}'}.get(kind, '"text"')
