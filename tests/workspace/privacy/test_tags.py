"""Does every text column of the ledger say whether it tells about a person?"""

from __future__ import annotations

from types import SimpleNamespace

from cartera.ledger import database

database.configure()

from cartera.ledger.fields import Text  # noqa: E402 - Django is set up first
from cartera.ledger.privacy import tags  # noqa: E402


def test_every_text_column_says_whether_it_is_personal() -> None:
    assert tags.untold(tags.all_models()) == [], (
        "tag it (Text(personal=...)) or list it in ledger/privacy/tags.py with the reason why not"
    )


def test_nothing_is_listed_that_is_not_there() -> None:
    assert tags.unknown() == []


def test_a_column_without_a_word_is_noticed() -> None:
    diary = Text()
    diary.name = "diary"
    table = SimpleNamespace(__name__="Person", _meta=SimpleNamespace(get_fields=lambda: [diary]))
    assert tags.untold([table]) == ["Person.diary"]
