"""Is everything found that has a name, and nothing that is not this person's?"""

from __future__ import annotations


def test_clients_and_pages(as_owner):
    page = as_owner.get("/acme/find?q=client+07").content.decode()
    assert 'href="/acme/clients/c07"' in page
    assert 'href="/acme/clients"' in as_owner.get("/acme/find?q=clien").content.decode()


def test_a_rep_finds_its_own(enter):
    assert "Client 07" not in enter("rep").get("/acme/find?q=07").content.decode()
    assert "Client 06" in enter("rep").get("/acme/find?q=06").content.decode()


def test_nothing(as_owner):
    assert "Nothing is called so." in as_owner.get("/acme/find?q=zzz").content.decode()
