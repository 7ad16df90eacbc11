"""Which documents count on a day, and from when is somebody a client? Stories of invoices, credit notes and voids."""

from __future__ import annotations

from tests.stories.story import story


@story
def test_void_and_empty_documents_are_no_business() -> None:
    """
    | client | date       | kind    | amount |
    | Ana    | 2024-01-01 | created |        |
    | Ana    | 2024-02-10 | void    | 100    |
    | Ana    | 2024-02-11 | invoice | 0      |

    | client | day        | segment     | reason |
    | Ana    | 2023-12-31 | -           | -      |
    | Ana    | 2024-01-01 | no activity | empty  |
    | Ana    | 2024-03-01 | no activity | empty  |
    """


@story
def test_a_void_document_alone_makes_nobody_a_client() -> None:
    """
    | client | date       | kind | void       |
    | Ana    | 2024-02-10 | void |            |
    | Bea    | 2024-02-10 | void | 2024-02-12 |

    | client | day        | segment     | reason   |
    | Ana    | 2024-03-01 | -           | -        |
    | Bea    | 2024-02-11 | active      | invoiced |
    | Bea    | 2024-03-01 | no activity | empty    |
    """


@story
def test_an_invoice_voided_later_counts_on_the_days_before() -> None:
    """
    Nobody knew of the voiding before, so the change ahead is the ordinary one.

    | client | date       | kind | void       |
    | Ana    | 2024-01-31 | void | 2024-03-10 |

    | client | day        | segment     | reason   | since      | next          | on         |
    | Ana    | 2024-03-09 | active      | invoiced | 2024-01-31 | sleeping away | 2024-06-01 |
    | Ana    | 2024-03-10 | no activity | empty    | 2024-03-10 | lost          | 2025-03-06 |
    """


@story
def test_a_full_credit_note_takes_the_invoice_away_from_its_date_on() -> None:
    """
    | client | date       | kind        | amount | id | credits |
    | Ana    | 2024-01-31 | invoice     | 100    | A1 |         |
    | Ana    | 2024-05-15 | invoice     | 100    | A2 |         |
    | Ana    | 2024-06-20 | credit note | -100   | C1 | A2      |

    | client | day        | segment       | reason   | since      |
    | Ana    | 2024-06-19 | active        | invoiced | 2024-01-31 |
    | Ana    | 2024-06-20 | sleeping away | cooling  | 2024-06-20 |
    """


@story
def test_partial_credit_notes_add_up() -> None:
    """
    | client | date       | kind        | amount   | id | credits |
    | Ana    | 2024-01-31 | invoice     | 100      | A1 |         |
    | Ana    | 2024-02-10 | credit note | -60      | C1 | A1      |
    | Ana    | 2024-03-10 | credit note | -40      | C2 | A1      |
    | Bea    | 2024-01-31 | invoice     | 100      | B1 |         |
    | Bea    | 2024-02-10 | credit note | -99.9999 | C3 | B1      |

    | client | day        | segment     | reason   |
    | Ana    | 2024-02-10 | active      | invoiced |
    | Ana    | 2024-03-09 | active      | invoiced |
    | Ana    | 2024-03-10 | no activity | empty    |
    | Bea    | 2024-03-10 | active      | invoiced |
    """


@story
def test_a_credit_note_dated_before_its_invoice_acts_from_the_beginning() -> None:
    """
    | client | date       | kind        | amount | id | credits |
    | Ana    | 2024-02-29 | invoice     | 100    | A1 |         |
    | Ana    | 2024-02-20 | credit note | -100   | C1 | A1      |

    | client | day        | segment     | reason |
    | Ana    | 2024-02-28 | -           | -      |
    | Ana    | 2024-02-29 | no activity | empty  |
    """


@story
def test_a_credit_note_acts_from_its_date_even_when_it_was_entered_later() -> None:
    """
    | client | date       | kind        | amount | id | credits | known      |
    | Ana    | 2024-01-31 | invoice     | 100    | A1 |         |            |
    | Ana    | 2024-02-20 | credit note | -100   | C1 | A1      | 2024-04-01 |

    | client | day        | segment     | reason   |
    | Ana    | 2024-02-19 | active      | invoiced |
    | Ana    | 2024-02-20 | no activity | empty    |
    """


