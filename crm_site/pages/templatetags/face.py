"""How things look: icons, money, days, phones, words. Loaded into every template."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.utils import formats, timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from clients.models import Client, Pair
from clients.sameness import likeness
from clients.sameness.likeness import Facts
from clients.writing import dates, phones
from imports import intake, specs
from imports.models import ListImport, StagedRow
from imports.specs import ListSpec
from messaging.models import MessageEvent
from purchases.models import Purchase
from stores import writing
from stores.models import Store
from stores.writing import NBSP

register = template.Library()
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
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
    writing.signed_money,
    writing.signed_percent,
    writing.day,
):
    register.filter(written.__name__, written)
register.filter("rounded_money", writing.roubles)
register.filter("month_name", writing.month)


@register.filter
def rounded(value: Any) -> Decimal | None:
    """Without kopecks."""
    return None if value is None else Decimal(value).quantize(Decimal(1))


@register.filter
def phone(value: str | None) -> str:
    return phones.national(value) if value else ""


@register.filter
def full_years(born: date | None) -> int | str:
    """Age today."""
    return dates.age(born, date.today()) if born else ""  # noqa: DTZ011


@register.filter
def ring_sizes(mm: Any) -> str:
    """The three systems: inner diameter (Russian), EU = π·d, US = (d − 11.63) / 0.8128."""
    if not mm:
        return ""
    diameter = float(mm)
    us = round((diameter - 11.63) / 0.8128 * 4) / 4
    eu = round(diameter * 3.14159265)
    return f"{writing.shortest(diameter)} · EU{NBSP}{eu} · US{NBSP}{writing.shortest(us)}"


def _verbose(name: str) -> str:
    return next((str(field.verbose_name) for field in Client._meta.fields if field.name == name), name)


@register.filter
def field_label(name: str) -> str:
    """A card's field by its name in the person's language."""
    label = _verbose(name)
    return label[:1].upper() + label[1:]


@register.filter
def capfirst_each(names: list[str]) -> str:
    return ", ".join(map(_verbose, names))


@register.filter
def lacks_with_reason(client: Client) -> str:
    """What a card lacks, with what a list said instead: ``birth date («30.02.1966»)``."""
    said = client.as_written
    return ", ".join(f"{_verbose(name)} («{said[name]}»)" if said.get(name) else _verbose(name) for name in client.missing)


@register.filter
def beside(cells: list[str], columns: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Cells of a row with the headers that they stand under."""
    headers = [header for header, _taken in columns]
    return [(headers[at] if at < len(headers) else "", cell) for at, cell in enumerate(cells)]


@register.filter
def receipt_name(purchase: Purchase) -> str:
    """``Receipt 123``, or that it has no number."""
    if purchase.receipt_number:
        return gettext("Receipt %(number)s") % {"number": purchase.receipt_number}
    return gettext("Receipt without a number")


ORIGINS = {
    "counter": _("at the counter"),
    "service desk": _("at the service desk"),
    "corrected": _("corrected on the card"),
}
LIST_ORIGIN = re.compile(r"list (\d+)(?: row (\d+))?")


@register.filter
def origin(text: str) -> str:
    """Where a fact came from, in words."""
    if text.startswith("decided: "):
        return gettext("decided, offered %(where)s") % {"where": origin(text.removeprefix("decided: "))}
    if found := LIST_ORIGIN.fullmatch(text):
        return gettext("from list %(list)s, row %(row)s") % {"list": found[1], "row": found[2] or "—"}
    return str(ORIGINS.get(text, text))


@register.filter
def list_kind(kind: str) -> str:
    """The kind of a list in words."""
    spec = specs.registered().get(kind)
    return str(spec.label) if spec else kind


@register.filter
def said_by(reason: str, spec: ListSpec) -> str:
    """Why a row ended so, in the words of its list."""
    return spec.say(reason)


@register.filter
def at(cells: list[str], place: int) -> str:
    """The cell of a row at a place; rows may be shorter than the widest."""
    return cells[place] if place < len(cells) else ""


@register.filter
def column_of(name: str, spec: ListSpec) -> str:
    """A column of a list in words."""
    return str(spec.column(name).label).lower()


@register.filter
def suggested(row: StagedRow, found: ListImport) -> str:
    """What a broken cell of a row may have meant."""
    return "" if row.decision else specs.registered()[found.spec].suggest(intake.values_of(found.layout["columns"], row.raw))


@register.filter
def changes_by(row: StagedRow, spec: ListSpec) -> list[tuple[str, str, str]]:
    """What a row changes or contradicts: column, what the base has, what the list brings."""
    labels = {column.name: str(column.label) for column in spec.columns}
    return [(labels.get(name, name), _fact(name, was), _fact(name, brings)) for name, (was, brings) in row.changes.items()]


def _fact(name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "store":
        return str(Store.objects.filter(pk=value).first() or "")
    if name == "phone":
        return phones.national(value)
    return writing.short_day(date.fromisoformat(value)) if _ISO.fullmatch(str(value)) else str(value)


DECISIONS = {"arrived": _("it arrived"), "again": _("send again"), "left": _("left as it is")}


@register.filter
def event_words(words: str, event: MessageEvent) -> str:
    """The words of a message's step as a person reads them."""
    if event.kind == MessageEvent.Kind.WAITS:
        until = timezone.localtime(datetime.fromisoformat(words))
        return gettext("until %(moment)s") % {"moment": formats.date_format(until, "SHORT_DATETIME_FORMAT")}
    if event.kind == MessageEvent.Kind.CLAIMED:
        return gettext("run %(name)s") % {"name": words}
    return str(DECISIONS.get(words, words))


@register.filter
def reason_words(pair: Pair) -> list[str]:
    """Why two cards are thought to be one person's, what speaks most for it first."""
    sides = [Facts(card.name, card.birth_date, card.phone, card.email) for card in (pair.first, pair.second)]
    told = sorted(((key, weight) for key, weight in pair.reasons if abs(weight) > 1), key=lambda said: -said[1])
    said = [gettext("a seller says so")] if ["seller", 0] in pair.reasons else []
    return said + [likeness.word(key, *sides) for key, _weight in told]


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
