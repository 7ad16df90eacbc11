"""Every policy that is refused, with its whole message: where, what was found, how to write it."""

from __future__ import annotations

import pytest

from cartera.errors import CarteraError
from cartera.portfolio.policy import Policy, read_policy

EXAMPLE = "A working example: active_months = 4, sleeping_months = 8, lifespan_days = 400, notice_days = 30."
NUMBERS = (
    "active_months, sleeping_months, lifespan_days, notice_days, horizon_months, no_activity_days, boundary,"
    " fiscal_year_start"
)
REFUSED = [
    (
        'policy = "kopilo"',
        'p.toml, line 1: policy is \'kopilo\'. It is "kopilot" or "salescope": policy = "kopilot"',
    ),
    (
        "activ_months = 3",
        f"p.toml, line 1: activ_months is no number of policy kopilot. Did you mean 'active_months'? Valid: {NUMBERS}.",
    ),
    (
        "\nactive_months = 9",
        "p.toml, line 2: active (9 months) < sleeping (8 months, up to 245 days) < lifespan - notice"
        f" (400 - 30 = 370 days) does not hold. {EXAMPLE}",
    ),
    (
        "sleeping_months = 13",
        "p.toml, line 1: active (4 months) < sleeping (13 months, up to 397 days) < lifespan - notice"
        f" (400 - 30 = 370 days) does not hold. {EXAMPLE}",
    ),
    ("notice = 0", f"p.toml, line 1: notice_days is 0. It is a whole number of at least 1. {EXAMPLE}"),
    ('active = "4"', f"p.toml, line 1: active_months is '4'. It is a whole number of at least 1. {EXAMPLE}"),
    (
        "active = 5\nactive_months = 4",
        "p.toml, line 1: active_months is said twice: 4, and 5 as active."
        " active is short for active_months: write one of them.",
    ),
    (
        "lifespan_days = 365\ngrace_days = 40\nlifespan = 300",
        "p.toml, line 1: lifespan_days is said twice: 365, and 300 as lifespan."
        " lifespan is short for lifespan_days: write one of them.",
    ),
    ('boundary = "hot"', 'p.toml, line 1: boundary is \'hot\'. It is "warm" or "cold".'),
    (
        "fiscal_year_start = 13",
        "p.toml, line 1: fiscal_year_start is 13. It is a month, 1 to 12: fiscal_year_start = 4 for a year that begins"
        " on 1 April.",
    ),
    (
        'policy = "salescope"\nfiscal_year_start = "April"',
        "p.toml, line 2: fiscal_year_start is 'April'. It is a month, 1 to 12: fiscal_year_start = 4 for a year that"
        " begins on 1 April.",
    ),
    (
        'policy = "salescope"\ninactive_months = 6',
        "p.toml, line 2: 0 < alert (6 months) < inactive (6 months) does not hold."
        " A working example: inactive_months = 18, alert_months = 6.",
    ),
    (
        "active_months: 4",
        "p.toml: not a TOML text: Expected '=' after a key in a key/value pair (at line 1, column 14)."
        " Write one number a line: active_months = 5",
    ),
    (
        'grace_days = "35"',
        "p.toml, line 1: grace_days is '35'. Write whole days: lifespan_days = 365, grace_days = 35.",
    ),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_a_policy_file_is_refused_with_line_value_and_fix(text: str, message: str) -> None:
    with pytest.raises(CarteraError) as caught:
        read_policy(text, "p.toml")
    assert str(caught.value) == message
    assert caught.value.exit_status == 2


@pytest.mark.parametrize(
    ("text", "policy"),
    [
        ("", Policy.kopilot()),
        ("active = 5\nsleeping_months = 9", Policy.kopilot(active_months=5, sleeping_months=9)),
        ("lifespan_days = 365\ngrace_days = 40", Policy.kopilot(lifespan_days=405)),
        ('policy = "salescope"\ninactive = 12\nalert = 6', Policy.salescope(inactive_months=12, alert_months=6)),
    ],
)
def test_numbers_may_be_written_with_or_without_their_unit(text: str, policy: object) -> None:
    assert read_policy(text, "p.toml") == policy


def test_the_windows_are_compared_for_every_possible_start_date() -> None:
    # 12 months are 365 or 366 days: with 366 left for them there is a start date on which hibernating is empty.
    with pytest.raises(CarteraError):
        Policy.kopilot(sleeping_months=12, lifespan_days=396)
    assert Policy.kopilot(sleeping_months=12, lifespan_days=397).lifespan_days == 397
