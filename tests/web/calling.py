"""How does a test make the calls of the docs as curl would? With what earlier answers told, in their order."""

from __future__ import annotations

import re
import shlex
import time

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from tests.web.company import PEOPLE

from cartera.app.scope import EVERYTHING
from cartera.app.workspace.access import keys

SALES = b"invoice,client,date,amount\nX1,New Client,2026-11-02,500.00\nX2,New Client,2026-10-02,700.00\n"


def key(site):
    """A key of the owner that may write."""
    from cartera.ledger.models import User

    user = User.objects.using(site.alias).get(email=PEOPLE["owner"])
    return keys.make(EVERYTHING, site.book(site.workspaces()["acme"]), user, "guide", by="o", is_read_only=False).token


class Caller:
    """Makes the calls as curl would, with what earlier answers told."""

    def __init__(self, token):
        self.known = {"URL": "/api/v1/acme", "KEY": token}

    def call(self, line):
        """The answer to one call; it went well unless the line says otherwise."""
        command, _, comment = line.partition("  # answers ")
        told = re.sub(r"\$([A-Z]+)", lambda found: str(self.known[found[1]]), command)
        words = shlex.split(told)
        assert words.pop(0) == "curl"
        method, headers, sent, address = "", {}, {}, ""
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
            elif word == "-o":
                words.pop(0)
            elif word == "-OJ":
                continue
            else:
                address = word
        wanted = (int(comment),) if comment else (200, 201, 202, 204)
        answer = self.send(method or ("POST" if sent else "GET"), address, headers, sent)
        assert answer.status_code in wanted, f"{line}: {answer.status_code} {answer.content[:300]}"
        return answer

    def send(self, method, address, headers, sent):
        caller = Browser(raise_request_exception=False)
        for _ in range(600):  # a minute on a machine that does other things beside
            answer = getattr(caller, method.lower())(address, **sent, headers=headers)
            if "/pending/" not in address or answer.status_code not in (200, 409):
                break
            if answer.status_code == 200 and method != "GET":
                break  # asked again it would begin again
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
