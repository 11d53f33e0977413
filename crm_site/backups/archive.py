"""The file that a backup is: a gzipped tar, closed by a manifest, sealed by age where there is a key.

Written and read as a stream, so memory does not grow with the base. The manifest is the last thing written: what has
none, or does not fit it, is no backup.
"""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

CHUNK = 4 << 20
MANIFEST = "manifest.json"
SEALED = b"age-encryption.org/"
LEVEL = 3
TROUBLE = (tarfile.TarError, EOFError, OSError, zlib.error, ValueError)


class ArchiveError(Exception):
    """The file cannot be written, or is no whole backup; the words say why."""


class Member(NamedTuple):
    """A file of the archive, to be read before the next one is asked for."""

    name: str
    content: IO[bytes]


class Writer:
    """Puts files into the stream and remembers what they were."""

    def __init__(self, sink: IO[bytes]) -> None:
        self._gzip = gzip.GzipFile(fileobj=sink, mode="wb", compresslevel=LEVEL, mtime=0)
        self._tar = tarfile.open(fileobj=self._gzip, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 — closed by close
        self.members: dict[str, dict[str, Any]] = {}

    def put(self, name: str, content: IO[bytes], size: int) -> None:
        info, told = tarfile.TarInfo(name), _Counted(content)
        info.size, info.mode = size, 0o600
        self._tar.addfile(info, told)
        self.members[name] = {"size": size, "sha256": told.digest.hexdigest()}

    def put_pieces(self, folder: str, pieces: Iterable[bytes]) -> None:
        """A stream whose length nobody knows yet, as files of a folder, one a piece."""
        for number, piece in enumerate(pieces):
            self.put(f"{folder}/{number:08d}", io.BytesIO(piece), len(piece))

    def close(self, manifest: dict[str, Any]) -> None:
        """The manifest, with a hash of everything before it, and the end of the stream."""
        words = json.dumps({**manifest, "members": self.members}, ensure_ascii=False).encode()
        self.put(MANIFEST, io.BytesIO(words), len(words))
        self._tar.close()
        self._gzip.close()

    def give_up(self) -> None:
        """Write no end: what is half done shall not look whole."""
        self._tar.fileobj.closed = True  # type: ignore[attr-defined]


class _Counted(io.RawIOBase):
    """A file that is hashed while it is read."""

    def __init__(self, content: IO[bytes]) -> None:
        self.content, self.digest = content, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.content.read(size)
        self.digest.update(piece)
        return piece


@contextmanager
def sealing(file: IO[bytes], recipient: str) -> Iterator[IO[bytes]]:
    """Where to write what ``file`` keeps, sealed for the recipient where there is one. Raises ArchiveError for a bad key."""
    if not recipient:
        yield file
        return
    import pyrage

    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise ArchiveError(f"BACKUP_KEY is no public key of age: {error}") from error
    inlet, outlet = os.pipe()
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(_through, pyrage.encrypt_io, os.fdopen(inlet, "rb"), file, key)
        try:
            with os.fdopen(outlet, "wb") as pipe:
                yield pipe
        except BrokenPipeError:
            work.result()
            raise
        work.result()


@contextmanager
def opening(path: Path, identity: str) -> Iterator[IO[bytes]]:
    """What a backup holds, unsealed where it is sealed. Raises ArchiveError without the key that opens it."""
    with path.open("rb") as file:
        is_sealed = file.read(len(SEALED)) == SEALED
        file.seek(0)
        if not is_sealed:
            yield file
            return
        yield from _unsealed(file, identity)


def _unsealed(file: IO[bytes], identity: str) -> Iterator[IO[bytes]]:
    import pyrage

    try:
        key = pyrage.x25519.Identity.from_str(identity)
    except pyrage.IdentityError as error:
        raise ArchiveError("The copy is sealed: name the file of its secret key by --key.") from error
    inlet, outlet = os.pipe()
    with ThreadPoolExecutor(1) as pool, os.fdopen(inlet, "rb") as pipe:
        work = pool.submit(_through, pyrage.decrypt_io, file, os.fdopen(outlet, "wb"), key)
        try:
            yield pipe
        finally:
            pipe.close()
            trouble = work.exception()
            if isinstance(trouble, pyrage.DecryptError):  # the key is wrong, which is why the stream ended
                raise ArchiveError(f"The copy does not open: {trouble}") from trouble


def _through(work: Any, source: IO[bytes], target: IO[bytes], key: Any) -> None:
    """Run the cipher between two files, of which the pipe's end is closed when it is done, come what may."""
    pipe = source if isinstance(source.name, int) else target
    with pipe:
        work(source, target, [key])


def members(stream: IO[bytes]) -> Iterator[Member]:
    """Everything in the archive in its order, the manifest last. Raises ArchiveError for what is no plain file of a folder."""
    with gzip.GzipFile(fileobj=stream) as plain, tarfile.open(fileobj=plain, mode="r|") as tar:
        for info in tar:
            content = tar.extractfile(info)
            if content is None or Path(info.name).is_absolute() or ".." in Path(info.name).parts:
                raise ArchiveError(f"A copy holds plain files, not {info.name!r}.")
            yield Member(info.name, content)
        while plain.read(CHUNK):  # to the end, where gzip keeps its own sum
            pass


def verified(path: Path, identity: str = "") -> dict[str, Any]:
    """The manifest of a whole backup: every file is there and is what it was. Raises ArchiveError for any other."""
    try:
        with opening(path, identity) as stream:
            manifest, seen = _looked_through(stream)
    except TROUBLE as error:
        raise ArchiveError(f"The copy is torn: {error}") from error
    if manifest is None:
        raise ArchiveError("The copy is not whole: it was cut before its end.")
    if manifest["members"] != seen:
        wrong = sorted(name for name in manifest["members"].keys() | seen if manifest["members"].get(name) != seen.get(name))
        raise ArchiveError(f"The copy differs from its manifest: {', '.join(wrong[:5])}")
    return manifest


def _looked_through(stream: IO[bytes]) -> tuple[dict[str, Any] | None, dict[str, dict[str, Any]]]:
    """The manifest, and what is really there."""
    seen: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    for member in members(stream):
        if member.name == MANIFEST:
            manifest = json.loads(member.content.read())
            continue
        told, size = _Counted(member.content), 0
        while piece := told.read(CHUNK):
            size += len(piece)
        seen[member.name] = {"size": size, "sha256": told.digest.hexdigest()}
    return manifest, seen
