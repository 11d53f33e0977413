"""Words of a newsletter: a little Markdown, and nothing else, as HTML that mail programs read and as plain text."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from messaging import texts
from stores import rules

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

# Paragraphs, bold and italic words, links and lists; HTML is text like any other.
RULES = ("emphasis", "link", "list", "newline", "escape")
MARGIN = "margin:0 0 16px"
STYLES = {
    "paragraph_open": MARGIN,
    "link_open": "color:#155e52;text-decoration:underline",
    "bullet_list_open": f"{MARGIN};padding:0 0 0 20px;text-align:left",
    "ordered_list_open": f"{MARGIN};padding:0 0 0 20px;text-align:left",
    "list_item_open": "margin:0 0 8px",
}


def _markdown() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("zero", {"html": False, "breaks": True, "linkify": False}).enable(list(RULES))


def html_of(text: str) -> str:
    """The words as HTML with their styles in it."""
    markdown = _markdown()
    tokens = markdown.parse(text)
    for token in _all(tokens):
        if style := STYLES.get(token.type):
            token.attrSet("style", style)
        if token.type == "link_open":
            token.attrSet("class", "link")
    return str(markdown.renderer.render(tokens, markdown.options, {})).strip()


def plain_of(text: str) -> str:
    """The words as they are read without any marks; a link is followed by its address."""
    lines: list[str] = []
    items: list[str] = []
    for token in _markdown().parse(text):
        if token.type == "bullet_list_open":
            items.append("— ")
        elif token.type == "ordered_list_open":
            items.append("1")
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            items.pop()
        elif token.type == "inline":
            lines.append(_mark(items) + _line(token.children or []))
    return "\n\n".join(lines)


def _mark(items: list[str]) -> str:
    """What stands before a line of a list; numbers go on."""
    if not items or not items[-1].isdecimal():
        return items[-1] if items else ""
    number = items[-1]
    items[-1] = str(int(number) + 1)
    return f"{number}. "


def _line(tokens: "Sequence[Token]") -> str:
    said, address = "", ""
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            said += f": {address}"
        elif token.type in ("softbreak", "hardbreak"):
            said += "\n"
        else:
            said += token.content
    return said


def _all(tokens: "Sequence[Token]") -> "Iterator[Token]":
    for token in tokens:
        yield token
        yield from _all(token.children or [])


def wrong_links(text: str) -> list[str]:
    """Why links of the words may not stand there: each leads to the chain's own pages, whole."""
    tokens = list(_all(_markdown().parse(text)))
    addresses = [str(token.attrGet("href") or "") for token in tokens if token.type == "link_open"]
    bare = " ".join(token.content for token in tokens if token.type == "text")
    foreign = texts.foreign_links(bare, rules.current().own_hosts)
    return [words for address in addresses if (words := wrong_address(address))] + [_not_own(link) for link in foreign]


def wrong_address(address: str) -> str:
    """Why an address is none that a letter may lead to; empty where it is one."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or any(sign in address for sign in "{}<>\"' \\"):
        return _("Write the whole address: it begins with https://.")
    return _not_own(address) if texts.foreign_links(f"{parts.scheme}://{parts.netloc}", rules.current().own_hosts) else ""


def _not_own(link: str) -> str:
    return _("A letter leads to the chain's own pages alone, not to %s.") % link
