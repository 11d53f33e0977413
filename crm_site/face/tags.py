"""What every page needs: icons, money, numbers, days, phones, ring sizes, and the address with some of it changed."""

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from clients.writing import phones
from stores import rules, zones
from stores.texts import writing
from stores.texts.writing import NBSP

register = template.Library()
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)


@lru_cache(maxsize=256)
def _icon_body(name: str) -> SafeString:
    if not _NAME.fullmatch(name):
        raise template.TemplateSyntaxError(f"bad icon name: {name!r}")
    file = Path(settings.NODE_MODULES_DIR) / "@tabler/icons/icons/outline" / f"{name}.svg"
    found = _BODY.search(file.read_text(encoding="utf-8"))
    body = re.sub(r">\s+<", "><", found.group(1).strip() if found else "")
    return mark_safe(re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", body))  # noqa: S308 — Tabler's own file


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """A Tabler icon inline; with a label it speaks, without one it is decoration."""
    spoken = format_html('role="img" aria-label="{}"', escape(label)) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="icon {}" width="24" height="24" viewBox="0 0 24 24" fill="none" '
        'stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}>{}</svg>',
        css,
        spoken,
        _icon_body(name),
    )


for written in (
    writing.money,
    writing.count,
    writing.number,
    writing.percent,
    writing.points,
    writing.signed,
    writing.signed_money,
    writing.signed_percent,
    writing.day,
):
    register.filter(written.__name__, written)
register.filter("rounded_money", writing.roubles)
register.filter("month_name", writing.month)
register.filter("city_of_zone", zones.city_of)


@register.filter
def rounded(value: Any) -> Decimal | None:
    """Without kopecks."""
    return None if value is None else Decimal(value).quantize(Decimal(1))


@register.filter
def phone(value: str | None) -> str:
    return phones.national(value) if value else ""


# The order matters: most browsers also name those that they descend from.
BROWSERS = {
    "YaBrowser": "Яндекс Браузер",
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "macOS", "Linux": "Linux"}


@register.filter
def browser(agent: str) -> str:
    """What a browser says of itself, in two words; what is not known is cut at 40 characters."""
    told = [next((name for mark, name in known.items() if mark in agent), "") for known in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, told)) or agent[:40]


@register.filter
def ring_sizes(mm: Any) -> str:
    """The three systems: inner diameter (Russian), EU = π·d, US = (d − 11.63) / 0.8128."""
    if not mm:
        return ""
    diameter = float(mm)
    us = round((diameter - 11.63) / 0.8128 * 4) / 4
    eu = round(diameter * 3.14159265)
    return f"{writing.shortest(diameter)} · EU{NBSP}{eu} · US{NBSP}{writing.shortest(us)}"


@register.filter
def duration(seconds: float | None) -> str:
    """``40 s``, ``3 min``, ``1 h 20 min``."""
    if seconds is None:
        return ""
    minutes = round(seconds / 60)
    if minutes < 1:
        return gettext("%(n)s s") % {"n": round(seconds)}
    hours = gettext("%(n)s h") % {"n": minutes // 60} + " " if minutes >= 60 else ""
    return hours + gettext("%(n)s min") % {"n": minutes % 60}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's query string with some of it changed; None takes a part out."""
    params = context["request"].GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value not in (None, ""):
            params[name] = value
    return f"?{params.urlencode()}"


@register.simple_tag
def chain_mark() -> str:
    """The address of the chain's own mark; Carat's where it has none."""
    digest = rules.current().mark
    return reverse("stores:mark", args=[digest]) if digest else static("carat/mark.svg")
