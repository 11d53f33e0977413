"""The parts that pages are composed of, each from the template that pages take it from; for developers, with DEBUG alone."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from analytics.boards.catalogue import ITEMS
from analytics.boards.composed import Run, Tile
from analytics.boards.said import Change, Number, Said, Table
from analytics.figures.periods import Period
from analytics.figures.today import Compared, Course, Till
from clients.typed import BirthDateField, EmailField, PhoneField
from stores.forms import CrmForm
from stores.policies import CrmRequest, everybody
from stores.texts.fields import MoneyField

DAY = date(2026, 2, 20)
COLOURS = (
    "--carat-ink", "--tblr-secondary", "--tblr-body-bg", "--tblr-bg-surface", "--tblr-border-color", "--tblr-primary",
    "--tblr-primary-lt", "--carat-gold", "--carat-good", "--carat-warn", "--carat-bad",
)  # fmt: skip
SPACES = (("1", "4 px"), ("2", "8 px"), ("3", "16 px"), ("4", "24 px"), ("5", "48 px"))
ALERTS = (
    ("success", "circle-check", "The sale is saved."), ("info", "device-mobile", "Maria filled in the form on her phone."),
    ("warning", "alert-triangle", "Ask for the phone: messages do not arrive."),
    ("danger", "alert-circle", "Type the price; a gift is 0."),
)  # fmt: skip


class _SampleForm(CrmForm):
    """A field of each kind that forms of the house have."""

    name = forms.CharField(label="Surname", help_text="As in the passport.")
    birth_date = BirthDateField(label="Birth date")
    phone = PhoneField(label="Phone")
    email = EmailField(label="E-mail", required=False)
    price = MoneyField(label="Price paid", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("ring", "ring"), ("chain", "chain")])
    is_urgent = forms.BooleanField(label="Urgent", required=False)


def _glance() -> dict[str, Any]:
    """Figures of a store that never was, the same each time."""
    days = [Decimal(40_000 + 9_000 * (n * 7 % 11)) for n in range(28)]
    month = [sum(days[: n + 1], Decimal(0)) for n in range(DAY.day)]
    tills = [
        Till(30 + n, Decimal(600_000 + 40_000 * (n * 5 % 7)), Decimal(500_000), Decimal(200_000 + 9_000 * n)) for n in range(12)
    ]
    spans = (("today", DAY), ("week", DAY - timedelta(days=6)), ("month", DAY.replace(day=1)))
    return {
        "compared": [Compared(key, Period(first, DAY), tills[11], tills[4], tills[2]) for key, first in spans],
        "course": Course(days, month, [sum_ * Decimal("0.85") for sum_ in month] + [month[-1]] * 8),
        "weeks": tills,
    }


def _tile(key: str, said: Said | None = None, *, is_foreign: bool = False) -> Tile:
    return Tile(0, ITEMS[key], None, said, "#board", is_foreign)


def _board() -> list[Run]:
    """Numbers in one row, one still being counted and one of another store, and a table under them."""
    up, down = Change("+12 %", True, True, "than a year ago"), Change("−3 p. p.", False, False, "than the month before")
    numbers = [
        _tile("month", Number("1 711 377 ₽", "27 pieces, 63 384 ₽ each", up, [4, 6, 5, 8, 7, 9])),
        _tile("returning", Number("74.7 %", "", down, [80, 78, 79, 76, 77, 74])),
        _tile("silent"),
        _tile("at-stake", is_foreign=True),
    ]
    table = Table(["Store", "Revenue", "Receipts"], [["Studio", "943 970 ₽", "14"], ["Airport", "767 407 ₽", "13"]])
    return [Run("number", numbers, 4), Run("table", [_tile("stores", table)], 1)]


@require_GET
@everybody
def gallery(request: CrmRequest) -> HttpResponse:
    if not settings.DEBUG:
        raise Http404
    glance = _glance()
    context = {
        "colours": COLOURS, "spaces": SPACES, "alerts": ALERTS, "tones": ("good", "warn", "bad", "quiet"),
        "form": _SampleForm(initial={"name": "Sokolova", "price": Decimal(12_400)}), "refused": _SampleForm({"phone": "12"}),
        "runs": _board(), "glance": glance, "course": glance["course"], "page": Paginator(range(100), 20).page(2),
        "rows": [("Sokolova Maria", "2", Decimal(87_450)), ("Titova Olga", "14", Decimal(1_204_300))],
    }  # fmt: skip
    return render(request, "pages/gallery.html", context)
