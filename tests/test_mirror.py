"""The tests mirror the source: each module has its test file, or one line in ``elsewhere.py`` of its app says where it is tested."""

from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

APPS = (*settings.HOUSE, "crm_site")
# Names and addresses alone; every page that is asked for goes through them.
DECLARATIONS = {"__init__.py", "apps.py", "urls.py"}
# What is told of a whole app, not of one of its modules.
OF_THE_WHOLE = "whole"


def modules(app: str) -> set[str]:
    """Modules of an app by their path inside it: ``listing/handler``."""
    root = settings.BASE_DIR / app
    paths = (path.relative_to(root) for path in root.rglob("*.py") if path.name not in DECLARATIONS)
    return {str(path.with_suffix("")) for path in paths if "migrations" not in path.parts}


def with_tests(app: str) -> set[str]:
    """The same of its test files."""
    root = Path(__file__).parent / app
    paths = (path.relative_to(root) for path in root.rglob("test_*.py"))
    return {str(path.with_name(path.stem.removeprefix("test_"))) for path in paths}


def elsewhere(app: str) -> dict[str, str]:
    told: dict[str, str] = import_module(f"tests.{app}.elsewhere").ELSEWHERE
    return told


@pytest.mark.parametrize("app", APPS)
def test_each_module_has_its_tests_or_says_where_they_are(app: str) -> None:
    assert modules(app) - with_tests(app) == elsewhere(app).keys()


@pytest.mark.parametrize("app", APPS)
def test_each_test_file_has_its_module_or_is_of_the_whole_app(app: str) -> None:
    assert {name for name in with_tests(app) - modules(app) if not name.startswith(OF_THE_WHOLE)} == set()


@pytest.mark.parametrize("app", APPS)
def test_the_reasons_are_lines_of_their_own(app: str) -> None:
    assert all(len(reason.split()) > 2 for reason in elsewhere(app).values())
