"""``{% kept "name" part part %}…{% endkept %}``: a part of the frame, made once for all to whom it looks alike.

What differs at each page (the form token, the address, the search, the nonce) stands in what is kept as a mark that no page
can hold, and is put in its place as text. So whatever else the part shows must be among the words after its name.
"""

import secrets
from collections import OrderedDict
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
MOST = 2_000
_kept: OrderedDict[tuple[Any, ...], str] = OrderedDict()
_SECRET = secrets.token_hex(12)
MARKS = {name: f"mark-{_SECRET}-{name}" for name in ("csrf_token", "this_address", "q", "csp_nonce")}


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, key: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodelist, key

    def render(self, context: template.Context) -> SafeString:
        key = tuple(str(part.resolve(context)) for part in self.key)
        text = _kept.get(key)
        if text is None:
            with context.push(**MARKS):
                text = _kept[key] = self.nodelist.render(context)
            if len(_kept) > MOST:
                _kept.popitem(last=False)
        for name, mark in MARKS.items():
            if mark in text:
                text = text.replace(mark, escape(context.get(name) or ""))
        return mark_safe(text)  # noqa: S308 — a template's own text with escaped values in it


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    parts = [parser.compile_filter(part) for part in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, parts)
