"""Forms of messages: what cannot be changed any more, and sums below zero."""

from decimal import Decimal

import pytest
from django.utils import translation

from messaging import selectors, service_texts
from messaging.forms import BudgetForm, NewTemplateForm, RouteForm, TemplateForm, TrialForm
from messaging.models import SECRET_SOURCES, Budget, Route, Template
from tests.conftest import Decided


def test_channel_and_nature_of_a_text_in_use_stay(db: None) -> None:
    kept = Template.objects.get(key="birthday")
    said = {"title": "Новое имя", "channel": "email", "nature": "service", "subject": "!", "text": "Ура, {name}"}

    form = TemplateForm(said, instance=kept, values=selectors.worst_values())
    form.save()

    kept.refresh_from_db()
    assert (kept.title, kept.channel, kept.nature, kept.subject) == ("Новое имя", "sms", "advertising", "")


def test_what_cannot_be_printed_is_taken_out_of_a_text(db: None) -> None:
    said = {
        "key": "offer",
        "title": "!",
        "channel": "sms",
        "nature": "advertising",
        "text": "Ура\u200b,\tждём",
        "text_en": "Hooray\u200b",
    }

    form = NewTemplateForm(said, values=selectors.worst_values())

    assert form.is_valid()
    assert (form.cleaned_data["text"], form.cleaned_data["text_en"]) == ("Ура, ждём", "Hooray")


@pytest.mark.parametrize(("price", "is_valid"), [("-0,01", False), ("0", True), ("2,10", True)])
def test_a_price_is_not_below_zero(price: str, is_valid: bool) -> None:
    form = RouteForm({"position": "1", "price": price}, instance=Route(channel="sms", gateway="file"))

    assert (form.is_valid(), list(form.errors)) == (is_valid, [] if is_valid else ["price"])


@pytest.mark.parametrize(
    ("channel", "gateway", "label"),
    [("sms", "smsc", "Price of a segment"), ("email", "smtp", "Price of one message"), ("email", "push", "Price of one message")],
)
def test_only_an_sms_is_paid_by_its_parts(channel: str, gateway: str, label: str) -> None:
    with translation.override("en"):
        assert RouteForm(instance=Route(channel=channel, gateway=gateway))["price"].label == label


@pytest.mark.parametrize(("money", "kept"), [("", None), ("0", Decimal(0)), ("1200,50", Decimal("1200.50"))])
def test_a_budget_is_a_sum_or_no_limit(money: str, kept: Decimal | None) -> None:
    form = BudgetForm({"segments": "", "money": money}, instance=Budget(lane="bulk"))

    assert form.is_valid()
    assert form.cleaned_data["money"] == kept


def test_a_budget_is_not_below_zero() -> None:
    form = BudgetForm({"segments": "", "money": "-1"}, instance=Budget(lane="bulk"))

    assert list(form.errors) == ["money"]


@pytest.mark.parametrize(
    ("said", "recipient"),
    [({"channel": "sms", "phone": "8 914 701-22-33", "email": "a@b.ru"}, "+79147012233"),
     ({"channel": "email", "phone": "8 914 701-22-33", "email": "a@b.ru"}, "a@b.ru")],
)  # fmt: skip
def test_a_trial_goes_to_what_its_channel_reaches(said: dict[str, str], recipient: str) -> None:
    form = TrialForm({"gateway": "file", **said})

    assert form.is_valid()
    assert form.cleaned_data["recipient"] == recipient


def said(key: str, text: str, **more: str) -> TemplateForm:
    kept = Template.objects.filter(key=key).first() or service_texts.template_for(key)
    named = {"title": kept.title, "channel": kept.channel, "nature": kept.nature, "text": text, **more}
    return TemplateForm(named, instance=kept, values=selectors.worst_values())


@pytest.mark.parametrize("key", SECRET_SOURCES)
def test_a_text_with_a_code_holds_it_and_leads_nowhere_else(db: None, key: str, decided: Decided) -> None:
    decided(link_hosts=("carat.ru",))

    assert said(key, "{code} — код. carat.ru").is_valid()
    assert list(said(key, "Ваш код").errors) == ["text"]
    assert list(said(key, "{code}", text_en="Your code").errors) == ["text_en"]
    assert list(said(key, "{code} https://evil.example", leads_away="on").errors) == ["text"]


def test_a_link_elsewhere_is_asked_about_once(db: None, decided: Decided) -> None:
    decided(link_hosts=("carat.ru",))

    asked = said("birthday", "{name}, смотрите: instagram.com/carat")

    assert (list(asked.errors), asked.fields["leads_away"].widget.is_hidden) == (["text"], False)
    assert said("birthday", "{name}, смотрите: instagram.com/carat", leads_away="on").is_valid()
