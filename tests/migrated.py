"""A base that migrations made is kept on this machine, until a migration or a pinned library changes: they take half a minute."""

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The programs of the newest PostgreSQL that is installed.
POSTGRES = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))


def digest() -> str:
    """Of what a migrated base depends on."""
    found = hashlib.sha256(sqlite3.sqlite_version.encode())
    for path in (ROOT / "requirements.txt", ROOT / "crm_site/settings.py", *sorted(ROOT.glob("*/migrations/*.py"))):
        found.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:24]


def kept(suffix: str) -> Path:
    """Where a copy of the empty base lies, or will lie."""
    return Path(tempfile.gettempdir()) / f"carat-tests-{os.getuid()}-{digest()}{suffix}"


def dump(url: str) -> Path:
    """Keep the PostgreSQL base at this address, freshly migrated, for servers of a drill's own."""
    copy = kept(".dump")
    new = copy.with_suffix(f".{os.getpid()}")
    subprocess.run([str(POSTGRES / "pg_dump"), "-Fc", "-f", str(new), url], check=True, timeout=300)
    return new.replace(copy)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Whoever comes second waits for the copy instead of migrating beside the first."""
    with kept(".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
