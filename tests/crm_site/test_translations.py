"""Translations: what is missing is named, what is there is compiled, and looking changes nothing."""

import gettext
import shutil
import sys
from pathlib import Path

import pytest

from crm_site import translations

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
# A site of one page, whose strings are looked for by Django's own command.
MANAGE = """
import sys
from django.conf import settings
from django.core.management import execute_from_command_line

settings.configure(LOCALE_PATHS=["locale"], USE_I18N=True)
execute_from_command_line(sys.argv)
"""


pytestmark = pytest.mark.once


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with one string on its page and none translated."""
    (tmp_path / "manage.py").write_text(MANAGE)
    (tmp_path / "page.py").write_text('from django.utils.translation import gettext\n\nWORD = gettext("ring")\n')
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "LOCALE", tmp_path / "locale")
    write(tmp_path, "")
    return tmp_path


def write(site: Path, entries: str) -> Path:
    path = site / "locale" / "ru" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + entries, encoding="utf-8")
    return path


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["translations", *arguments])
    return translations.main()


def test_everything_that_the_house_says_is_translated() -> None:
    assert translations.gaps() == []


def test_what_is_compiled_is_what_is_said(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(site, 'msgid "ring"\nmsgstr "кольцо"\n')

    assert run(monkeypatch) == 0

    with path.with_suffix(".mo").open("rb") as compiled:
        assert gettext.GNUTranslations(compiled).gettext("ring") == "кольцо"


@pytest.mark.parametrize("entry", ['msgid "ring"\nmsgstr ""\n', '#, fuzzy\nmsgid "ring"\nmsgstr "звонок"\n'])
def test_what_is_empty_or_guessed_is_a_gap(
    site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], entry: str
) -> None:
    path = write(site, entry)

    assert run(monkeypatch, "--check") == 1

    assert capsys.readouterr().err == "not translated: ru: ring\n"
    assert not path.with_suffix(".mo").exists()


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no GNU gettext")
def test_a_string_that_no_list_knows_is_named_and_the_list_stays(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(site, "")
    before = path.read_bytes()

    assert (translations.unknown(), run(monkeypatch, "--check")) == (["ru: ring"], 1)

    assert path.read_bytes() == before


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no GNU gettext")
def test_a_list_that_knows_every_string_passes(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(site, 'msgid "ring"\nmsgstr "кольцо"\n')

    assert run(monkeypatch, "--check") == 0


def test_without_gettext_only_gaps_are_looked_for(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    assert translations.unknown() == []
