"""A site of two companies and everybody who may come: Acme's owner, manager, reps and viewer, and Rival's owner."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client as Browser
from tests.web.company import PEOPLE, opened, two_companies

from cartera.web.site import Site, _served, serve


@pytest.fixture(scope="session")
def companies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of both companies, to be copied by tests that write."""
    return two_companies(tmp_path_factory.mktemp("companies") / "site")


@pytest.fixture(scope="session")
def shared_site(companies: Path) -> Site:
    """The site for tests that only read."""
    return opened(companies)


@pytest.fixture
def site(shared_site: Site) -> Iterator[Site]:
    """The site that is served while a test reads it."""
    serve(shared_site)
    yield shared_site
    _served.clear()


@pytest.fixture
def own_site(companies: Path, tmp_path: Path) -> Iterator[Site]:
    """A site of the test's own, for tests that write."""
    from cartera.ledger.database import disconnect

    shutil.copytree(companies, tmp_path / "site", ignore=shutil.ignore_patterns("*-shm", "*-wal"))
    made = opened(tmp_path / "site")
    serve(made)
    yield made
    _served.clear()
    disconnect(made.alias)


def browser(site: Site, who: str | None) -> Browser:
    """A browser in which this person (a key of PEOPLE) is signed in; nobody for None."""
    from cartera.ledger.models import User

    made = Browser(raise_request_exception=False)
    if who is not None:
        made.force_login(User.objects.using(site.alias).get(email=PEOPLE[who]))
    return made


@pytest.fixture
def as_owner(site: Site) -> Browser:
    """The owner's browser."""
    return browser(site, "owner")


@pytest.fixture
def enter(site: Site) -> Callable[[str | None], Any]:
    """Person -> its browser."""
    return lambda who: browser(site, who)
