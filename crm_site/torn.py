"""What a full disk or a power cut left torn in the embedded queue: set aside, for a worker that reads it dies of it."""

import json
import time
from pathlib import Path

import structlog

log = structlog.get_logger(__name__)
# What is younger may be on its way to the disk at this moment.
SETTLED = 2.0


def set_aside(queue: Path) -> int:
    """Move torn files of the queue into ``torn/``. Returns how many. What they woke, the beat wakes again."""
    aside = 0
    for path in sorted([*queue.glob("messages/*.msg"), *queue.glob("control/*.exchange")]):
        if _is_torn(path):
            (queue / "torn").mkdir(mode=0o700, exist_ok=True)
            path.replace(queue / "torn" / path.name)
            aside += 1
    if aside:
        log.warning("queue.torn", files=aside)
    return aside


def _is_torn(path: Path) -> bool:
    try:
        if time.time() - path.stat().st_mtime < SETTLED:
            return False
        json.loads(path.read_bytes())
    except FileNotFoundError:  # taken by a worker meanwhile
        return False
    except ValueError:
        return True
    return False
