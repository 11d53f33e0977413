"""What is published to browsers: scripts find each other under the hashed names that browsers keep for ever."""

import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from crm_site.front import StaticStorage

STATIC = Path(settings.BASE_DIR) / "static"
IMPORTED = re.compile(r'from "(\.[^"]+)";')
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

    assert imported == {path for name, path in published.items() if name not in {"carat/carat.js", "carat/charts.js"}}
    assert all(HASHED.search(path.name) for path in imported)


def test_no_import_is_written_in_a_way_that_is_not_seen(published: dict[str, Path]) -> None:
    for name, path in published.items():
        words = re.findall(r"^(?:import|export) .*? from |^import [\"']|\bimport\(", path.read_text(), re.MULTILINE | re.DOTALL)
        assert len(words) == len(IMPORTED.findall(path.read_text())), name