@story
def test_credit_notes_that_take_nothing_away() -> None:
    """
    Unlinked, in another currency, of another client, only planned, void, or with a positive amount.

    | client | date       | kind        | amount | id | credits | currency |
    | Ana    | 2024-01-31 | invoice     | 100    | A1 |         | EUR      |
    | Ana    | 2024-02-10 | credit note | -100   | C1 |         | EUR      |
    | Bea    | 2024-01-31 | invoice     | 100    | B1 |         | EUR      |
    | Bea    | 2024-02-10 | credit note | -100   | C2 | B1      | USD      |
    | Cai    | 2024-01-31 | invoice     | 100    | G1 |         | EUR      |
    | Ana    | 2024-02-10 | credit note | -100   | C3 | G1      | EUR      |
    | Dan    | 2024-01-31 | invoice     | 100    | D1 |         | EUR      |
    | Dan    | 2024-02-10 | plan        | -100   | C4 | D1      | EUR      |
    | Eva    | 2024-01-31 | invoice     | 100    | E1 |         | EUR      |
    | Eva    | 2024-02-10 | void        | -100   | C5 | E1      | EUR      |
    | Flo    | 2024-01-31 | invoice     | 100    | F1 |         | EUR      |
    | Flo    | 2024-02-10 | credit note | 100    | C6 | F1      | EUR      |

    | client | day        | segment | reason   |
    | Ana    | 2024-03-01 | active  | invoiced |
    | Bea    | 2024-03-01 | active  | invoiced |
    | Cai    | 2024-03-01 | active  | invoiced |
    | Dan    | 2024-03-01 | active  | invoiced |
    | Eva    | 2024-03-01 | active  | invoiced |
    | Flo    | 2024-03-01 | active  | invoiced |
    """


@story
def test_a_credit_note_voided_later_gives_the_invoice_back() -> None:
    """
    | client | date       | kind        | amount | id | credits | void       |
    | Ana    | 2024-01-31 | invoice     | 100    | A1 |         |            |
    | Ana    | 2024-02-10 | credit note | -100   | C1 | A1      | 2024-03-10 |

    | client | day        | segment     | reason   | next          | on         |
    | Ana    | 2024-03-09 | no activity | empty    | lost          | 2025-03-06 |
    | Ana    | 2024-03-10 | active      | invoiced | sleeping away | 2024-06-01 |
    """


@story
def test_a_negative_invoice_is_a_credit_note() -> None:
    """
    | client | date       | kind    | amount | id | credits |
    | Ana    | 2024-01-31 | invoice | 100    | A1 |         |
    | Ana    | 2024-02-10 | invoice | -100   | C1 | A1      |
    | Bea    | 2024-02-10 | invoice | -100   | C2 |         |

    | client | day        | segment     | reason   |
    | Ana    | 2024-02-09 | active      | invoiced |
    | Ana    | 2024-02-10 | no activity | empty    |
    | Bea    | 2024-02-10 | -           | -        |
    """


@story
def test_an_invoice_entered_late_counts_from_its_date() -> None:
    """
    | client | date       | kind    | known      |
    | Ana    | 2024-01-31 | invoice | 2024-03-15 |

    | client | day        | segment | reason   |
    | Ana    | 2024-01-30 | -       | -        |
    | Ana    | 2024-01-31 | active  | invoiced |
    """


@story
def test_from_when_somebody_is_a_client() -> None:
    """
    Created, invoiced or announced, whichever is first; a plan of unknown age, a credit note or a mark is not enough.

    | client | date       | kind        | amount | known      |
    | Ana    | 2024-03-01 | created     |        |            |
    | Ana    | 2024-02-29 | invoice     |        |            |
    | Bea    | 2024-06-30 | invoice     |        | 2024-02-10 |
    | Cai    | 2026-06-30 | plan        |        | 2024-02-10 |
    | Dan    | 2024-06-30 | plan        |        |            |
    | Eva    | 2024-02-10 | credit note | -100   | 2024-02-10 |
    | Flo    | 2024-02-10 | lost        |        |            |
    | Flo    | 2024-04-01 | created     |        |            |
    | -      | 2024-02-10 | invoice     |        |            |

    | client | day        | segment     | reason   |
    | Ana    | 2024-02-28 | -           | -        |
    | Ana    | 2024-02-29 | active      | invoiced |
    | Bea    | 2024-02-09 | -           | -        |
    | Bea    | 2024-02-10 | new         | first    |
    | Cai    | 2024-02-09 | -           | -        |
    | Cai    | 2024-02-10 | no activity | empty    |
    | Dan    | 2024-06-29 | -           | -        |
    | Eva    | 2024-06-29 | -           | -        |
    | Flo    | 2024-03-31 | -           | -        |
    | Flo    | 2024-04-01 | lost        | marked   |
    """
