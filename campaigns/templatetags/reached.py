"""Numbers of a program that open their clients: a table has a hundred of them, so they are written without a template each."""

from typing import Any

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext

from analytics.figures.statistics import Interval
from stores.texts import writing

register = template.Library()
LINK = '<a href="{}?first={}&amp;last={}&amp;store={}&amp;home={}">{}</a>'


@register.simple_tag(takes_context=True)
def clients_behind(context: Context, value: Any, show: str) -> str:
    """How many they are, a link where they are any. Of the context: program, first, last, home, store."""
    return _linked(context, show, writing.count(value)) if value else "0"


@register.simple_tag(takes_context=True)
def money_behind(context: Context, value: Any, show: str) -> str:
    """The same of what they left."""
    return _linked(context, show, writing.money(value)) if value else writing.money(value)


@register.simple_tag
def share_of_all(share: Interval, full: int, few: int) -> str:
    """A share with its interval, or the words that there are too few."""
    if full < few:
        return gettext("too few to say")
    value, low, high = (writing.points(bound) for bound in share)
    return f"{value} % ({low}–{high})"


def _linked(context: Context, show: str, words: str) -> str:
    address = reverse("campaigns:clients", args=[context["program"].pk, show])
    store = context["store"].pk if context["store"] else ""
    return format_html(LINK, address, context["first"], context["last"], store, context["home"], words)
