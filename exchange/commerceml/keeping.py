"""Files of an exchange as 1C sends them: in parts, packed or not, kept until somebody has read them.

A name of 1C's is never a path here: each file lies under a name of its own.
"""

import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from exchange.commerceml.reading import BadFileError
from exchange.models import FileState, GoodsFile, Source
from stores.texts.kept_words import words as _

MOST_FILES, MOST_ENTRIES = 2_000, 2_000
# What was read is kept for a week, what could not be for a month.
KEPT, KEPT_REFUSED = timedelta(days=7), timedelta(days=30)
PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff")
DENSE, MOST_DENSITY = 50_000_000, 200


class StrangeNameError(Exception):
    """The name leads out of the exchange, or is none."""


class NoFileError(Exception):
    """1C asks to read a file that it has not sent."""


def folder() -> Path:
    """Where they lie; its name begins with a dot, so no backup takes it: 1C has it all."""
    return settings.DATA_DIR / "private" / ".exchange"


def begin() -> str:
    """The name of a new exchange."""
    return secrets.token_hex(16)


def plain_name(said: str) -> str:
    """A name of a file as it is kept. Raises StrangeNameError for one that leads elsewhere."""
    name = said.strip().replace("\\", "/")
    if not name or len(name) > 200 or not name.isprintable() or name.startswith("/") or ":" in name or ".." in name.split("/"):
        raise StrangeNameError
    return name


def is_picture(name: str) -> bool:
    return name.lower().endswith(PICTURES)


def append(source: Source, exchange: str, name: str, data: bytes) -> GoodsFile:
    """The next part of a file. Raises StrangeNameError, BadFileError where it is too large."""
    name = plain_name(name)
    file = GoodsFile.objects.filter(source=source, exchange=exchange, name=name).first()
    if file is None:
        if GoodsFile.objects.filter(source=source, exchange=exchange).count() >= MOST_FILES:
            raise BadFileError(_("too many files in one exchange"))
        path = f"{source.pk}/{exchange}/{secrets.token_hex(8)}"
        file = GoodsFile.objects.create(source=source, exchange=exchange, name=name, path=path)
    if file.state != FileState.ARRIVING:
        raise BadFileError(_("this file is being read already: begin a new exchange"))
    path_of = folder() / file.path
    path_of.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if file.size + len(data) > settings.IMPORT_MAX_UNPACKED_BYTES:
        raise BadFileError(_("the file is larger than a catalogue can be"))
    with path_of.open("ab") as out:
        out.write(data)
    file.size += len(data)
    file.save(update_fields=["size"])
    return file


def take_file(source: Source, name: str, data: IO[bytes]) -> GoodsFile:
    """A whole file that came by another way, to be read. Raises as ``append``."""
    return _to_read(put_file(source, name, data))


def put_file(source: Source, name: str, data: IO[bytes]) -> GoodsFile:
    """The same, of which something is still to be asked for. Raises as ``append``."""
    exchange = begin()
    file = append(source, exchange, name, b"")
    while part := data.read(1 << 20):
        append(source, exchange, name, part)
    file.refresh_from_db()
    return file


def ask_to_read(source: Source, exchange: str, name: str) -> GoodsFile:
    """A file that has come whole, by its own name or within an archive, is to be read; asked again, it is what it is by now.

    Raises StrangeNameError, NoFileError, BadFileError.
    """
    name = plain_name(name)
    files = GoodsFile.objects.filter(source=source, exchange=exchange)
    file = files.filter(name=name).first()
    if file is None or name.lower().endswith(".zip"):
        archives = [file] if file else list(files.filter(name__iendswith=".zip").order_by("pk"))
        file = next((found for archive in archives if (found := _unpacked(archive, name))), None)
    if file is None:
        raise NoFileError
    return _to_read(file) if file.state == FileState.ARRIVING else file


def _unpacked(archive: GoodsFile, name: str) -> GoodsFile | None:
    """The file of an archive by its name; asked for the archive itself, its first catalogue or package of offers."""
    for member in members(folder() / archive.path):
        if member == name or member.rpartition("/")[2] == name or name == archive.name:
            facts = {"path": archive.path, "member": member, "size": archive.size, "state": FileState.RECEIVED}
            shown = member if name == archive.name else name
            return GoodsFile.objects.get_or_create(
                source=archive.source, exchange=archive.exchange, name=shown[:200], defaults=facts
            )[0]
    return None


def members(path: Path) -> list[str]:
    """The XML files of an archive, catalogues before offers. Raises BadFileError for an archive that would do harm."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BadFileError(_("the archive is damaged: %(error)s") % {"error": error}) from None
    for entry in entries:
        try:
            plain_name(entry.filename.rstrip("/"))
        except StrangeNameError:
            raise BadFileError(_("the archive has a file whose name leads out of it")) from None
    unpacks_to = sum(entry.file_size for entry in entries)
    dense = unpacks_to > DENSE and unpacks_to > MOST_DENSITY * sum(entry.compress_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacks_to > settings.IMPORT_MAX_UNPACKED_BYTES or dense:
        raise BadFileError(_("the archive unpacks to far more than a catalogue holds, so it was not opened"))
    found = [entry.filename for entry in entries if entry.filename.lower().endswith(".xml")]
    return sorted(found, key=lambda name: (not name.rpartition("/")[2].startswith("import"), name))


def _to_read(file: GoodsFile) -> GoodsFile:
    file.state = FileState.RECEIVED
    file.save(update_fields=["state"])
    return file


@contextmanager
def opened(file: GoodsFile) -> Iterator[IO[bytes]]:
    """What a file says. Raises BadFileError where it is gone or damaged."""
    path = folder() / file.path
    try:
        if file.member:
            with zipfile.ZipFile(path) as archive, archive.open(file.member) as stream:
                yield stream
        else:
            with path.open("rb") as plain:
                yield plain
    except (zipfile.BadZipFile, OSError, KeyError, RuntimeError, NotImplementedError) as error:
        raise BadFileError(_("the file cannot be read: %(error)s") % {"error": error}) from None


def abandon(source: Source, exchange: str) -> None:
    """A new exchange begins: files of earlier ones that never came whole will not."""
    torn = GoodsFile.objects.filter(source=source, state=FileState.ARRIVING).exclude(exchange=exchange)
    archives = Q(name__iendswith=".zip")
    torn.exclude(archives).update(state=FileState.REFUSED, words=_("it never came whole, or 1C did not ask to read it"))
    torn.filter(archives).update(state=FileState.APPLIED)


def forget(now: datetime | None = None) -> int:
    """Take away files that are kept no longer; what became of them stays. Returns how many."""
    now = now or timezone.now()
    old = GoodsFile.objects.exclude(path="").exclude(state__in=[FileState.RECEIVED, FileState.READING, FileState.WAITS])
    gone = old.filter(
        Q(state=FileState.APPLIED, received_at__lt=now - KEPT) | Q(received_at__lt=now - KEPT_REFUSED)
    )  # fmt: skip
    paths = set(gone.values_list("path", flat=True))
    kept = set(GoodsFile.objects.filter(path__in=paths).exclude(pk__in=gone.values("pk")).values_list("path", flat=True))
    for path in paths - kept:
        (folder() / path).unlink(missing_ok=True)
        with_it = (folder() / path).parent
        if with_it.is_dir() and not any(with_it.iterdir()):
            with_it.rmdir()
    return gone.filter(path__in=paths - kept).update(path="")
