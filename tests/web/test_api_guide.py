"""Does every call that the guide shows work as it says? Each is made, in order; its answer has what is shown."""

from __future__ import annotations

import json
import re
import shlex
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from tests.web.conftest import PEOPLE

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.access import keys

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "api.md"
BLOCK = re.compile(r"^```(text|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SALES = b"invoice,client,date,amount\nX1,New Client,2026-11-02,500.00\nX2,New Client,2026-10-02,700.00\n"


def key(site):
    from cartera.ledger.models import User

    user = User.objects.using(site.alias).get(email=PEOPLE["owner"])
    return keys.make(EVERYTHING, site.book(site.workspaces()["acme"]), user, "guide", by="o", is_read_only=False).token


class Caller:
    """Makes the calls as curl would, with what earlier answers told."""

    def __init__(self, token):
        self.known = {"URL": "/api/v1/acme", "KEY": token}

    def call(self, line):
        command, _, comment = line.partition("  # answers ")
        told = re.sub(r"\$([A-Z]+)", lambda found: str(self.known[found[1]]), command)
        words = shlex.split(told)
        assert words.pop(0) == "curl"
        method, headers, sent, address = "GET", {}, {}, ""
        while words:
            word = words.pop(0)
            if word == "-X":
                method = words.pop(0)
            elif word == "-H":
                name, _, value = words.pop(0).partition(": ")
                headers[name] = value
            elif word == "--json":
                sent = {"data": words.pop(0).encode(), "content_type": "application/json"}
            elif word == "-F":
                words.pop(0)
                sent = {"data": {"file": SimpleUploadedFile("sales.csv", SALES)}}
            else:
                address = word
        answer = self.send(method, address, headers, sent)
        wanted = (int(comment),) if comment else (200, 201, 202)
        assert answer.status_code in wanted, f"{line}: {answer.status_code} {answer.content[:300]}"
        return answer

    def send(self, method, address, headers, sent):
        caller = Browser(raise_request_exception=False)
        for _ in range(100):
            answer = getattr(caller, method.lower())(address, **sent, headers=headers)
            if "/pending/" not in address or answer.status_code not in (200, 409):
                break
            if answer.status_code == 200 and answer.json()["step"] not in ("reading", "importing"):
                break
            time.sleep(0.1)
        self.learn(answer)
        return answer

    def learn(self, answer):
        self.known["ETAG"] = answer.headers.get("ETag", "").replace('"', '\\"')
        told = answer.json() if "json" in answer.headers.get("Content-Type", "") and answer.content else {}
        if isinstance(told, dict):
            names = {"next": "NEXT", "token": "TOKEN", "change": "CHANGE"}
            self.known |= {word: told[name] for name, word in names.items() if told.get(name)}


def has(shown, answered, where=""):
    """Everything that is shown is in the answer, and of the same kind."""
    if isinstance(shown, dict):
        for name, value in shown.items():
            assert name in answered, f"{where}.{name}"
            has(value, answered[name], f"{where}.{name}")
    elif isinstance(shown, list):
        assert isinstance(answered, list), where
        for one, other in zip(shown, answered, strict=False):
            has(one, other, f"{where}[]")
    elif shown is not None and answered is not None:
        assert type(shown) is type(answered), where


@pytest.mark.thorough
def test_every_call_of_the_guide(own_site):
    caller, answer = Caller(key(own_site)), None
    for language, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if language == "json":
            has(json.loads(text), answer.json())
            continue
        for line in text.splitlines():
            answer = caller.call(line)
