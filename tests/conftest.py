"""How do the tests run? Reproducibly under CI, without a time limit per example, without Spark unless there is one."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests.ledgers import POSTGRES, book, ledger_address, templates, workspace

__all__ = ["book", "ledger_address", "templates", "workspace"]  # fixtures of every test

SPARK_MASTER = "CARTERA_SPARK_MASTER"
SERVERS = {
    "spark": (SPARK_MASTER, "no Spark cluster", "make spark"),
    "postgres": (POSTGRES, "no PostgreSQL", "make postgres"),
}

# A query on a whole portfolio takes as long as it takes; a shared machine must not decide on red or green.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
# These ask about files and words more than about what a database does: on PostgreSQL by `make postgres FAST=` alone.
ABOUT_FILES = (
    "tests/connectors/sage/test_reading.py", "tests/workspace/decisions/test_commands.py",
    "tests/workspace/importing/test_known_files.py", "tests/workspace/importing/test_tables.py",
)  # fmt: skip
LEFT = pytest.StashKey[set[str]]()


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Remember the files with tests that this run leaves out."""
    for item in items:
        item.config.stash.setdefault(LEFT, set()).add(item.path.relative_to(item.config.rootpath).as_posix())


def pytest_collection_finish(session: pytest.Session) -> None:
    """Name those of which it runs none beside the report, for .ci/counted.py; every worker has collected the same."""
    config = session.config
    report = config.getoption("xmlpath")
    if report and os.environ.get("PYTEST_XDIST_WORKER", "gw0") == "gw0":
        run = {item.path.relative_to(config.rootpath).as_posix() for item in session.items}
        names = "\n".join(sorted(config.stash.get(LEFT, set()) - run))
        config.rootpath.joinpath(report).with_suffix(".left").write_text(names, encoding="utf-8")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a server that is not named, saying how to get one; leave on PostgreSQL what says little there."""
    for item in items:
        if item.nodeid.startswith(ABOUT_FILES) and item.get_closest_marker("postgres"):
            item.add_marker(pytest.mark.slow)
    for mark, (variable, missing, command) in SERVERS.items():
        if os.environ.get(variable):
            continue
        skip = pytest.mark.skip(reason=f"{missing}: {variable} is not set ({command} starts one)")
        for item in items:
            if item.get_closest_marker(mark):
                item.add_marker(skip)
