"""Which keys a copy was made under: told by their prints, so that a restore says in time what would stay shut."""

from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

SECRET_FILE = "secret.key"  # noqa: S105 — the name of a file


def prints() -> dict[str, Any]:
    """The prints of the keys that are set; none of them can be read back from it."""
    return {
        "secret": _print(settings.SECRET_KEY),
        "passports": [_print(key) for key in settings.PASSPORT_KEYS],
        "push": _print(settings.PUSH_KEY),
    }


def _print(key: str) -> str:
    return salted_hmac("crm_site.backups.keys", "print", secret=key, algorithm="sha256").hexdigest()[:16]


def shut(manifest: dict[str, Any]) -> list[str]:
    """What a restored base would keep and nobody could use, because its keys are not here; in words."""
    counts, kept, now = manifest["counts"], manifest["members"], prints()
    told = []
    comes_along = f"data/{SECRET_FILE}" in kept and is_of_folder()
    if counts.get("clients_erasedmark") and not comes_along and manifest["keys"]["secret"] != now["secret"]:
        told.append("SECRET_KEY is another: lists would not know again who was erased")
    had = set(manifest["keys"]["passports"])
    if counts.get("workshop_passport") and had and not had <= set(now["passports"]):
        told.append("PASSPORT_KEYS lack a key: passport data could not be read")
    if counts.get("messaging_pushdevice") and manifest["keys"].get("push") != now["push"]:
        told.append("PUSH_KEY is another: clients would have to turn notifications on again")
    return told


def is_of_folder() -> bool:
    """Whether the secret of this installation is the one that it made for itself, which a copy brings its own for."""
    path = settings.DATA_DIR / SECRET_FILE
    return path.exists() and path.read_text() == settings.SECRET_KEY


def take_over() -> None:
    """Go on under the secret that the copy brought into the data folder."""
    settings.SECRET_KEY = (settings.DATA_DIR / SECRET_FILE).read_text()
