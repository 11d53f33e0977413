"""The secret key: from the environment, or a random one that stays in the data folder."""

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
