"""What is left when a process dies at any moment? Work, a kill, a check; and for each a known-bad twin that must fail.

`python -m tests.chaos --help`. A new kind of work is a class like those in `works.py` and a line in `WORKS`.
"""

import tests.ledgers  # noqa: F401 - sets Django up before any model is imported
