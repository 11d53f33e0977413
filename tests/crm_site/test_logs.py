"""What may leave the house when something breaks, and how it is written down."""

import json
import logging
import sys

import pytest
from structlog.stdlib import ProcessorFormatter

from crm_site.logs import logging_config, without_what_was_asked

PASSPORT = "4510 123456"


def test_a_report_of_an_error_says_where_and_not_what_was_typed() -> None:
    asked = {"url": "https://x.ru/search/?q=79145556677", "query_string": "q=79145556677", "data": {"passport-number": "4510"}}

    kept = without_what_was_asked({"request": {**asked, "method": "POST"}, "exception": "KeyError"}, {})

    assert kept == {"request": {"url": "https://x.ru/search/", "method": "POST"}, "exception": "KeyError"}
    assert without_what_was_asked({}, {}) == {}


def breaks(passport: str) -> None:
    raise KeyError("passport")


def written(*, debug: bool) -> str:
    """The line about something that broke while a passport number stood in a variable."""
    setup = logging_config(debug=debug)["formatters"]["structured"]
    formatter = ProcessorFormatter(**{name: value for name, value in setup.items() if name != "()"})
    try:
        breaks(PASSPORT)
    except KeyError:
        return formatter.format(logging.LogRecord("carat", logging.ERROR, __file__, 1, "broke", None, sys.exc_info()))
    raise AssertionError


def test_production_writes_json() -> None:
    told = json.loads(written(debug=False))

    assert (told["event"], told["level"], told["logger"]) == ("broke", "error", "carat")
    assert told["exception"].splitlines()[-1] == "KeyError: 'passport'"


def test_ones_own_machine_writes_words() -> None:
    assert " level='error' logger='carat' event='broke'" in written(debug=True)


@pytest.mark.parametrize("debug", [True, False])
def test_it_is_written_where_something_broke_and_not_over_what(debug: bool) -> None:
    line = written(debug=debug)

    assert ("in breaks" in line, PASSPORT in line) == (True, False)
