"""Every number is a door: which clients stand behind the cells of an answer, and behind the marks of its picture?"""

from cartera.views.doors.registry import DOORS, SHUT, cells, marks

__all__ = ["DOORS", "SHUT", "cells", "marks"]
