"""Whatever fits the contract, and whatever does not, is answered as the contract says: thousands of requests made from it."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from crm_site.wsgi import application
from stores.models import Store
from tests.exchange.conftest import MakeTill, Till

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
NO_ADDRESS = 400  # signs that no address of Carat has are refused before any of them is looked at
OURS = [
    ("/api/receipts/", "POST"),
    ("/api/receipts/{document}/", "GET"),
    ("/api/quotes/", "POST"),
    ("/api/articles/", "PUT"),
    ("/api/stock/", "PUT"),
    ("/api/visitors/", "POST"),
    ("/api/clients/lookup", "GET"),
]


@pytest.fixture
def till(make_till: MakeTill) -> Till:
    """One that may do everything."""
    return make_till(may_fill=True, may_count=True)


@pytest.fixture
def contract(till: Till) -> Iterator[Any]:
    """Read from the application itself, whose requests stay in the transaction of the test, as a test client's do."""
    headers = {"Authorization": till.browser.defaults["HTTP_AUTHORIZATION"], "Accept-Encoding": "identity"}
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", application, headers=headers)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("path", "method"), OURS)
def test_every_request_is_answered_as_the_contract_says(
    contract: Any, till: Till, store: Store, path: str, method: str, mode: GenerationMode
) -> None:
    headers = {"Authorization": till.browser.defaults["HTTP_AUTHORIZATION"], "Accept-Encoding": "identity"}

    @settings(max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(case=contract[path][method].as_strategy(generation_mode=mode))
    def answered(case: Any) -> None:
        answer = case.call(headers=headers)
        if answer.status_code != NO_ADDRESS:
            case.validate_response(answer, checks=CHECKS)

    answered()
