"""Is the Spark that the engine tests meet a real cluster, its work done by workers and not by the test's process?"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def session() -> SparkSession:
    from pyspark.sql import SparkSession

    # one session per process, shared with the other engine tests: nobody stops it
    return SparkSession.builder.master(os.environ["CARTERA_SPARK_MASTER"]).appName("engines").getOrCreate()


def test_two_executors_work_for_the_driver(session: SparkSession) -> None:
    session.range(1000).repartition(4).count()  # executors register when there is work
    status = session.sparkContext._jsc.sc().getExecutorMemoryStatus()
    assert status.size() == 3, "the driver and two executors"


def test_a_sum_comes_back(session: SparkSession) -> None:
    rows = session.range(1000).repartition(4).groupBy().sum("id").collect()
    assert rows[0][0] == 499_500
