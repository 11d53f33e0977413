"""Front-end files straight from npm's folder: exactly the files named here are published, nothing else."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core import checks
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

INTER = "@fontsource-variable/inter/files/inter-{}-wght-normal.woff2"
FILES = {
    "vendor/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/tabler.min.js": "@tabler/core/dist/js/tabler.min.js",
    "vendor/echarts.common.min.js": "echarts/dist/echarts.common.min.js",
    **{f"vendor/inter/{s}.woff2": INTER.format(s) for s in ("latin", "latin-ext", "cyrillic", "cyrillic-ext")},
}


class _NodeModulesStorage(FileSystemStorage):
    prefix = None

    def path(self, name: str) -> str:
        return str(Path(self.location) / FILES[name.replace("\\", "/")])


class NodeModulesFinder(BaseFinder):
    """Publishes ``FILES`` from ``NODE_MODULES_DIR``."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.root = Path(settings.NODE_MODULES_DIR)
        self.storage = _NodeModulesStorage(location=str(self.root))
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        missing = [file for file in FILES.values() if not (self.root / file).is_file()]
        return [checks.Warning(f"Front-end files are missing: {', '.join(missing)}", hint="Run make env.")] if missing else []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        source = FILES.get(path.replace("\\", "/"))
        if source is None or not (self.root / source).is_file():
            return []
        full = str(self.root / source)
        return [full] if kwargs.get("all", find_all) else full

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name in FILES:
            if not matches_patterns(name, list(ignore_patterns or [])):
                yield name, self.storage


def _without_source_maps(patterns: Iterable[Any]) -> tuple[Any, ...]:
    kept = []
    for glob, rules in patterns:
        rest = tuple(rule for rule in rules if "sourceMappingURL" not in (rule if isinstance(rule, str) else rule[0]))
        if rest:
            kept.append((glob, rest))
    return tuple(kept)


# Django's own patterns read the libraries' scripts too, and take words of their comments for imports.
IMPORTS_OF_OWN_SCRIPTS = ("carat/*.js", ((r'(?P<matched>from "(?P<url>\.[^"]+)";)', 'from "%(url)s";'),))


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed names; the libraries' source maps are not published, so they are not looked for."""

    patterns = (*_without_source_maps(CompressedManifestStaticFilesStorage.patterns), IMPORTS_OF_OWN_SCRIPTS)
