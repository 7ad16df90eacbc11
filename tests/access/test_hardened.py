"""Is the app safe as it is shipped? Headers, cookies, what Django checks, and where it refuses to start."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.checks import Tags, run_checks
from django.test import Client as Browser
from django.test.utils import override_settings
from tests.access.world import HERE

from cartera.app.workspace.address import proxy_address
from cartera.errors import CarteraError
from cartera.web.safe import refuse_unsafe
from cartera.web.server import behind
from cartera.web.settings import settings

SOURCES = {
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "object-src 'none'", "frame-ancestors 'none'",
    "base-uri 'none'", "form-action 'self'",
}  # fmt: skip
PUBLIC = "https://cartera.example.com"
GOOD = bytes.fromhex("00112233445566778899aabbccddeeff" * 2)


def public(**more: object) -> override_settings:
    """The settings of a server that people reach at a public address."""
    given = settings("0123456789abcdef" * 4, url=PUBLIC, hosts=("cartera.example.com", "testserver"))
    return override_settings(**given | more)


def test_django_has_nothing_to_say_against_it() -> None:
    with public():
        found = [
            one for one in run_checks(tags=[Tags.security], include_deployment_checks=True) if not one.is_silenced()
        ]
    assert found == []


def test_the_check_can_fail() -> None:
    with public(SESSION_COOKIE_SECURE=False):
        found = run_checks(tags=[Tags.security], include_deployment_checks=True)
    assert [one.id for one in found if not one.is_silenced()] == ["security.W011"]


@pytest.mark.usefixtures("world")
def test_every_answer_says_what_a_browser_may_do() -> None:
    for path in ("/sign-in", "/nothing/here", f"/{HERE}/clients"):
        headers = Browser().get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "unsafe-" not in policy and "http" not in policy and "*" not in policy
        assert {one.strip() for one in policy.split(";")} >= SOURCES
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
        assert headers["Cache-Control"] == "private, no-store"
        assert {"HX-Request", "Cookie"} <= {one.strip() for one in headers["Vary"].split(",")}
        assert "Server" not in headers


@pytest.mark.usefixtures("world")
def test_cookies_are_ours_alone() -> None:
    made = Browser().get("/sign-in").cookies["csrftoken"]
    assert made["httponly"] and made["samesite"] == "Lax" and made["path"] == "/" and not made["domain"]


@pytest.mark.usefixtures("world")
def test_behind_tls_cookies_go_nowhere_else() -> None:
    with public():
        made = Browser()
        assert made.get("/sign-in").status_code == 301, "to https"
        answer = made.get("/sign-in", secure=True)
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
        cookie = answer.cookies["__Host-csrf"]
        assert cookie["secure"] and cookie["httponly"] and not cookie["domain"]
        assert made.get("/sign-in", secure=True, HTTP_HOST="evil.example").status_code == 400


def test_passwords_are_kept_with_argon2() -> None:
    assert settings("x")["PASSWORD_HASHERS"] == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert settings("x")["DEBUG"] is False


STARTS = [
    {"host": "127.0.0.1"}, {"host": "localhost"}, {"host": "::1"}, {"host": "127.0.0.1", "url": PUBLIC},
    {"host": "0.0.0.0", "url": PUBLIC}, {"host": "0.0.0.0", "url": "http://192.168.1.20:8765"},
    {"host": "0.0.0.0", "url": "http://nas.local"}, {"host": "10.0.0.5", "url": "http://cartera"},
]  # fmt: skip


@pytest.mark.parametrize("given", STARTS, ids=str)
def test_it_starts_where_it_is_safe(given: dict[str, str]) -> None:
    refuse_unsafe(**{"url": "", "key": GOOD, **given})


GUESSED = (
    "the workspace's secret.key can be guessed: nobody's sign-in would be safe. Make a backup, and restore it with a"
    " new key: cartera restore BACKUP NEW-DIR --new-key."
)
REFUSED = [
    ({"key": b"0" * 64}, GUESSED),
    ({"key": b"django-insecure-0123456789abcdefghijklmnopqrstuvwxyz"}, GUESSED),
    ({"key": b"a key of the tests, known to everybody"}, GUESSED),
    ({"host": "0.0.0.0"}, "--host 0.0.0.0 opens the app to everybody who reaches this computer, under any name. Say"
     " under which address: --url https://cartera.example.com, with a proxy in front that has TLS."),
    ({"host": "192.168.1.20"}, "--host 192.168.1.20 opens the app to others, and passwords would be sent in the clear."
     " Say under which address people come: --url https://cartera.example.com."),
    ({"url": "http://cartera.example.com"}, "CARTERA_URL: http://cartera.example.com is public and without TLS:"
     " passwords would be sent in the clear. Put a proxy with TLS in front and write https://cartera.example.com."),
    ({"url": "http://8.8.8.8"}, "CARTERA_URL: http://8.8.8.8 is public and without TLS: passwords would be sent in the"
     " clear. Put a proxy with TLS in front and write https://8.8.8.8."),
    ({"url": "https://*.example.com"}, "CARTERA_URL: 'https://*.example.com' stands for many names. Write the one that"
     " people type."),
]  # fmt: skip


@pytest.mark.parametrize(("given", "message"), REFUSED)
def test_it_refuses_to_start_where_it_would_be_open(given: dict[str, object], message: str) -> None:
    with pytest.raises(CarteraError) as caught:
        refuse_unsafe(**{"host": "127.0.0.1", "url": "", "key": GOOD, **given})
    assert str(caught.value) == message


def test_only_the_proxy_says_for_whom_it_asks() -> None:
    assert behind("", "")["clear_untrusted_proxy_headers"] is True
    assert "trusted_proxy" not in behind("", "")
    told = behind(PUBLIC, "10.0.0.2")
    assert (told["trusted_proxy"], told["url_scheme"]) == ("10.0.0.2", "https")
    with pytest.raises(CarteraError, match="CARTERA_PROXY: 'nginx' is no network address"):
        proxy_address("nginx")


@pytest.mark.thorough
def test_cartera_serve_refuses_and_ends_with_status_2(tmp_path: object) -> None:
    import subprocess
    import sys

    folder = str(tmp_path)
    cartera = [str(Path(sys.executable).with_name("cartera"))]
    subprocess.run([*cartera, "init", f"{folder}/acme", "--currency", "EUR"], check=True, capture_output=True)
    run = subprocess.run(
        [*cartera, "serve", f"{folder}/acme", "--host", "0.0.0.0", "--port", "0"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert run.returncode == 2 and run.stdout == "" and run.stderr.startswith("--host 0.0.0.0 opens the app")
