"""Terms as an admin types them: the start of the form is the version it is based on."""

from datetime import date
from decimal import Decimal

import pytest

from loyalty import forms, services
from loyalty.forms import TermsForm, TierFormSet
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid

DAY = date(2026, 5, 5)
SAID = TermsSaid(
    Mode.BOTH, earn_percent=Decimal("5.50"), code_from=20_000, tells_came=True,
    tiers=(TierSaid(Decimal(50_000), Decimal(7), None, "серебро"), TierSaid(Decimal(200_000), None, Decimal("2.50"))),
)  # fmt: skip


@pytest.mark.parametrize("said", [SAID, TermsSaid(Mode.OFF)])
def test_what_was_published_comes_back_as_it_was_typed(db: None, said: TermsSaid) -> None:
    terms = services.publish(said, since=DAY, by=None)
    start, rows = forms.as_typed(terms, DAY)
    shown = TermsForm(initial={**start, "based_on": terms.pk}, today=DAY, newest=terms)
    tiers = TierFormSet(initial=rows, prefix="tiers")
    typed = {name: shown[name].value() for name in shown.fields}
    for form in (tiers.management_form, *tiers.forms):
        typed |= {f"{form.prefix}-{name}": form[name].value() for name in form.fields}

    form = TermsForm(
        {name: value for name, value in typed.items() if value is not None and value is not False}, today=DAY, newest=terms
    )
    tiers = TierFormSet({name: "" if value is None else value for name, value in typed.items()}, prefix="tiers")

    assert (form.is_valid(), tiers.is_valid(), form.errors) == (True, True, {})
    assert form.said(tiers) == said


def test_the_first_version_starts_from_what_is_usual(db: None) -> None:
    start, rows = forms.as_typed(None, DAY)

    assert (start["mode"], start["earn_percent"], start["since"], rows) == (Mode.BONUSES, 5, DAY, [])
