"""The page of a newsletter filled for one reader: placeholders as in texts, and addresses of the letter itself. Public."""

import re
from collections.abc import Mapping

from django.utils.html import escape

# Addresses that differ from reader to reader; nobody types them. ``letter_site`` is where pictures and own pages begin.
SITE, COPY, TOPICS, STOP = "letter_site", "letter_copy", "letter_topics", "letter_stop"
FIELD = re.compile(r"\{(?P<name>\w+)\}(?P<joiner>[ ,]*)(?P<first>\w?)")
# What only the reader gets; a copy of the letter that anybody may open has none of it.
OWN = re.compile(r"<!--own-->.*?<!--/own-->", re.DOTALL)


def fill_page(html: str, values: Mapping[str, str]) -> str:
    """The page with its placeholders filled, each value escaped; what stands behind an empty one begins the line in its place."""

    def filled(found: re.Match[str]) -> str:
        if found["name"] not in values:
            return found[0]
        if value := escape(values[found["name"]]):
            return value + found["joiner"] + found["first"]
        begins = html[: found.start()].rstrip().endswith(">")
        return found["first"].upper() if begins else found["first"]

    return FIELD.sub(filled, html)


def for_anybody(html: str) -> str:
    """The page without what is the reader's own."""
    return OWN.sub("", html)
