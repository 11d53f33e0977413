"""Anybody's data, judged as the pages judge."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

HEADER = "stratum;arm;bought;sum;before"


def told(tmp_path: Path, *lines: str, header: str = HEADER) -> dict[str, dict[str, object]]:
    file, out = tmp_path / "rows.csv", StringIO()
    file.write_text("\n".join([header, *lines]), encoding="utf-8")
    call_command("effect", str(file), "--json", stdout=out)
    answer: dict[str, dict[str, object]] = json.loads(out.getvalue())
    return answer


def test_a_clear_difference_is_said(tmp_path: Path) -> None:
    lines = ["a;treated;1;1000,50;0"] * 60 + ["a;treated;0;0;10"] * 40 + ["a;held;1;900;0"] * 20 + ["a;held;0;0;5"] * 80

    answer = told(tmp_path, *lines)

    assert answer["share"]["says"] == answer["money"]["says"] == "more"
    assert answer["share"]["difference"] == pytest.approx(0.4)
    assert answer["arms_fit"] is None


def test_arms_that_are_not_as_planned_are_named(tmp_path: Path) -> None:
    lines = ["a;treated;1;1;0;10"] * 100 + ["a;held;0;0;0;10"] * 100

    answer = told(tmp_path, *lines, header=f"{HEADER};planned_held")

    assert (answer["arms_fit"], answer["share"]["says"]) == (False, "unclear")


@pytest.mark.parametrize("line", ["a;other;1;1;0", "a;held;yes;1;0", "a;held;1;much;0", "a;held;1"])
def test_a_wrong_row_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(CommandError, match="Row 2"):
        told(tmp_path, "a;held;1;1;0", line)
