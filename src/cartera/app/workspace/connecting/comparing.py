"""Do a source and our facts agree? Every document read once more, number and sum per month, currency and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cartera.app.workspace.connecting.landing import Ground, arrived
from cartera.app.workspace.connecting.mapping import mapped
from cartera.app.workspace.connecting.remembering import keep_setting
from cartera.app.workspace.connecting.sweeping import ManyGoneError, take_away
from cartera.app.workspace.incomplete import DIFFERS
from cartera.money import rounded
from cartera.sources.kit import contract
from cartera.sources.kit.contract import Record, Stream, Window
from cartera.sources.kit.refusals import IncompleteError
from cartera.tongue import say

if TYPE_CHECKING:
    from cartera.ledger.book import Book
    from cartera.ledger.landing.pages import Result
    from cartera.ledger.models import Source
    from cartera.sources.kit.http import Http

EVERY = timedelta(days=7)
COMPARED = "compared_at"  # the source's setting: when that was done last
NOT_COUNTED = ("planned", "void")
Part = tuple[str, str, str]  # month, currency, kind
Counted = tuple[int, Decimal]  # documents, sum


@dataclass(frozen=True)
class Difference:
    """A month in which the two do not agree. count, amount: the source's less ours."""

    stream: str
    month: str
    currency: str
    kind: str
    count: int
    amount: Decimal

    @property
    def told(self) -> str:
        """In a sentence."""
        return say(
            "{month}: source and facts differ by {count} documents ({kind}) and {amount} {currency}.",
            month=self.month, count=self.count, kind=self.kind, amount=f"{self.amount.normalize():f}",
            currency=self.currency or "?",
        )  # fmt: skip


@dataclass
class Theirs:
    """What the source holds of a list. documents: record -> its parts and amounts. unread: records no map reads."""

    documents: dict[str, list[tuple[Part, Decimal]]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    news: dict[str, Record] = field(default_factory=dict)


def is_due(source: Source, at: datetime) -> bool:
    """Whether a week has gone by since then, or since it was connected and read whole."""
    last = source.settings.get(COMPARED)
    return at - (datetime.fromisoformat(str(last)) if last else source.created_at) >= EVERY


def compare(ground: Ground, http: Http, without: Collection[str] = ()) -> list[Difference]:
    """Where the source and the facts did not agree; what differed has been read again, what still does is a problem.

    without: lists that cannot be read now.
    """
    found, left = [], []
    for stream in ground.connector.streams:
        if stream.is_dated and stream.name not in without:
            theirs = _theirs(ground, http, stream)
            odd = _differences(stream.name, theirs, _ours(ground, stream, theirs))
            if odd or theirs.news:
                _read_again(ground, http, stream, theirs)
                left += _differences(stream.name, theirs, _ours(ground, stream, theirs))
            found += odd
    _told(ground, left)
    keep_setting(ground.book, ground.source, COMPARED, ground.now().isoformat())
    return found


def differing(book: Book, source: Source) -> list[str]:
    """In which months the facts of a source still differ from it."""
    from cartera.ledger.models import Problem

    rows = Problem.objects.using(book.alias).filter(source=source, code=DIFFERS, resolved_at=None)
    return list(rows.order_by("key").values_list("what", flat=True))


def _theirs(ground: Ground, http: Http, stream: Stream) -> Theirs:
    from cartera.ledger.landing.raw import news

    book, source, connector = ground.book, ground.source, ground.connector
    found = Theirs()
    for page in connector.pull(http, stream, contract.Position(), Window()):
        records = {one.key: one for one in page.records if one.stream in ("", stream.name)}
        came = {one: ground.erased.arrived(stream.name, arrived(connector, stream, records[one])) for one in records}
        results = mapped(book, source, connector, stream.name, list(came.values()), day=ground.today)
        for key in records:
            found.documents[key] = []
            _counted(found, key, results[stream.name, key])
        for one in news(book, source, stream.name, came.values()):
            found.news[one.key] = records[one.key]
    return found


def _counted(found: Theirs, key: str, result: Result) -> None:
    if result.is_unread:
        found.unread.add(key)
    for fact in result.facts:
        values = fact.values
        if "invoice_id" in values and values["state"] not in NOT_COUNTED:
            part = (f"{values['issued_on']:%Y-%m}", str(values["currency"] or ""), str(values["kind"]))
            found.documents[key].append((part, rounded(values["amount"] or Decimal(0))))


def _ours(ground: Ground, stream: Stream, theirs: Theirs) -> Mapping[Part, Counted]:
    """What the facts hold now, without records of which nobody can say what they are."""
    from cartera.ledger.landing.pages import escaped
    from cartera.ledger.models import Invoice

    rows = Invoice.objects.using(ground.book.alias).filter(
        workspace_id=ground.book.workspace_id, source=ground.source.name, stream=stream.name, until_version=None,
        is_deleted=False,
    )  # fmt: skip
    names = ("key", "issued_on", "currency", "kind", "amount")
    left_out = {escaped(key) for key in theirs.unread}
    return _summed(
        ((f"{on:%Y-%m}", currency or "", kind), amount or Decimal(0))
        for key, on, currency, kind, amount in rows.exclude(state__in=NOT_COUNTED).values_list(*names).iterator(2_000)
        if key.partition("#")[0] not in left_out
    )


def _summed(documents: Iterable[tuple[Part, Decimal]]) -> Mapping[Part, Counted]:
    found: dict[Part, Counted] = defaultdict(lambda: (0, Decimal(0)))
    for part, amount in documents:
        count, total = found[part]
        found[part] = count + 1, total + amount
    return found


def _differences(stream: str, theirs: Theirs, ours: Mapping[Part, Counted]) -> list[Difference]:
    own = _summed(one for documents in theirs.documents.values() for one in documents)
    nothing: Counted = (0, Decimal(0))
    return [
        Difference(stream, *part, there[0] - here[0], there[1] - here[1])
        for part in sorted({*own, *ours})
        if (there := own.get(part, nothing)) != (here := ours.get(part, nothing))
    ]


def _read_again(ground: Ground, http: Http, stream: Stream, theirs: Theirs) -> None:
    """What says something new lands; what the source no longer shows is asked for before it is believed."""
    from cartera.ledger.landing.raw import gone

    ground.land(stream, list(theirs.news.values()), None)
    there = {ground.erased.key(stream.name, key) for key in theirs.documents}
    try:
        take_away(ground, http, stream, gone(ground.book, ground.source, stream.name, there))
    except ManyGoneError:
        raise
    except IncompleteError:
        return  # the list leaves out what is there: the months that differ say so


def _told(ground: Ground, left: list[Difference]) -> None:
    """What differs now as problems; those of before that no longer do are resolved."""
    from cartera.ledger.models import Problem

    rows: Any = Problem.objects.using(ground.book.alias).filter(source=ground.source, code=DIFFERS, resolved_at=None)
    now = {(one.stream, f"{one.month} {one.currency} {one.kind}"): one for one in left}
    for row in list(rows):
        one = now.pop((row.stream, row.key), None)
        rows.filter(pk=row.pk).update(**({"what": one.told} if one else {"resolved_at": ground.now()}))
    rows.bulk_create(
        Problem(
            source=ground.source, stream=stream, key=key, code=DIFFERS, what=one.told,
            fix=say("It is compared again within a week; until then the sums of this month are not the source's."),
            is_error=True, first_seen_at=ground.now(),
        )
        for (stream, key), one in now.items()
    )  # fmt: skip
