"""The settings of a server: whole, private, new each time, and never written over."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

SECRETS = {"SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD", "KANNEL_PASSWORD", "KANNEL_REPLY_SECRET", "PASSPORT_KEYS"}


def written(path: Path) -> dict[str, str]:
    return dict(line.split("=", 1) for line in path.read_text().splitlines() if re.match(r"[A-Z]", line))


def test_everything_that_compose_asks_for_is_there(tmp_path: Path) -> None:
    call_command("init_env", str(tmp_path / "one"), host="crm.example.ru", chain="Роскошь", stdout=StringIO())
    call_command("init_env", str(tmp_path / "two"), host="crm.example.ru", stdout=StringIO())

    one, two = written(tmp_path / "one"), written(tmp_path / "two")
    asked = set(re.findall(r"\$\{(\w+):\?", (settings.BASE_DIR / "docker-compose.yml").read_text()))
    assert {name for name in asked if not one.get(name)} == set()
    assert {name for name in SECRETS if one[name] == two[name] or len(one[name]) < 40} == set()
    assert (one["ALLOWED_HOSTS"], one["SITE_URL"], one["CHAIN_NAME"]) == ("crm.example.ru", "https://crm.example.ru", '"Роскошь"')
    assert oct((tmp_path / "one").stat().st_mode & 0o777) == "0o600"


def test_secrets_in_use_are_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "env").write_text("SECRET_KEY=in use")

    with pytest.raises(CommandError, match="in use"):
        call_command("init_env", str(tmp_path / "env"), host="crm.example.ru")

    assert (tmp_path / "env").read_text() == "SECRET_KEY=in use"


@pytest.mark.parametrize("host", ["https://crm.example.ru", "crm.example.ru/", "crm example", ""])
def test_a_host_is_a_bare_domain(host: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="bare domain"):
        call_command("init_env", str(tmp_path / "env"), host=host)

    assert not (tmp_path / "env").exists()


def test_it_can_be_printed_for_a_machine_without_python() -> None:
    out = StringIO()

    call_command("init_env", "-", host="crm.example.ru", stdout=out)

    assert "\nSITE_HOST=crm.example.ru\n" in out.getvalue()
