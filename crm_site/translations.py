"""Compiles the .po files without GNU gettext, and tells what is not translated.

``python -m crm_site.translations`` compiles; with ``--check`` it only looks, and fails on a gap. Where xgettext
is installed the check also fails on strings that the .po files do not know yet.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "locale"


def compile_all() -> None:
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def gaps() -> list[str]:
    """Entries that are empty or fuzzy, as ``ru: text``."""
    found = []
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        po = polib.pofile(str(path))
        language = path.parent.parent.name
        found += [f"{language}: {entry.msgid}" for entry in [*po.untranslated_entries(), *po.fuzzy_entries()]]
    return found


def unknown() -> list[str]:
    """Strings of the code that the .po files lack; nothing where xgettext is not installed."""
    if not shutil.which("xgettext"):
        return []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "locale"
        shutil.copytree(LOCALE, copy)
        ignored = [part for name in ("node_modules", ".venv", "var", "tests", "benchmarks") for part in ("-i", name)]
        command = [sys.executable, "manage.py", "makemessages", "-l", "ru", "--no-obsolete", "-v0", *ignored]
        original = {path: path.read_bytes() for path in LOCALE.glob("*/LC_MESSAGES/*.po")}
        try:
            subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 — our own command
            return [
                f"{path.parent.parent.name}: {msgid}"
                for path in original
                for msgid, context in sorted(_entries(path) - _entries(copy / path.relative_to(LOCALE)))
            ]
        finally:
            for path, content in original.items():
                path.write_bytes(content)


def _entries(path: Path) -> set[tuple[str, str]]:
    """Strings of a .po file with their contexts; none of one that is not there."""
    return {(entry.msgid, entry.msgctxt or "") for entry in polib.pofile(str(path))} if path.exists() else set()


def main() -> int:
    if "--check" not in sys.argv:
        compile_all()
        return 0
    missing = gaps() + unknown()
    for text in missing:
        sys.stderr.write(f"not translated: {text}\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
