"""From an answer and its rows to a picture."""

from cartera.charts.answer import foot, job, legend, picture
from cartera.charts.cache import Cache
from cartera.charts.pool import Pool

__all__ = ["Cache", "Pool", "foot", "job", "legend", "picture"]
