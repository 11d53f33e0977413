"""The data folder in a backup: what of it is taken, and how it is put back."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from clients.rights import JOURNAL
from messaging.sending import STAMP

# The broker's queue only wakes, what a gateway wrote down is no part of the base, and the stamp says which base is at work here.
LEFT_OUT = {"queue", "static", "messages.jsonl", STAMP, "backups.json"}
BESIDE_BASE = ("", "-wal", "-shm", "-journal")


def files() -> Iterator[tuple[str, Path]]:
    """Plain files that belong to the chain, by their name inside the data folder; those with a dot in front are nobody's."""
    root = settings.DATA_DIR
    base = str(settings.DATABASES["default"]["NAME"])
    apart = {Path(base + end) for end in BESIDE_BASE} | {Path(settings.BACKUP_DIR), Path(settings.STATIC_ROOT)}
    for where, folders, names in os.walk(root):
        here = Path(where)
        folders[:] = sorted(name for name in folders if not _is_left_out(here / name, apart))
        for path in (here / name for name in sorted(names)):
            if not _is_left_out(path, apart) and path.is_file() and not path.is_symlink():
                yield path.relative_to(root).as_posix(), path


def _is_left_out(path: Path, apart: set[Path]) -> bool:
    is_at_top = path.parent == settings.DATA_DIR
    return path.name.startswith(".") or path in apart or (is_at_top and path.name in LEFT_OUT)


def put_back(name: str, content: IO[bytes]) -> None:
    """A file at its place, readable by its owner alone. What is known of erasures only grows."""
    target = settings.DATA_DIR / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
    if name == JOURNAL and target.exists():
        known = target.read_text(encoding="utf-8").splitlines()
        lines = dict.fromkeys([*part.read_text(encoding="utf-8").splitlines(), *known])
        part.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    part.replace(target)
