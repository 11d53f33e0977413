"""Workbooks opened safely: their limits checked first, their sheets made CSV files by a process of its own."""

import codecs
import json
import os
import re
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.conf import settings

from imports.files import letters, workbook
from stores.texts.kept_words import SaidError
from stores.texts.kept_words import words as _

SIGNS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
# What begins with a tag or a letter's head, and is a table all the same; the modes of ``workbook`` that read it.
MARKUP = ("xml", "page", "archive")
HEAD = 4_096
MARKS = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"


class UnreadableFileError(SaidError):
    """The file is no list that can be read; the words tell the person what to do."""


def unpacked(path: Path) -> Path:
    """The folder with the sheets of a workbook as CSV files, made beside it the first time.

    A process of its own with limits opens the workbook; it is streamed where it is large or breaks the fast reader.
    Raises UnreadableFileError.
    """
    folder = path.with_name(f"{path.name}.sheets")
    if folder.is_dir():
        return folder
    for mode in _modes(path, kind_of(path)):
        if _unpack(path, folder, mode):
            return folder
    raise UnreadableFileError(_("The workbook is damaged or protected by a password."))


def _modes(path: Path, kind: str) -> list[str]:
    """The readers to try, one after the other."""
    if kind in MARKUP:
        return [kind]
    unpacks_to = _check_zip(path) if kind == "xlsx" else path.stat().st_size
    fast = ["fast"] if unpacks_to <= settings.IMPORT_FAST_UNPACKED_BYTES else []
    return [*fast, "streamed" if kind == "xlsx" else "fast"]


def _unpack(path: Path, folder: Path, mode: str) -> bool:
    with TemporaryDirectory(dir=path.parent) as making:
        encoding = _encoding_of(path) if mode in MARKUP else ""
        command = [sys.executable, "-m", workbook.__name__, mode, str(path.resolve()), str(Path(making).resolve()), encoding]
        seconds, here = settings.IMPORT_UNPACK_SECONDS, settings.BASE_DIR
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=seconds, cwd=here)  # noqa: S603
        except subprocess.TimeoutExpired:
            return False
        if done.returncode == 0 and not folder.exists():
            # All at once: whoever sees the folder sees every row.
            Path(making).rename(folder)
            Path(making).mkdir()
    return done.returncode == 0


def kind_of(path: Path) -> str:
    """What a file is, whatever its name says: a workbook (``xlsx``, ``xls``), a table that calls itself one (``xml``, ``page``,
    ``archive``), or "" for a text."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if sign := SIGNS.get(head[:4]):
        return sign
    said = head.replace(b"\0", b"").lstrip(MARKS).lower()
    if said.startswith(b"mime-version:"):
        return "archive"
    if not said.startswith(b"<"):
        return ""
    if b"urn:schemas-microsoft-com:office:spreadsheet" in said and b"<workbook" in said:
        return "xml"
    return "page" if re.search(rb"<(?:!doctype html|html|head|body|table|meta|style|div)\b", said) else ""


def is_workbook(path: Path) -> bool:
    """Whether a process of its own must make tables of the file first."""
    return bool(kind_of(path))


def _encoding_of(path: Path) -> str:
    """The letters of a page: as its mark or it itself says, else as they look."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    said = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", head)
    name = said[1].decode() if said and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else ""
    try:
        return codecs.lookup(name).name if name else letters.guess_encoding(path, head)
    except LookupError:
        return letters.guess_encoding(path, head)


def sheet_names(path: Path) -> list[str]:
    """Names of a workbook's sheets. Raises UnreadableFileError."""
    names: list[str] = json.loads((unpacked(path) / workbook.NAMES).read_text(encoding="utf-8"))
    return names


def sheets_seen(path: Path) -> list[int]:
    """The sheets that somebody sees who opens the workbook; all of them where it hides every one."""
    every = range(len(sheet_names(path)))
    told = unpacked(path) / workbook.HIDDEN
    hidden = json.loads(told.read_text(encoding="utf-8")) if told.exists() else []
    return [sheet for sheet in every if sheet not in hidden] or list(every)


def _check_zip(path: Path) -> int:
    """What an archive unpacks to, in bytes. Refuses one that unpacks to far more than a list could.

    First its directory is asked, then, as a directory may lie, each entry is unpacked as far as it said.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError) as error:
        raise UnreadableFileError(_("The workbook is damaged or protected by a password.")) from error
    unpacks_to = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    too_dense = unpacks_to > 50_000_000 and unpacks_to / packed > 100
    if len(entries) > 2_000 or unpacks_to > settings.IMPORT_MAX_UNPACKED_BYTES or too_dense or _lies(path, entries):
        raise UnreadableFileError(_("The workbook unpacks to far more than a list holds, so it was not opened."))
    return unpacks_to


def _lies(path: Path, entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether an entry unpacks to more than the archive's directory says of it."""
    with path.open("rb") as file:
        for entry in entries:
            file.seek(entry.header_offset)
            header = file.read(30)
            file.seek(int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), os.SEEK_CUR)
            if entry.compress_type == zipfile.ZIP_DEFLATED and _inflates_past(file, entry.compress_size, entry.file_size):
                return True
    return False


def _inflates_past(file: IO[bytes], packed: int, limit: int) -> bool:
    inflate, made = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while packed > 0 and not inflate.eof and (data := file.read(min(packed, 1 << 16))):
        packed -= len(data)
        while data and made <= limit:
            try:
                made += len(inflate.decompress(data, 1 << 20))
            except zlib.error:
                return False
            data = inflate.unconsumed_tail
        if made > limit:
            return True
    return made > limit
