"""When does a person's statement hold, and what lifts it? Stories of lost, cancelled and reactivated."""

from __future__ import annotations

from tests.stories.story import story


@story
def test_a_mark_holds_until_an_invoice_after_it() -> None:
    """
    An invoice on the very day of the mark does not lift it.

    | client | date       | kind    |
    | Ana    | 2024-01-31 | invoice |
    | Ana    | 2024-03-10 | lost    |
    | Ana    | 2024-03-10 | invoice |
    | Ana    | 2024-05-02 | invoice |

    | client | day        | segment | reason   | since      | next          | on         |
    | Ana    | 2024-03-09 | active  | invoiced | 2024-01-31 | sleeping away | 2024-06-01 |
    | Ana    | 2024-03-10 | lost    | marked   | 2024-03-10 | -             | -          |
    | Ana    | 2024-05-01 | lost    | marked   | 2024-03-10 | -             | -          |
    | Ana    | 2024-05-02 | active  | invoiced | 2024-05-02 | sleeping away | 2024-09-03 |
    """


@story
def test_a_plan_known_after_the_mark_lifts_it_while_it_is_coming() -> None:
    """
    Ana's day passes without an invoice, Bea's plan is dropped: the older mark holds again.

    | client | date       | kind    | known      | void       |
    | Ana    | 2024-01-31 | invoice |            |            |
    | Ana    | 2024-12-01 | lost    |            |            |
    | Ana    | 2025-06-30 | plan    | 2025-01-10 |            |
    | Bea    | 2024-01-31 | invoice |            |            |
    | Bea    | 2024-12-01 | lost    |            |            |
    | Bea    | 2025-06-30 | plan    | 2025-01-10 | 2025-02-01 |

    | client | day        | segment     | reason    | since      | next | on         |
    | Ana    | 2025-01-09 | lost        | marked    | 2024-12-01 | -    | -          |
    | Ana    | 2025-01-10 | hibernating | cooling   | 2025-01-10 | new  | 2025-03-07 |
    | Ana    | 2025-02-05 | hibernating | planned   | 2025-01-10 | new  | 2025-03-07 |
    | Ana    | 2025-03-07 | new         | returning | 2025-03-07 | lost | 2025-06-30 |
    | Ana    | 2025-06-30 | lost        | marked    | 2025-06-30 | -    | -          |
    | Bea    | 2025-01-31 | hibernating | cooling   | 2025-01-10 | new  | 2025-03-07 |
    | Bea    | 2025-02-01 | lost        | marked    | 2025-02-01 | -    | -          |
    """


@story
def test_what_was_planned_before_the_mark_does_not_lift_it() -> None:
    """
    Known before it, on its very day, or nobody says since when.

    | client | date       | kind    | known      |
    | Ana    | 2024-01-31 | invoice |            |
    | Ana    | 2024-06-30 | plan    | 2024-03-09 |
    | Ana    | 2024-03-10 | lost    |            |
    | Bea    | 2024-01-31 | invoice |            |
    | Bea    | 2024-06-30 | plan    | 2024-03-10 |
    | Bea    | 2024-03-10 | lost    |            |
    | Cai    | 2024-01-31 | invoice |            |
    | Cai    | 2024-06-30 | plan    |            |
    | Cai    | 2024-03-10 | lost    |            |

    | client | day        | segment | reason |
    | Ana    | 2024-03-10 | lost    | marked |
    | Bea    | 2024-03-11 | lost    | marked |
    | Cai    | 2024-03-11 | lost    | marked |
    """


@story
def test_a_far_plan_lifts_a_mark_when_it_comes_within_twelve_months() -> None:
    """
    | client | date       | kind    | known      |
    | Ana    | 2023-01-31 | invoice |            |
    | Ana    | 2023-03-10 | lost    |            |
    | Ana    | 2025-06-30 | plan    | 2024-01-15 |

    | client | day        | segment | reason    | next | on         |
    | Ana    | 2024-06-29 | lost    | marked    | new  | 2024-06-30 |
    | Ana    | 2024-06-30 | new     | returning | lost | 2025-06-30 |
    """


