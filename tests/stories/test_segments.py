"""In which segment is a client, for which reason, and what comes next? Stories of invoices, plans and silence."""

from __future__ import annotations

from tests.stories.story import story


@story
def test_who_is_never_invoiced_is_lost_after_400_days() -> None:
    """
    | client | date       | kind    |
    | Ana    | 2023-01-31 | created |

    | client | day        | segment     | reason         | since      | next | on         |
    | Ana    | 2023-01-31 | no activity | empty          | 2023-01-31 | lost | 2024-03-06 |
    | Ana    | 2024-03-05 | no activity | empty          | 2023-01-31 | lost | 2024-03-06 |
    | Ana    | 2024-03-06 | lost        | never invoiced | 2024-03-06 | -    | -          |
    """


@story
def test_a_plan_keeps_a_client_who_would_be_leaving() -> None:
    """
    A change of reason alone (cooling, then planned) is no transition. The plan's day passes without an invoice.

    | client | date       | kind    | known      |
    | Ana    | 2024-01-31 | invoice |            |
    | Ana    | 2025-04-15 | plan    | 2024-06-01 |

    | client | day        | segment       | reason    | since      | next          | on         |
    | Ana    | 2024-05-31 | active        | invoiced  | 2024-01-31 | sleeping away | 2024-06-01 |
    | Ana    | 2024-09-30 | sleeping away | cooling   | 2024-06-01 | hibernating   | 2024-10-01 |
    | Ana    | 2025-02-04 | hibernating   | cooling   | 2024-10-01 | new           | 2025-03-07 |
    | Ana    | 2025-02-05 | hibernating   | planned   | 2024-10-01 | new           | 2025-03-07 |
    | Ana    | 2025-03-06 | hibernating   | planned   | 2024-10-01 | new           | 2025-03-07 |
    | Ana    | 2025-03-07 | new           | returning | 2025-03-07 | lost          | 2025-04-15 |
    | Ana    | 2025-04-14 | new           | returning | 2025-03-07 | lost          | 2025-04-15 |
    | Ana    | 2025-04-15 | lost          | expired   | 2025-04-15 | -             | -          |
    """


@story
def test_a_plan_of_the_last_minute() -> None:
    """
    | client | date       | kind    | known      |
    | Ana    | 2024-01-31 | invoice |            |
    | Ana    | 2025-02-28 | plan    | 2025-02-10 |

    | client | day        | segment     | reason  | since      | next        | on         |
    | Ana    | 2025-02-09 | leaving     | leaving | 2025-02-05 | lost        | 2025-03-07 |
    | Ana    | 2025-02-10 | hibernating | planned | 2025-02-10 | leaving     | 2025-02-28 |
    | Ana    | 2025-02-28 | leaving     | leaving | 2025-02-28 | lost        | 2025-03-07 |
    """


@story
def test_a_plan_makes_a_client_new() -> None:
    """
    | client | date       | kind    | known      |
    | Ana    | 2023-01-31 | created |            |
    | Ana    | 2024-05-31 | plan    | 2024-04-01 |
    | Bea    | 2023-01-31 | invoice |            |
    | Bea    | 2024-05-31 | plan    | 2024-04-01 |

    | client | day        | segment | reason         | since      | next | on         |
    | Ana    | 2024-03-31 | lost    | never invoiced | 2024-03-06 | -    | -          |
    | Ana    | 2024-04-01 | new     | first          | 2024-04-01 | lost | 2024-05-31 |
    | Ana    | 2024-05-31 | lost    | never invoiced | 2024-05-31 | -    | -          |
    | Bea    | 2024-03-31 | lost    | expired        | 2024-03-07 | -    | -          |
    | Bea    | 2024-04-01 | new     | returning      | 2024-04-01 | lost | 2024-05-31 |
    """


@story
def test_a_plan_beyond_twelve_months_is_not_coming_yet() -> None:
    """
    | client | date       | kind    | known      |
    | Ana    | 2024-01-01 | created |            |
    | Ana    | 2025-06-30 | plan    | 2024-01-01 |
    | Bea    | 2023-01-15 | created |            |
    | Bea    | 2024-02-29 | plan    | 2023-01-15 |

    | client | day        | segment     | reason | next | on         |
    | Ana    | 2024-06-29 | no activity | empty  | new  | 2024-06-30 |
    | Ana    | 2024-06-30 | new         | first  | lost | 2025-06-30 |
    | Bea    | 2023-02-28 | no activity | empty  | new  | 2023-03-01 |
    | Bea    | 2023-03-01 | new         | first  | lost | 2024-02-29 |
    """


