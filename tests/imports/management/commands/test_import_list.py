"""A list brought in from the command line."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from clients.models import Client
from imports.models import ImportState, ListImport
from stores.models import Store
from tests.conftest import DATA


def test_the_command_writes_outcomes_and_a_dry_run_nothing(db: None, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"

    call_command(
        "import_list", "clients", DATA / "legacy-list/clients.csv", "--dry-run", "--outcomes", str(out), stdout=StringIO()
    )

    assert len(out.read_text().splitlines()) == 33
    assert (Client.objects.count(), ListImport.objects.count()) == (0, 0)


def test_the_command_brings_a_list_in_and_says_what_it_did(db: None, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("ФИО;Телефон\nКим Анна;89147012233\nООО Ромашка;\nИтого;\n", encoding="utf-8")

    call_command("import_list", "clients", file, "--source", "1c")

    assert capsys.readouterr().out == "2 rows: incomplete 1, rejected 1\n"
    assert (ListImport.objects.get().source, ListImport.objects.get().state) == ("1c", ImportState.APPLIED)
    assert Client.objects.count() == 1


@pytest.mark.parametrize("content", [None, b"", b"a;b\n1;2\n"])
def test_what_is_no_list_is_refused_with_words(db: None, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "list.csv"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=r"."):
        call_command("import_list", "clients", file)

    assert not Client.objects.exists()


def test_at_a_terminal_it_says_how_far_it_is(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)

    call_command("import_list", "clients", DATA / "legacy-list/clients.csv")

    assert capsys.readouterr().err == "\r32 / 32"


@pytest.mark.parametrize("dry", [True, False])
def test_the_command_tells_how_many_values_a_person_must_explain(
    store: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path, dry: bool
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Дата;Сумма;Магазин\n01.02.2026;500;Нигде\n", encoding="utf-8")

    call_command("import_list", "purchases", file, *(["--dry-run"] if dry else []))

    told = capsys.readouterr()
    where = "" if dry else f": say what they mean at /lists/{ListImport.objects.get().pk}/values/"
    assert (told.out, told.err) == ("1 rows: conflict 1\n", f"1 values are not known{where}\n")


def test_a_list_without_a_header_is_told_its_columns(db: None, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("Ким Анна;89147012233\nКим Вера;89147012234\n", encoding="utf-8")

    call_command("import_list", "clients", file, "--columns", "full_name,phone", stdout=StringIO())

    assert Client.objects.count() == 2
    with pytest.raises(CommandError):
        call_command("import_list", "clients", file, "--columns", "full_name,weight")
