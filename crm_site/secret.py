"""Secrets: the key, from the environment or a random one that stays in the data folder, and those that stand in addresses."""

import os
import re
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def secret_key(given: str, folder: Path, *, may_make_one: bool) -> str:
    """The given key, else the folder's own, made at the first use and readable by its owner alone.

    Raises ImproperlyConfigured where a key must be given.
    """
    if given:
        return given
    if not may_make_one:
        raise ImproperlyConfigured("Set SECRET_KEY: python -c 'import secrets; print(secrets.token_urlsafe(64))'")
    path = folder / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


def private_folder(folder: Path) -> None:
    """Make the data folder, and see that nobody but its owner looks into it: base, photos, queue and keys lie there."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    said = folder.stat()
    if said.st_uid == os.geteuid() and said.st_mode & 0o077:
        folder.chmod(0o700)


def part_of_address(name: str, given: str) -> str:
    """A secret that stands in an address, or nothing where none is given.

    Raises ImproperlyConfigured for one that no address would match, or that could be guessed.
    """
    if given and not re.fullmatch(r"[A-Za-z0-9_-]{16,}", given):
        raise ImproperlyConfigured(f"{name} takes letters, digits and hyphens, sixteen or more: openssl rand -hex 20")
    return given