@story
def test_an_invoice_dated_ahead_lifts_a_mark_from_the_day_it_is_known() -> None:
    """
    | client | date       | kind    | known      |
    | Ana    | 2024-01-31 | invoice |            |
    | Ana    | 2024-03-10 | lost    |            |
    | Ana    | 2024-06-30 | invoice | 2024-04-01 |

    | client | day        | segment       | reason   | next          | on         |
    | Ana    | 2024-03-31 | lost          | marked   | -             | -          |
    | Ana    | 2024-04-01 | active        | invoiced | sleeping away | 2024-06-01 |
    | Ana    | 2024-06-01 | sleeping away | cooling  | active        | 2024-06-30 |
    | Ana    | 2024-06-30 | active        | invoiced | sleeping away | 2024-10-31 |
    """


@story
def test_when_the_lifting_invoice_is_credited_the_mark_holds_again() -> None:
    """
    | client | date       | kind        | amount | id | credits |
    | Ana    | 2024-01-31 | invoice     | 100    | A1 |         |
    | Ana    | 2024-03-10 | lost        |        |    |         |
    | Ana    | 2024-04-02 | invoice     | 100    | A2 |         |
    | Ana    | 2024-04-20 | credit note | -100   | C1 | A2      |

    | client | day        | segment | reason   | next          | on         |
    | Ana    | 2024-04-19 | active  | invoiced | sleeping away | 2024-08-03 |
    | Ana    | 2024-04-20 | lost    | marked   | -             | -          |
    """


@story
def test_reactivated_takes_back_and_time_goes_on() -> None:
    """
    | client | date       | kind        |
    | Ana    | 2024-01-31 | invoice     |
    | Ana    | 2024-03-10 | lost        |
    | Ana    | 2024-06-20 | reactivated |
    | Bea    | 2023-01-31 | invoice     |
    | Bea    | 2023-03-10 | lost        |
    | Bea    | 2024-06-20 | reactivated |

    | client | day        | segment       | reason  | since      | next        | on         |
    | Ana    | 2024-06-19 | lost          | marked  | 2024-03-10 | -           | -          |
    | Ana    | 2024-06-20 | sleeping away | cooling | 2024-06-20 | hibernating | 2024-10-01 |
    | Bea    | 2024-06-19 | lost          | marked  | 2023-03-10 | -           | -          |
    | Bea    | 2024-06-20 | lost          | expired | 2023-03-10 | -           | -          |
    """


@story
def test_the_latest_of_several_marks_speaks() -> None:
    """
    On one day the latest recorded does; one without a moment is the oldest; at a draw cancelled, then lost.

    | client | date       | kind        | recorded            |
    | Ana    | 2024-01-01 | created     |                     |
    | Ana    | 2024-03-10 | cancelled   |                     |
    | Ana    | 2024-04-10 | lost        |                     |
    | Bea    | 2024-01-01 | created     |                     |
    | Bea    | 2024-03-10 | cancelled   | 2024-03-10 09:00:00 |
    | Bea    | 2024-03-10 | reactivated | 2024-03-10 10:00:00 |
    | Cai    | 2024-01-01 | created     |                     |
    | Cai    | 2024-03-10 | lost        | 2024-03-10 09:00:00 |
    | Cai    | 2024-03-10 | cancelled   |                     |
    | Dan    | 2024-01-01 | created     |                     |
    | Dan    | 2024-03-10 | reactivated |                     |
    | Dan    | 2024-03-10 | lost        |                     |
    | Dan    | 2024-03-10 | cancelled   |                     |
    | Eva    | 2024-01-01 | created     |                     |
    | Eva    | 2024-03-10 | reactivated | 2024-03-10 09:00:00 |
    | Eva    | 2024-03-10 | lost        | 2024-03-10 09:00:00 |

    | client | day        | segment     | reason |
    | Ana    | 2024-04-09 | cancelled   | marked |
    | Ana    | 2024-04-10 | lost        | marked |
    | Bea    | 2024-03-10 | no activity | empty  |
    | Cai    | 2024-03-10 | lost        | marked |
    | Dan    | 2024-03-10 | cancelled   | marked |
    | Eva    | 2024-03-10 | lost        | marked |
    """


@story
def test_a_mark_holds_from_its_date_even_when_it_was_recorded_later() -> None:
    """
    | client | date       | kind      | recorded            |
    | Ana    | 2024-01-01 | created   |                     |
    | Ana    | 2024-03-10 | cancelled | 2024-05-01 09:00:00 |

    | client | day        | segment     | reason | since      | next | on         |
    | Ana    | 2024-03-09 | no activity | empty  | 2024-01-01 | lost | 2025-02-04 |
    | Ana    | 2024-03-10 | cancelled   | marked | 2024-03-10 | -    | -          |
    """
