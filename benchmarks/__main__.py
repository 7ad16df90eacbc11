"""Which ratios does this machine give? All measurements in one run; `make bench`, or `python -m benchmarks --help`."""

from __future__ import annotations

import argparse

from benchmarks import columns, engines, importing, peers, pictures, web, whole
from benchmarks.data import Data, make
from benchmarks.measure import check, measured
from benchmarks.questions import PANDAS, PRODUCT, QUESTIONS, SQL
from benchmarks.report import Results, put, texts

PARTS = (columns, engines, importing, pictures, web)


def main() -> None:
    words = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    words.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000], help="numbers of invoices")
    words.add_argument("--rounds", type=int, default=5, help="processes for each figure")
    words.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="NAME",
        help=", ".join([*(q.name for q in QUESTIONS), *(part.NAME for part in PARTS)]),
    )
    words.add_argument("--soak", type=float, default=web.SOAK, help="seconds of visits in which the app must not grow")
    words.add_argument("--write", action="store_true", help="put the tables into docs/benchmarks.md")
    asked = words.parse_args()
    results = Results(asked.rounds)
    questions = tuple(q for q in QUESTIONS if not asked.only or q.name in asked.only)
    for count in sorted(asked.rows):
        for question in questions:
            make(Data(count, question.with_decisions))
            names = tuple(n for n in question.contestants if n != PANDAS or count <= question.pandas_limit)
            peers.build(names)
            rows = [check(question, count, name) for name in names if name != SQL]
            results.row_counts[question.name, count] = rows[0]
            results.figures[question.name, count] = found = measured(question, count, names, asked.rounds)
            ratio = found[PRODUCT].wall / found[SQL].wall
            print(f"{count:>10,} invoices, {question.title}: equal rows from all, {ratio:.2f}x of SQL", flush=True)
    if not asked.only:
        make(Data(1_000_000, with_decisions=False))
        whole.make_file(Data(1_000_000, with_decisions=False))
        results.whole = whole.measured(2 * asked.rounds + 1)
    tables = texts(results, questions)
    if not asked.only or columns.NAME in asked.only:
        tables[columns.NAME] = columns.run([count for count in asked.rows if count <= columns.MOST], asked.rounds)
    if not asked.only or engines.NAME in asked.only:
        tables[engines.NAME] = engines.run(asked.rounds)
    if not asked.only or importing.NAME in asked.only:
        tables[importing.NAME] = importing.run(asked.rounds)
    if not asked.only or pictures.NAME in asked.only:
        tables[pictures.NAME] = pictures.run(asked.rounds)
    if not asked.only or web.NAME in asked.only:
        tables[web.NAME] = web.run([count for count in asked.rows if count <= web.MOST], asked.soak)
    print("", *tables.values(), sep="\n\n")
    if asked.write:
        put(tables)


if __name__ == "__main__":
    main()
