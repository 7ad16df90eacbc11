"""What is said of a filter behind a number that says nothing, and of another word about plans?"""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from cartera.app.restrict import restricted
from cartera.app.scope import EVERYTHING
from cartera.app.show import Ask, show, view_called
from cartera.app.sources import Opened
from cartera.engine import open_facts
from cartera.errors import CarteraError
from cartera.facts.tables import Facts
from cartera.portfolio.policy import Policy
from cartera.views.view import Query

DAY = date(2026, 3, 31)
POLICY = Policy.kopilot()


def opened() -> Facts:
    return open_facts(Facts(invoices=pa.table({"client_id": ["a"], "issued_on": ["2026-03-01"], "amount": ["100"]})))


@pytest.mark.parametrize(
    ("where", "says"),
    [
        ("funnel=x", "funnel is 'x'. It takes purchase dates of the last 365 days, 0 to 12; + adds more."),
        ("funnel=13", "A working example: funnel=3+."),
        ("began=20", "began is '20'. It takes a day, month, quarter or year"),
        ("bought=2026-13", "bought is '2026-13'."),
        ("top=0", "top is '0'. It takes how many of the greatest"),
        ("bridge=won", "bridge is 'won'. It takes lost, new, returned"),
        ("bridge=new since May", "bridge is 'new since May'."),
        ("planned=soon", "planned is 'soon'. It takes all, none, or days"),
        ("r_score=6", "r_score is '6'. It takes a score from 1 to 5"),
        ("segment@May=active", "'May' in 'segment@May' is no day. Write the day as in segment@2026-02-28=active."),
        ("segment@2026-01-01=activ", "unknown segment 'activ'. Did you mean 'active'?"),
        ("fate@2026-01-01=gone", "unknown fate 'gone'."),
        ("segmnt@2026-01-01=active", "unknown column 'segmnt'. Did you mean 'segment'?"),
    ],
)
def test_a_filter_that_says_nothing_is_refused_with_an_example(where: str, says: str) -> None:
    name, _, value = where.partition("=")
    with pytest.raises(CarteraError) as refused:
        restricted(opened(), Query(DAY, POLICY, where=((name, value),)), view_called("clients"))
    assert says in str(refused.value)


def test_another_word_about_plans_is_refused() -> None:
    with pytest.raises(CarteraError, match="unknown planned 'no'"):
        show(
            EVERYTHING, Opened("few", opened()), view_called("ahead"), Ask(POLICY, None, DAY, options={"planned": "no"})
        )
