"""By which key is a document known again? Its id in the source, else its number and client, else what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

SEP = "\x1f"  # stands in no cell of a table


@dataclass(frozen=True)
class Document:
    """What names a document. client: the key of its client, empty for none. key: its id in the source, if it has one.

    is_further: it is none of those that the ledger holds, however much it looks like one.
    """

    place: int
    key: str
    number: str
    client: str
    issued_on: str
    kind: str
    amount: int | None
    currency: str
    is_further: bool = False


@dataclass(frozen=True)
class Before:
    """A document that the ledger holds."""

    key: str
    issued_on: str
    kind: str


def keys(documents: Sequence[Document], before: Iterable[Before], content: Callable[[int], str]) -> list[str]:
    """The key of each document. content: by place, to give equal documents one order whatever the file's."""
    there: dict[str, list[Before]] = defaultdict(list)
    for other in before:
        if SEP in other.key:
            there[other.key.rpartition(SEP)[0]].append(other)
    span = (min((d.issued_on for d in documents), default=""), max((d.issued_on for d in documents), default=""))
    groups: dict[str, list[Document]] = defaultdict(list)
    found = [one.key for one in documents]
    for one in documents:
        if not one.key:
            groups[_stem(one)].append(one)
    for stem, alike in groups.items():
        if len(alike) > 1:
            alike.sort(key=lambda one: (one.issued_on, one.kind != "invoice", content(one.place)))
        for one, key in zip(alike, _matched(stem, alike, there.get(stem, []), span), strict=True):
            found[one.place] = key
    return found


def _stem(one: Document) -> str:
    """The key without its occurrence number. Without a number it is what the document says."""
    if one.number:
        return f"{one.number}{SEP}{one.client}"
    return SEP.join((one.client, one.issued_on, "" if one.amount is None else str(one.amount), one.currency))


def _matched(stem: str, alike: list[Document], before: list[Before], span: tuple[str, str]) -> list[str]:
    """Documents of one stem take the keys of those on the same day, then of those that the file would have shown.

    A document outside the days of the file cannot have moved from there: numbers begin anew every year in some offices.
    """
    left = sorted(before, key=lambda one: int(one.key.rpartition(SEP)[2]))
    last = int(left[-1].key.rpartition(SEP)[2]) if left else 0
    found: list[str | None] = [None] * len(alike)
    tests: tuple[Callable[[Document, Before], bool], ...] = (
        lambda one, other: (one.issued_on, one.kind) == (other.issued_on, other.kind),
        lambda one, other: one.issued_on == other.issued_on,
        lambda _, other: span[0] <= other.issued_on <= span[1],
    )
    for test in tests:
        for i, one in enumerate(alike):
            match = next((b for b in left if found[i] is None and not one.is_further and test(one, b)), None)
            if match is not None:
                left.remove(match)
                found[i] = match.key
    for i in range(len(alike)):
        if found[i] is None:
            last += 1
            found[i] = f"{stem}{SEP}{last}"
    return [key or "" for key in found]