@story
def test_a_dropped_or_worthless_plan_counts_for_nothing() -> None:
    """
    | client | date       | kind    | amount | known      | void       |
    | Ana    | 2024-01-01 | created |        |            |            |
    | Ana    | 2024-06-30 | plan    | 100    | 2024-01-10 | 2024-02-10 |
    | Bea    | 2024-01-01 | created |        |            |            |
    | Bea    | 2024-06-30 | plan    | 0      | 2024-01-10 |            |

    | client | day        | segment     | reason | next        | on         |
    | Ana    | 2024-01-10 | new         | first  | no activity | 2024-06-30 |
    | Ana    | 2024-02-09 | new         | first  | no activity | 2024-06-30 |
    | Ana    | 2024-02-10 | no activity | empty  | lost        | 2025-02-04 |
    | Bea    | 2024-01-10 | no activity | empty  | lost        | 2025-02-04 |
    """


@story
def test_an_invoice_dated_ahead_is_coming_until_its_day() -> None:
    """
    Known since February for Ana; nobody says since when for Bea, so before its day it is not seen at all.

    | client | date       | kind    | known      |
    | Ana    | 2024-01-01 | created |            |
    | Ana    | 2024-06-30 | invoice | 2024-02-10 |
    | Bea    | 2024-01-01 | created |            |
    | Bea    | 2024-06-30 | invoice |            |

    | client | day        | segment     | reason   | next          | on         |
    | Ana    | 2024-02-09 | no activity | empty    | lost          | 2025-02-04 |
    | Ana    | 2024-02-10 | new         | first    | active        | 2024-06-30 |
    | Ana    | 2024-06-30 | active      | invoiced | sleeping away | 2024-10-31 |
    | Bea    | 2024-06-29 | no activity | empty    | lost          | 2025-02-04 |
    | Bea    | 2024-06-30 | active      | invoiced | sleeping away | 2024-10-31 |
    """


@story
def test_what_is_coming_knows_only_what_was_known() -> None:
    """
    | client | date       | kind    | known      |
    | Ana    | 2024-01-31 | invoice |            |
    | Ana    | 2024-05-31 | invoice |            |
    | Ana    | 2025-06-15 | plan    | 2024-07-01 |

    | client | day        | segment | reason   | since      | next          | on         |
    | Ana    | 2024-05-30 | active  | invoiced | 2024-01-31 | sleeping away | 2024-06-01 |
    | Ana    | 2024-05-31 | active  | invoiced | 2024-01-31 | sleeping away | 2024-10-01 |
    """


@story
def test_with_a_cold_boundary_the_day_itself_is_colder() -> None:
    """
    Policy: kopilot boundary=cold

    | client | date       | kind    |
    | Ana    | 2024-01-31 | invoice |
    | Bea    | 2023-01-31 | created |

    | client | day        | segment       | reason         | next          | on         |
    | Ana    | 2024-05-30 | active        | invoiced       | sleeping away | 2024-05-31 |
    | Ana    | 2024-05-31 | sleeping away | cooling        | hibernating   | 2024-09-30 |
    | Ana    | 2024-09-30 | hibernating   | cooling        | leaving       | 2025-02-04 |
    | Ana    | 2025-02-03 | hibernating   | cooling        | leaving       | 2025-02-04 |
    | Ana    | 2025-02-04 | leaving       | leaving        | lost          | 2025-03-06 |
    | Ana    | 2025-03-05 | leaving       | leaving        | lost          | 2025-03-06 |
    | Ana    | 2025-03-06 | lost          | expired        | -             | -          |
    | Bea    | 2024-03-05 | no activity   | empty          | lost          | 2024-03-06 |
    | Bea    | 2024-03-06 | lost          | never invoiced | -             | -          |
    """


@story
def test_other_numbers_other_days() -> None:
    """
    Policy: kopilot active_months=6 sleeping_months=12 lifespan_days=730 notice_days=60

    | client | date       | kind    |
    | Ana    | 2023-08-31 | invoice |

    | client | day        | segment       | reason   | next          | on         |
    | Ana    | 2024-02-29 | active        | invoiced | sleeping away | 2024-03-01 |
    | Ana    | 2024-08-31 | sleeping away | cooling  | hibernating   | 2024-09-01 |
    | Ana    | 2025-07-01 | hibernating   | cooling  | leaving       | 2025-07-02 |
    | Ana    | 2025-08-30 | leaving       | leaving  | lost          | 2025-08-31 |
    | Ana    | 2025-08-31 | lost          | expired  | -             | -          |
    """
