"""The table of docs/security.md: every requirement once, in both languages alike, and what it names is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tests.conftest import DATA

ROOT = settings.BASE_DIR
ROW = re.compile(r"^\| (\d[\d., ]+) \| ([^|]+) \| [^|]+ \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
WORDS = {"да": "yes", "частично": "partly", "нет": "no", "не относится": "not applicable"}


def rows(name: str) -> list[tuple[str, ...]]:
    return [tuple(cell.strip() for cell in row) for row in ROW.findall((ROOT / "docs" / name).read_text(encoding="utf-8"))]


def test_every_requirement_stands_there_once() -> None:
    asked = (DATA / "asvs-5.0-l2.txt").read_text().split()

    told = [number for numbers, *_rest in rows("security.md") for number in numbers.split(", ")]

    assert sorted(told) == sorted(asked)


def test_both_languages_say_the_same() -> None:
    russian = [(numbers, WORDS[held], where, test) for numbers, held, where, test in rows("security.md")]

    assert russian == rows("security.en.md")


@pytest.mark.parametrize(
    "path", sorted({path for *_rest, where, test in rows("security.md") for path in re.findall("`([^`]+)`", where + test)})
)
def test_what_the_table_names_is_there(path: str) -> None:
    assert Path(ROOT / path).exists()


def test_what_is_held_by_code_says_which() -> None:
    silent = [numbers for numbers, held, where, _test in rows("security.md") if held == "да" and where == "—"]

    assert silent == []
