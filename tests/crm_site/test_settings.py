"""Settings as the environment makes them: at home, and on a server that does not start half set up."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

# Prints the settings that it is asked for, as a process of its own has them.
ASK = """
import json, sys
from django.conf import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


@pytest.fixture
def server(tmp_path: Path) -> dict[str, str]:
    """The environment of a server in production."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LANG", "HOME") or name.startswith("COVERAGE")}
    return {
        **kept,
        "DATA_DIR": str(tmp_path),
        "DEBUG": "0",
        "SECRET_KEY": "k" * 50,
        "DJANGO_SETTINGS_MODULE": "crm_site.settings",
    }


def start(environment: dict[str, str], *names: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", ASK, *names]
    return subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)


def told(environment: dict[str, str], *names: str) -> dict[str, Any]:
    asked = start(environment, *names)
    assert asked.returncode == 0, asked.stderr
    found: dict[str, Any] = json.loads(asked.stdout)
    return found


def test_a_server_speaks_https_and_trusts_its_proxy_when_told_to(server: dict[str, str]) -> None:
    names = ("SESSION_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "BEHIND_PROXY", "DEBUG")

    alone = told(server, *names)
    behind = told({**server, "BEHIND_PROXY": "1", "SSL_REDIRECT": "0"}, *names, "SECURE_PROXY_SSL_HEADER")

    assert alone == {
        "SESSION_COOKIE_SECURE": True, "SECURE_SSL_REDIRECT": True, "SECURE_HSTS_SECONDS": 31_536_000, "BEHIND_PROXY": False,
        "DEBUG": False,
    }  # fmt: skip
    assert (behind["SECURE_SSL_REDIRECT"], behind["BEHIND_PROXY"]) == (False, True)
    assert behind["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]


def test_a_chain_with_postgres_and_redis_needs_no_folder_of_a_queue(server: dict[str, str], tmp_path: Path) -> None:
    large = {**server, "DATABASE_URL": "postgres://carat@db/carat", "REDIS_URL": "redis://cache:6379/0", "DATABASE_POOL": "3"}

    found = told(large, "DATABASES", "CACHES", "CELERY_BROKER_URL", "SILENCED_SYSTEM_CHECKS")

    assert found["DATABASES"]["default"]["OPTIONS"] == {
        "pool": {"min_size": 1, "max_size": 3, "timeout": 10},
        "options": "-c jit=off",
    }
    assert (found["CACHES"]["default"]["LOCATION"], found["CELERY_BROKER_URL"]) == ("redis://cache:6379/0",) * 2
    assert found["SILENCED_SYSTEM_CHECKS"] == ["models.W040"]
    assert not (tmp_path / "queue").exists()


def test_one_machine_alone_has_its_base_and_its_queue_in_one_folder(server: dict[str, str], tmp_path: Path) -> None:
    found = told(server, "DATABASES", "CELERY_BROKER_URL", "CELERY_BROKER_TRANSPORT_OPTIONS")

    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "carat.sqlite3")
    assert found["DATABASES"]["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert found["CELERY_BROKER_URL"] == "filesystem://"
    assert {*map(str, (tmp_path / "queue").iterdir())} == {
        value for name, value in found["CELERY_BROKER_TRANSPORT_OPTIONS"].items() if "folder" in name
    }


@pytest.mark.parametrize(
    ("wrong", "words"), [("SECRET_KEY", "Set SECRET_KEY"), ("KANNEL_REPLY_SECRET", "KANNEL_REPLY_SECRET takes")]
)
def test_a_server_without_its_secrets_does_not_start(server: dict[str, str], wrong: str, words: str) -> None:
    asked = start({**server, wrong: "" if wrong == "SECRET_KEY" else "short"}, "DEBUG")

    assert (asked.returncode, words in asked.stderr) == (1, True)


def test_reports_of_errors_leave_the_house_without_what_was_typed(server: dict[str, str]) -> None:
    watched = {**server, "SENTRY_DSN": "http://key@127.0.0.1:1/1"}
    options = "import sentry_sdk; o = sentry_sdk.get_client().options; print(o['before_send'].__name__, o['send_default_pii'], "
    command = [
        sys.executable,
        "-c",
        f"import crm_site.settings; {options}o['max_request_body_size'], o['include_local_variables'])",
    ]

    asked = subprocess.run(command, env=watched, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)

    assert asked.stdout.split() == ["without_what_was_asked", "False", "never", "False"]


def test_a_worker_whose_clock_is_an_hour_ahead_still_takes_what_wakes_it() -> None:
    schedule: Mapping[str, Any] = settings.CELERY_BEAT_SCHEDULE
    wakes = [entry for entry in schedule.values() if entry["task"].startswith("messaging.")]

    assert len(wakes) == 7
    assert all(entry["options"]["expires"] > 60 * 60 for entry in wakes)
