"""A number of a program's page opens its clients, in the days and stores that it counts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template

from analytics.figures.statistics import Interval
from campaigns.models import Program
from stores.models import Store

OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def shown(tag: str, program: Program, **more: Any) -> str:
    first, last = OCTOBER
    context = {"program": program, "first": first, "last": last, "home": "", "store": None, **more}
    return Template("{% load reached %}{% " + tag + " %}").render(Context(context))


def test_a_number_opens_its_clients(program: Program, store: Store) -> None:
    address = f"/programs/{program.pk}/clients/came/?first=2026-10-01&amp;last=2026-10-31"

    assert shown('clients_behind 1200 "came"', program) == f'<a href="{address}&amp;store=&amp;home=">1\N{NO-BREAK SPACE}200</a>'
    assert shown('money_behind sum "came"', program, sum=Decimal(5), store=store, home="0") == (
        f'<a href="{address}&amp;store={store.pk}&amp;home=0">5\N{NO-BREAK SPACE}₽</a>'
    )


@pytest.mark.parametrize(("tag", "words"), [("clients_behind", "0"), ("money_behind", "0\N{NO-BREAK SPACE}₽")])
def test_nobody_is_no_link(program: Program, tag: str, words: str) -> None:
    assert shown(f'{tag} 0 "came"', program) == words


@pytest.mark.parametrize(("full", "words"), [(9, "мало данных для вывода"), (10, "12,5 % (4,2–30,0)")])
def test_a_share_of_few_says_so(program: Program, full: int, words: str) -> None:
    told = shown("share_of_all share full 10", program, share=Interval(0.125, 0.042, 0.3), full=full)

    assert told == words
