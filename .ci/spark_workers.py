"""Prints how many workers the Spark master at the given status address counts as alive; 0 while it does not answer."""

import json
import sys
import urllib.request

try:
    with urllib.request.urlopen(sys.argv[1], timeout=2) as answer:
        print(json.load(answer)["aliveworkers"])
except OSError:
    print(0)
