"""How do the tests run? Reproducibly under CI, without a time limit per example, without Spark unless there is one."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

SPARK_MASTER = "CARTERA_SPARK_MASTER"

# A query on a whole portfolio takes as long as it takes; a shared machine must not decide on red or green.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a Spark cluster, saying how to get one, when none is named."""
    if os.environ.get(SPARK_MASTER):
        return
    skip = pytest.mark.skip(reason=f"no Spark cluster: {SPARK_MASTER} is not set (make spark starts one)")
    for item in items:
        if item.get_closest_marker("spark"):
            item.add_marker(skip)
