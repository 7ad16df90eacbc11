"""What a decision that cannot be made is told: every message whole, its exit status, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.shells.shell import cartera
from tests.workspace.decisions.conftest import office

if TYPE_CHECKING:
    from tests.workspace.decisions.deciding import Desk

__all__ = ["office"]  # the workspace of these commands

REFUSED = [
    ("note Acme 't\udcffa'", "'t?a' holds bytes that are no text. Write it in UTF-8."),
    ("plan Acne 2026-05-01 5", "there is no client 'Acne' in this workspace. Did you mean 'Acme' (acme)?"),
    (
        "plan Acme",
        "CLIENT DAY AMOUNT was expected, and 1 word found: 'Acme'. For example cartera plan Acme 2026-05-01 1200.",
    ),
    ("plan Acme 2026-02-30 5", "DAY: '2026-02-30' is not a day. Write year-month-day: 2026-03-31."),
    (
        "plan Acme 2026-03-30 5",
        "2026-03-30 is over, and a plan counts until its day comes. Give a day after 2026-03-31; what is invoiced"
        " already is imported.",
    ),
    (
        "plan Acme 2026-03-31 5",
        "2026-03-31 is today, and a plan counts until its day comes. Give a day after 2026-03-31; what is invoiced"
        " already is imported.",
    ),
    ("plan Acme 2026-05-01 much", "'much' is no amount. For example 1200 or 1200.50."),
    ("plan Acme 2026-05-01 0", "'0' is not above zero. A plan is for an invoice. For example 1200 or 1200.50."),
    ("plan Acme 2026-05-01 -5", "'-5' is not above zero. A plan is for an invoice. For example 1200 or 1200.50."),
    ("plan Acme 2026-05-01 1.200", "'1.200' may be 1.200 or 1200. Write it plainly. For example 1200 or 1200.50."),
    ("plan Acme 2026-05-01 1.23456", "'1.23456' has more than 4 decimals. For example 1200 or 1200.50."),
    (
        "plan Acme 2026-05-01 5 --currency EURO",
        "--currency: unknown currency 'EURO'. Did you mean EUR? Write a code such as EUR or USD.",
    ),
    (
        "plan Acme 2026-05-01 5 --every month",
        "a series needs --every and --times. For example --every month --times 12.",
    ),
    (
        "plan Acme 2026-05-01 5 --every week --times 2",
        "--every: unknown period 'week'. Valid: month, quarter, year.",
    ),
    ("plan Acme 2026-05-01 5 --every month --times 0", "--times: 0 is no number of plans. Give 1 to 120."),
    ("plan Acme --like last-yaer", "--like: unknown likeness 'last-yaer'. Did you mean 'last-year'? Valid: last-year."),
    (
        "plan Acme --like last-year --every month --times 3",
        "--like last-year brings its own days. Leave --every and --times out.",
    ),
    (
        "plan Acme --like last-year",
        "nothing was invoiced to Acme in the last twelve months. Give a day and an amount instead.",
    ),
    ("plan move plan-7 2026-05-01", "there is no plan 'plan-7'. Did you mean 'plan-2'? List them: cartera plans."),
    ("plan move plan-2 2026-04-10", "plan-2 is planned for 2026-04-10 already. Give another day, or leave it."),
    ("plan drop plan-3", "plan-3 was dropped on 2026-03-31. To open it again: cartera undo 4."),
    ("plan move plan-5 2026-05-01", "plan-5 was kept by invoice i6. Plan anew instead."),
    ("plan drop d1", "d1 was planned in file, not here. Change it there and import it again."),
    ("plan match plan-2 i7", "there is no issued invoice 'i7'. Did you mean 'i2'?"),
    ("plan match plan-2 i6", "invoice i6 keeps another plan already. Undo that match first."),
    ("plan match plan-2 i1", "invoice i1 is of another client than plan-2. Match it with its own."),
    ("mark Acme loost", "unknown mark 'loost'. Did you mean 'lost'? Valid: cancelled, lost, reactivated."),
    (
        "mark Acme lost --reason prise",
        "--reason: unknown reason 'prise'. Did you mean 'price'? Valid: price, competitor, closed, moved, need_gone,"
        " dissatisfied, unreachable, other. Say more with --note.",
    ),
    (
        "mark Acme cancelled",
        "Acme was invoiced: mark it lost instead. Cancelled is for clients that never bought: cartera mark acme lost.",
    ),
    (
        "mark Acme reactivated",
        "Acme carries no mark to lift. What is lost by time comes back with an invoice or a plan: cartera plan acme DAY"
        " AMOUNT.",
    ),
    ("mark Acme lost --on 2026-04-01", "--on: 2026-04-01 is still to come. Give 2026-03-31 or an earlier day."),
    (
        "mark Acme lost --review 2026-03-31",
        "--review: 2026-03-31 is no day to come. Give the day on which to look again.",
    ),
    (
        "mark Acme lost --where segment=leaving",
        "MARK was expected beside --where, and 2 words found: 'Acme lost'. For example cartera mark Acme lost --reason"
        " price.",
    ),
    (
        "mark lost --where segment=sleeping_away",
        "no client fits segment=sleeping_away on 2026-03-31. Look at them first: cartera show clients.",
    ),
    (
        "mark cancelled --where segment=leaving",
        "it fits nobody of those asked for. Left out: Acme was invoiced: mark it lost instead.",
    ),
    ("note Acme ' '", "the note is empty. For example cartera note Acme 'asked for a quote'."),
    ("assign Acme", "CLIENT REP was expected, and 1 word found: 'Acme'. For example cartera assign Acme 'Marta Ruiz'."),
    ("assign Zero --nobody", "Zero was assigned to nobody from 2026-03-31 already."),
    ("assign Acme Bo --since 2026-04-01", "--since: 2026-04-01 is still to come. Give 2026-03-31 or an earlier day."),
    ("undo 99", "unknown change '99'. Valid: 1 to 10."),
    ("undo 9", "change 9 is undone already, by 10. To bring it back: cartera undo 10."),
    ("undo twelve", "'twelve' is no number of a change. For example cartera undo 12; cartera audit lists them."),
    ("audit --client Acne", "there is no client 'Acne' in this workspace. Did you mean 'Acme' (acme)?"),
]


def decided(desk: Desk) -> None:
    """Ten changes: plans open, dropped and kept, a draft of the source, a rep taken away, a note taken back."""
    desk.plan("bolt", desk.day.replace(month=4, day=10))
    desk.plan("bolt", desk.day.replace(month=9, day=10))
    desk.drop("plan-3")
    desk.plan("crux", desk.day.replace(month=6, day=10))
    desk.brought(("i6", "crux", desk.day.replace(month=6, day=12), "1200"))
    desk.brought(drafts=(("d1", "crux", desk.day.replace(month=7, day=1), "50"),))
    desk.assign("zero", "")
    desk.note("zero", "called")
    desk.undo(9)


@pytest.mark.thorough
def test_every_refusal_is_told_whole_and_writes_nothing(office: Desk):
    decided(office)
    assert office.changes == 10
    for line, message in REFUSED:
        ended = cartera(line)
        assert (ended.told, ended.out, ended.status) == (f"{message}\n", "", 2), line
        assert office.changes == 10, line


def test_some_refusals_are_told_whole(office: Desk):
    for line, message in REFUSED[:5]:
        assert cartera(line).told == f"{message}\n"
    assert office.changes == 1
