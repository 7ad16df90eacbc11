"""Does the API withstand whatever is sent? Random requests made from its own description: no error of the server.

CARTERA_API_CASES says how many for each address; the 1,000 of the gate are spread over all of them.
"""

from __future__ import annotations

import os
from hashlib import sha256

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance
from tests.web.company import MADE, PEOPLE

from cartera.web.site import serve

pytestmark = pytest.mark.thorough
CASES = int(os.environ.get("CARTERA_API_CASES", "70"))
KEY = "a key of the tests that opens everything"


@pytest.fixture(scope="module")
def description(shared_site):
    """The API's own description, called with a key of the owner's."""
    from django.core.handlers.wsgi import WSGIHandler

    from cartera.ledger.models import ApiKey, User, Workspace

    serve(shared_site)
    ApiKey.objects.using(shared_site.alias).get_or_create(
        workspace=Workspace.objects.using(shared_site.alias).get(name="Acme"),
        user=User.objects.using(shared_site.alias).get(email=PEOPLE["owner"]),
        name="tests", prefix="a", token_hash=sha256(KEY.encode()).hexdigest(), is_read_only=True, made_at=MADE,
    )  # fmt: skip
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler(), headers={"Host": "localhost"})


def test_no_request_breaks_it(description):
    operations = [found.ok() for found in description.get_all_operations()]
    assert operations
    for operation in operations:

        @settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def withstands(case):
            if case.path_parameters:
                case.path_parameters["workspace"] = "acme"
            response = case.call(headers={"Authorization": f"Bearer {KEY}", "Host": "localhost"})
            case.validate_response(response, checks=(not_a_server_error, response_schema_conformance))

        withstands()
