"""The lock fits: what the source imports is named, what is named is locked with all that it pulls in, and that is installed.

Without a network: names and versions are read from what is installed. ``make lock`` mends what fails here.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from django.conf import settings
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
SOURCE = (*settings.HOUSE, "crm_site", "manage.py")
BESIDE = ("tests", "benchmarks", "docs")
OURS = {"manage", *SOURCE, *BESIDE}
LOCKS = ("requirements", "requirements-dev")


def named(name: str) -> dict[str, Requirement]:
    """What a file of requirements asks for on this machine, by the package's canonical name."""
    lines = [line.partition("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines()]
    asked = [Requirement(line) for line in lines if line and not line.startswith("-")]
    return {canonicalize_name(one.name): one for one in asked if one.marker is None or one.marker.evaluate()}


def locked() -> dict[str, str]:
    """Every pin of both locks; what stands in both must be the same."""
    pins: dict[str, str] = {}
    for lock in LOCKS:
        for name, asked in named(f"{lock}.txt").items():
            (pin,) = asked.specifier
            assert (pin.operator, pins.setdefault(name, pin.version)) == ("==", pin.version), name
    return pins


def imported(places: Iterable[str]) -> Iterator[str]:
    """The first names of all modules that files of these places import, the standard library's and our own left out."""
    for place in places:
        files = (ROOT / place).rglob("*.py") if (ROOT / place).is_dir() else [ROOT / place]
        for node in (node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.append(node.module)
            yield from {module.partition(".")[0] for module in modules} - sys.stdlib_module_names - OURS


def pulled_in(asked: Requirement) -> Iterator[Requirement]:
    """What an installed package asks for on this machine, with the extras that it was asked for with."""
    for line in distribution(asked.name).requires or ():
        needed = Requirement(line)
        if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *asked.extras)):
            yield needed


@pytest.mark.parametrize(("places", "files"), [(SOURCE, ["requirements.in"]), (BESIDE, [f"{lock}.in" for lock in LOCKS])])
def test_what_is_imported_is_named(places: tuple[str, ...], files: list[str]) -> None:
    known = {name for file in files for name in named(file)}
    packages = packages_distributions()

    unnamed = {module for module in imported(places) if not known & {canonicalize_name(d) for d in packages.get(module, [])}}

    assert unnamed == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_named_is_locked_with_all_that_it_pulls_in(lock: str) -> None:
    pins, seen = named("requirements.txt") | named(f"{lock}.txt"), set()
    waiting = list(named(f"{lock}.in").values())
    unfit = []
    while waiting:
        asked = waiting.pop()
        name = canonicalize_name(asked.name)
        (pin,) = pins[name].specifier if name in pins else [None]
        if pin is None or not asked.specifier.contains(pin.version, prereleases=True):
            unfit.append(str(asked))
        elif (name, *sorted(asked.extras)) not in seen:
            seen.add((name, *sorted(asked.extras)))
            waiting += pulled_in(asked)

    assert unfit == []


def test_what_is_installed_is_what_is_locked() -> None:
    unfit = {}
    for name, version in locked().items():
        try:
            installed = distribution(name).version
        except PackageNotFoundError:
            installed = "nothing"
        if installed != version:
            unfit[name] = (version, installed)

    assert unfit == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / f"{lock}.txt").read_text(encoding="utf-8")

    assert [word for word in ("http:", "https:", "file:", "--", "@") if word in text] == []
