"""What holds the templates together: lines that can be read, names that lead somewhere."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

TEMPLATES = settings.BASE_DIR / "templates"
HTML = sorted(TEMPLATES.rglob("*.html"))
SOURCES = [path for app in (*settings.HOUSE, "crm_site") for path in sorted((settings.BASE_DIR / app).rglob("*.py"))]

LONGEST_LINE = 120
LONGEST_TEMPLATE = 150
ONE_ADDRESS = re.compile(r'(?:href|src|action|hx-get|hx-post)="[^"]*"')
ONE_TEXT = re.compile(r'(?:[\w-]+=")?\{% translate (?:"[^"]*"|\'[^\']*\')(?: as \w+)? %\}"?')

ADDRESS_TAG = re.compile(r"""\{% url ["']([^"']+)["']""")
TEMPLATE_TAG = re.compile(r"""\{% (?:include|extends) ["']([^"']+)["']""")
NAME_STANDS = {"reverse": 0, "reverse_lazy": 0, "redirect": 0, "resolve_url": 0, "back": 1}  # which argument it is


def is_too_long(line: str) -> bool:
    """Over 120 characters, unless the line is one address or one text to translate and nothing else."""
    alone = line.strip()
    return len(line) > LONGEST_LINE and not ONE_ADDRESS.fullmatch(alone) and not ONE_TEXT.fullmatch(alone)


def names_of(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """Each name that ``reverse`` knows, with its namespace."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names_of(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}"


def names_in(source: Path) -> Iterator[str]:
    """Names of addresses that a module goes to by ``reverse("...")``, ``redirect("...")`` and the like."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAME_STANDS:
            for word in node.args[NAME_STANDS[node.func.id] :][:1]:
                if isinstance(word, ast.Constant) and isinstance(word.value, str) and not word.value.startswith("/"):
                    yield word.value


ADDRESSES = set(names_of(get_resolver()))


@pytest.mark.parametrize("template", HTML, ids=lambda template: str(template.relative_to(TEMPLATES)))
def test_a_template_can_be_read(template: Path) -> None:
    lines = template.read_text(encoding="utf-8").splitlines()

    assert [(number, line) for number, line in enumerate(lines, 1) if is_too_long(line)] == []
    assert len(lines) <= LONGEST_TEMPLATE


@pytest.mark.parametrize(
    ("line", "too_long"),
    [
        ("x" * 120, False),
        ("x" * 121, True),
        (f"""  href="{{% url 'pages:card' 1 %}}?{"x" * 120}\"""", False),
        (f"""  <a href="{{% url 'pages:card' 1 %}}?{"x" * 120}">""", True),
        (f"""  {{% translate "{"word " * 30}" %}}""", False),
        (f"""  {{% translate "{"word " * 30}" as words %}}""", False),
        (f"""  title="{{% translate '{"word " * 30}' %}}\"""", False),
        (f"""  <p>{{% translate "{"word " * 30}" %}}</p>""", True),
    ],
)
def test_only_an_address_or_a_text_alone_may_be_long(line: str, too_long: bool) -> None:
    assert is_too_long(line) is too_long


def test_a_part_says_what_it_is_given() -> None:
    parts = [template for template in HTML if template.name.startswith("_")]

    silent = [part for part in parts if not re.match(r"\{# .*Context: .+ #\}\n", part.read_text(encoding="utf-8"))]

    assert silent == []


@pytest.mark.parametrize("template", HTML, ids=lambda template: str(template.relative_to(TEMPLATES)))
def test_what_a_template_names_is_there(template: Path) -> None:
    text = template.read_text(encoding="utf-8")

    assert set(ADDRESS_TAG.findall(text)) - ADDRESSES == set()
    for name in TEMPLATE_TAG.findall(text):
        get_template(name)


def test_each_address_that_the_code_goes_to_is_there() -> None:
    unknown = {(str(path.relative_to(settings.BASE_DIR)), name) for path in SOURCES for name in set(names_in(path)) - ADDRESSES}

    assert unknown == set()
