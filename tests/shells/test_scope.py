"""What a scope holds back: clients that may not be seen, and verbs that are not allowed."""

from __future__ import annotations

from datetime import date

import pytest

from cartera.app.policies import policy
from cartera.app.scope import EVERYTHING, Scope
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import open_source
from cartera.errors import CarteraError

DAY = date(2026, 3, 31)


def seen(scope: Scope) -> set[str]:
    source = open_source(scope, "demo", day=DAY)
    answer = show(scope, source, view_called("activity"), Ask(policy("kopilot")))
    return set(answer.rows.column("client_id").to_pylist())


def test_only_the_clients_of_the_scope_are_seen_and_counted():
    everybody = seen(EVERYTHING)
    two = frozenset(sorted(everybody)[:2])
    assert seen(Scope(clients=two)) == two
    assert seen(Scope(clients=frozenset())) == set()


def test_a_verb_that_is_not_allowed_is_refused():
    with pytest.raises(CarteraError) as problem:
        seen(Scope(may=frozenset({"export"})))
    assert str(problem.value) == "'show' is not allowed here. Ask the owner of the workspace."
