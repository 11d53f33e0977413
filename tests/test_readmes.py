"""Each app's README names the modules that its contract shows to others, and no other."""

import re
import tomllib

import pytest
from django.conf import settings

CONTRACTS = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
SHOWN = {
    contract["id"].removeprefix("public-"): {arrow.partition(" -> ")[2] for arrow in contract["ignore_imports"]}
    for contract in CONTRACTS
    if contract["id"].startswith("public-")
}
APPS = settings.HOUSE


@pytest.mark.parametrize("app", APPS)
def test_the_readme_names_what_the_contract_shows(app: str) -> None:
    _what, _public, said = (settings.BASE_DIR / app / "README.md").read_text().partition("Public:")
    named = {f"{app}.{name}" for name in re.findall(r"`([a-z_.*]+)`", said)}
    rooms = {name.removesuffix(".*") for name in named if name.endswith(".*")}

    shown = {module for module in SHOWN[app] if module.rpartition(".")[0] not in rooms}

    assert {name for name in named if name in _modules(app)} == shown | {name for name in named if name in rooms}


def _modules(app: str) -> set[str]:
    paths = (settings.BASE_DIR / app).rglob("*.py")
    names = (".".join(path.relative_to(settings.BASE_DIR).with_suffix("").parts) for path in paths)
    return {name.removesuffix(".__init__") for name in names}
