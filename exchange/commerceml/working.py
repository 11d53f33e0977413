"""Files that have come whole are read, the oldest of a source first, one of a source at a time."""

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from exchange.commerceml import keeping, reading
from exchange.commerceml.reading import BadFileError
from exchange.commerceml.taking import Taking
from exchange.models import FileState, GoodsFile, Source
from stores.texts.kept_words import Words, joined
from stores.texts.kept_words import words as _

log = structlog.get_logger(__name__)
# A worker that tells nothing for so long is dead, and another begins the file anew.
SILENT = timedelta(minutes=5)
TO_READ = (FileState.RECEIVED, FileState.READING)


def read_files(*, limit: int = 100) -> int:
    """Read what has come. Returns how many files were read."""
    read = 0
    while read < limit and (file := claim()):
        _read(file)
        read += 1
    return read


def claim() -> GoodsFile | None:
    """The oldest file of a source whose turn it is. The source is locked, so that its files are read one after another."""
    silent = Q(touched_at=None) | Q(touched_at__lt=timezone.now() - SILENT)
    waiting = GoodsFile.objects.filter(state__in=TO_READ).order_by("pk")
    for source in dict.fromkeys(waiting.values_list("source", flat=True)):
        with transaction.atomic():
            Source.objects.select_for_update(no_key=True).get(pk=source)
            first = waiting.filter(source=source).select_related("source").order_by("state", "pk").first()
            busy = waiting.filter(source=source, state=FileState.READING).exclude(silent).exists()
            if first is None or busy:
                continue
            first.state, first.touched_at = FileState.READING, timezone.now()
            first.save(update_fields=["state", "touched_at"])
            return first
    return None


def _read(file: GoodsFile) -> None:
    """Read a file to its end, or to its fault. What was read before a fault stays written: it was said so."""
    taking = Taking(file, lambda: _tell(file, taking))
    try:
        with keeping.opened(file) as stream:
            for record in reading.records(stream):
                taking.take(record)
        left = taking.finish()
    except BadFileError as error:
        _close(file, taking, FileState.REFUSED, error.words)
    except Exception:
        # One file that breaks something must not hold up the others; what broke is in the log.
        log.exception("goods_file.failed", file=file.pk)
        _close(file, taking, FileState.REFUSED, _("something broke while it was read; what was read is written"))
    else:
        file.left = left
        _close(file, taking, FileState.WAITS if left else FileState.APPLIED, _words_of(file, taking, left))


def _words_of(file: GoodsFile, taking: Taking, left: dict[str, Any]) -> Words:
    words = []
    if left.get("warehouses"):
        names = [taking.terms.names.get(("warehouse", key), key) for key in left["warehouses"]]
        words.append(_("nobody knows whose these warehouses are: %(names)s") % {"names": ", ".join(filter(None, names)) or "—"})
    if left.get("prices"):
        words.append(_("which prices stand on the tags? %(names)s") % {"names": ", ".join(left["prices"])})
    return joined("; ", words)


def _tell(file: GoodsFile, taking: Taking) -> None:
    """How far it is read; whoever looks at the page sees it, and no other worker takes the file."""
    file.touched_at, file.counts = timezone.now(), dict(taking.counts)
    file.save(update_fields=["touched_at", "counts"])


def _close(file: GoodsFile, taking: Taking, state: FileState, words: Words | str) -> None:
    file.state, file.words, file.touched_at = state, words, timezone.now()
    file.counts, file.refused = dict(taking.counts), taking.refused
    file.save(update_fields=["state", "words", "touched_at", "counts", "refused", "left"])


def wake() -> int:
    """What waited for a person is read again, for that alone. Returns how many files."""
    return GoodsFile.objects.filter(state=FileState.WAITS).update(state=FileState.RECEIVED)
