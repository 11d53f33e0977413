"""``manage.py init_env --host crm.example.ru [FILE]``: the settings of a server, with secrets that nobody can guess."""

import os
import re
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from messaging import push

PASSWORDS = ("POSTGRES_PASSWORD", "REDIS_PASSWORD", "KANNEL_PASSWORD", "KANNEL_REPLY_SECRET")


class Command(BaseCommand):
    help = "Write .env from .env.example: the host, the chain's name and strong secrets. FILE - prints it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default=str(settings.BASE_DIR / ".env"))
        parser.add_argument("--host", required=True, help="the domain by which people reach Carat: crm.example.ru")
        parser.add_argument("--chain", default="", help="the chain's name, as clients read it")

    def handle(self, *args: Any, **options: Any) -> None:
        if not re.fullmatch(r"[a-z0-9.-]+", options["host"]):
            raise CommandError("--host is a bare domain in small letters: crm.example.ru")
        text = filled((settings.BASE_DIR / ".env.example").read_text(encoding="utf-8"), values(options["host"], options["chain"]))
        if options["file"] == "-":
            self.stdout.write(text, ending="")
            return
        try:
            handle = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError as error:
            raise CommandError(f"{options['file']} is there already, and its secrets are in use.") from error
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        self.stdout.write(str(Path(options["file"]).resolve()))


def values(host: str, chain: str) -> dict[str, str]:
    """What a server needs to start; every secret is new."""
    from cryptography.fernet import Fernet

    told = {"SITE_HOST": host, "ALLOWED_HOSTS": host, "CSRF_TRUSTED_ORIGINS": f"https://{host}", "SITE_URL": f"https://{host}"}
    random = {name: secrets.token_hex(24) for name in PASSWORDS}
    keys = {
        "SECRET_KEY": secrets.token_urlsafe(64), "PASSPORT_KEYS": Fernet.generate_key().decode(), "PUSH_KEY": push.new_key(),
    }  # fmt: skip
    return {**told, **random, **keys, **({"CHAIN_NAME": f'"{chain}"'} if chain else {})}


def filled(example: str, said: dict[str, str]) -> str:
    """The example with these values in their lines, those that are commented out too. Raises KeyError for one that it lacks."""
    for name, value in said.items():
        line = f"{name}={value}"
        example, times = re.subn(rf"^(# )?{name}=.*$", lambda _found, line=line: line, example, count=1, flags=re.MULTILINE)  # type: ignore[misc]
        if not times:
            raise KeyError(name)
    return example
