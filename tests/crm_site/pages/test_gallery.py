import re
from pathlib import Path

import pytest
from django.conf import settings as project
from pytest_django import Settings

from crm_site.pages.gallery import COLOURS, SPACES
from stores.models import Employee
from tests.conftest import SignIn

STYLES = project.BASE_DIR / "static/carat/carat.css"
WORDS = [project.BASE_DIR / "docs" / name for name in ("face.md", "face.en.md")]


@pytest.mark.parametrize(("is_debug", "answer"), [(True, 200), (False, 404)])
def test_the_gallery_is_there_for_developers_alone(
    is_debug: bool, answer: int, seller: Employee, signed_in: SignIn, settings: Settings
) -> None:
    settings.DEBUG = is_debug

    assert signed_in(seller).get("/gallery/").status_code == answer


@pytest.mark.parametrize("words", WORDS, ids=lambda path: path.name)
def test_each_colour_and_space_is_told(words: Path) -> None:
    told, styles = words.read_text(encoding="utf-8"), STYLES.read_text(encoding="utf-8")

    assert [name for name in COLOURS if f"`{name}`" not in told or f"{name}:" not in styles] == []
    assert [size for _step, size in SPACES if size.replace(" ", "\xa0") not in told and size not in told] == []


def test_what_is_told_of_templates_is_there() -> None:
    named = {name for words in WORDS for name in re.findall(r"`([a-z/_]+\.html)`", words.read_text(encoding="utf-8"))}

    assert len(named) > 8
    assert [name for name in sorted(named) if not (project.BASE_DIR / "templates" / name).is_file()] == []
