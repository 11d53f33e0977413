"""What is published to browsers: the files that are named, and scripts that find each other under hashed names."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings as house
from django.core.files.storage import FileSystemStorage
from pytest_django import Settings

from crm_site.front import FILES, NodeModulesFinder, StaticStorage

STATIC = Path(house.BASE_DIR) / "static"
IMPORTED = re.compile(r'from "(\.[^"]+)";')
ANY_IMPORT = re.compile(r"""^(?:import|export)\b[^;"']*\bfrom\s*["']|^import\s*["']|\bimport\(""", re.MULTILINE)
# What pages name themselves.
OF_PAGES = {f"carat/{name}.js" for name in ("carat", "charts", "boards", "push", "push-worker")}
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The house's own scripts as ``collectstatic`` leaves them: name → hashed file."""
    root = shutil.copytree(STATIC, tmp_path_factory.mktemp("published") / "static")
    names = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*.js")]
    source, storage = FileSystemStorage(location=STATIC), StaticStorage(location=str(root), base_url="/static/")
    done = list(storage.post_process({name: (source, name) for name in names}))

    assert [error for _name, _hashed, error in done if isinstance(error, Exception)] == []
    return {name: root / storage.hashed_files[name] for name in names}


def test_each_import_names_the_hashed_file(published: dict[str, Path]) -> None:
    imported = {(path.parent / one).resolve() for path in published.values() for one in IMPORTED.findall(path.read_text())}

    assert imported == {path for name, path in published.items() if name not in OF_PAGES}
    assert all(HASHED.search(path.name) for path in imported)


def test_no_import_is_written_in_a_way_that_is_not_seen(published: dict[str, Path]) -> None:
    for name, path in published.items():
        words = ANY_IMPORT.findall(path.read_text())
        assert len(words) == len(IMPORTED.findall(path.read_text())), name


def test_a_library_s_file_is_found_where_npm_put_it() -> None:
    finder, name = NodeModulesFinder(), "vendor/tabler.min.css"

    place = Path(house.NODE_MODULES_DIR) / "@tabler/core/dist/css/tabler.min.css"
    assert (finder.find(name), finder.find(name, find_all=True)) == (str(place), [str(place)])
    assert finder.check() == []


@pytest.mark.parametrize("name", ["tabler.min.css", "vendor/../package.json", "@tabler/core/package.json", ""])
def test_nothing_else_of_npms_folder_is_published(name: str) -> None:
    assert NodeModulesFinder().find(name) == []


def test_what_is_collected_is_what_is_named() -> None:
    listed = dict(NodeModulesFinder().list(["*.woff2"]))

    assert listed.keys() == {name for name in FILES if not name.endswith(".woff2")}
    assert all(storage.exists(name) for name, storage in listed.items())


def test_a_machine_without_npms_folder_is_told_what_to_run(settings: Settings, tmp_path: Path) -> None:
    settings.NODE_MODULES_DIR = tmp_path
    finder = NodeModulesFinder()

    assert [(warning.hint, all(file in warning.msg for file in FILES.values())) for warning in finder.check()] == [
        ("Run make env.", True)
    ]
    assert finder.find("vendor/tabler.min.css") == []
