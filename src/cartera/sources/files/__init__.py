"""Files of any shape as facts: `read_file` is the door, `ReadOptions` the answers, `Reading` what comes out."""

from cartera.sources.files.options import ReadOptions
from cartera.sources.files.read import read_file
from cartera.sources.files.reading import Account, Control, Problem, Reading

__all__ = ["Account", "Control", "Problem", "ReadOptions", "Reading", "read_file"]
