"""Who is new, active, almost inactive, inactive, recovered under the policy of two periods? Purchases alone decide."""

from __future__ import annotations

import pytest
from tests.stories.story import story


@pytest.mark.thorough
@story
def test_one_purchase_then_silence() -> None:
    """
    On the very day of the twelfth and of the eighteenth month the client is colder.

    Policy: salescope

    | client | date       | kind    |
    | Ana    | 2023-11-05 | created |
    | Ana    | 2024-01-31 | invoice |

    | client | day        | segment         | reason         | since      | next            | on         |
    | Ana    | 2023-11-04 | -               | -              | -          | -               | -          |
    | Ana    | 2023-11-05 | prospect        | never invoiced | 2023-11-05 | -               | -          |
    | Ana    | 2024-01-31 | new             | first          | 2024-01-31 | almost inactive | 2025-01-31 |
    | Ana    | 2025-01-30 | new             | first          | 2024-01-31 | almost inactive | 2025-01-31 |
    | Ana    | 2025-01-31 | almost inactive | cooling        | 2025-01-31 | inactive        | 2025-07-31 |
    | Ana    | 2025-07-30 | almost inactive | cooling        | 2025-01-31 | inactive        | 2025-07-31 |
    | Ana    | 2025-07-31 | inactive        | expired        | 2025-07-31 | -               | -          |
    """


@story
def test_new_is_a_recent_first_purchase_then_the_client_is_active() -> None:
    """
    Policy: salescope

    | client | date       | kind    |
    | Ana    | 2024-01-31 | invoice |
    | Ana    | 2024-06-30 | invoice |

    | client | day        | segment         | reason   | since      | next            | on         |
    | Ana    | 2024-06-30 | new             | first    | 2024-01-31 | active          | 2025-01-31 |
    | Ana    | 2025-01-31 | active          | invoiced | 2025-01-31 | almost inactive | 2025-06-30 |
    | Ana    | 2025-06-30 | almost inactive | cooling  | 2025-06-30 | inactive        | 2025-12-30 |
    """


@story
def test_a_purchase_after_eighteen_months_recovers_the_client() -> None:
    """
    On the last day of February for Ana, one day too early for Bea. A further purchase ends the recovery.

    Policy: salescope

    | client | date       | kind    |
    | Ana    | 2022-08-31 | invoice |
    | Ana    | 2024-02-29 | invoice |
    | Ana    | 2024-09-15 | invoice |
    | Bea    | 2022-08-31 | invoice |
    | Bea    | 2024-02-28 | invoice |

    | client | day        | segment         | reason   | since      | next            | on         |
    | Ana    | 2024-02-28 | almost inactive | cooling  | 2023-08-31 | inactive        | 2024-02-29 |
    | Ana    | 2024-02-29 | recovered       | returned | 2024-02-29 | almost inactive | 2025-02-28 |
    | Ana    | 2024-09-14 | recovered       | returned | 2024-02-29 | almost inactive | 2025-02-28 |
    | Ana    | 2024-09-15 | active          | invoiced | 2024-09-15 | almost inactive | 2025-09-15 |
    | Bea    | 2024-02-28 | active          | invoiced | 2024-02-28 | almost inactive | 2025-02-28 |
    """


@story
def test_two_invoices_of_one_day_are_one_purchase() -> None:
    """
    Policy: salescope inactive_months=12 alert_months=6

    | client | date       | kind    |
    | Ana    | 2022-08-31 | invoice |
    | Ana    | 2023-08-31 | invoice |
    | Ana    | 2023-08-31 | invoice |

    | client | day        | segment         | reason   | next            | on         |
    | Ana    | 2023-08-30 | almost inactive | cooling  | inactive        | 2023-08-31 |
    | Ana    | 2023-08-31 | recovered       | returned | almost inactive | 2024-02-29 |
    """


@story
def test_plans_and_marks_do_not_matter_and_credited_purchases_never_were() -> None:
    """
    Policy: salescope inactive_months=12 alert_months=6

    | client | date       | kind        | amount | id | credits | known      |
    | Ana    | 2024-01-31 | invoice     | 100    | A1 |         |            |
    | Ana    | 2024-02-10 | lost        |        |    |         |            |
    | Ana    | 2025-03-31 | plan        | 100    | A2 |         | 2024-02-10 |
    | Bea    | 2024-01-31 | invoice     | 100    | B1 |         |            |
    | Bea    | 2024-02-10 | credit note | -100   | C1 | B1      |            |

    | client | day        | segment  | reason         |
    | Ana    | 2024-07-30 | new      | first          |
    | Ana    | 2025-01-31 | inactive | expired        |
    | Bea    | 2024-02-09 | new      | first          |
    | Bea    | 2024-02-10 | prospect | never invoiced |
    """
