"""A version of the terms as an admin types it. Public."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from clients.typed import DayField, PhoneField
from loyalty.models import Terms
from loyalty.pricing import Mode
from loyalty.services import TermsSaid, TierSaid
from stores.forms import CrmForm
from stores.texts.fields import MoneyField

A_YEAR_AHEAD = timedelta(days=366)
LONGEST = 3_650


class PercentField(forms.DecimalField):
    """A percent with at most two decimals; a comma is as good as a point."""

    def __init__(self, **kwargs: Any) -> None:
        outside = _("A percent is from 0 to 100.")
        wanted = {"min_value": Decimal(0), "max_value": Decimal(100), "decimal_places": 2, "localize": True, **kwargs}
        super().__init__(**wanted, error_messages={"min_value": outside, "max_value": outside})
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        return value.normalize() if isinstance(value, Decimal) and value else value


def _whole(label: Any, *, most: int = LONGEST, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, **kwargs)


class TermsForm(CrmForm):
    """What the terms give, from a day on; a version is written, none is changed."""

    mode = forms.ChoiceField(label=_("gives"), choices=Mode.choices)
    since = DayField(label=_("holds since"))
    earn_percent = PercentField(label=_("earns, %"))
    spend_share_percent = PercentField(label=_("bonuses pay up to, %"))
    least_paid = MoneyField(label=_("paid in money a piece, at least, ₽"))
    delay_days = _whole(_("can be spent after, days"), help_text=_("While a return may come: 14 is usual."))
    life_days = _whole(_("lives, days"), least=1)
    birthday = _whole(_("for the birthday, bonuses"), most=1_000_000, help_text=_("0: none."))
    birthday_before_days = _whole(_("days before the birthday"), most=60)
    birthday_life_days = _whole(_("lives, days"), least=1)
    welcome = _whole(_("for the first card, bonuses"), most=1_000_000, help_text=_("0: none. Comes on the next day."))
    welcome_life_days = _whole(_("lives, days"), least=1)
    code_from = _whole(
        _("a code by SMS above, bonuses"), most=10_000_000, required=False,
        help_text=_("The client reads the code out to the seller. Empty: never asked."),
    )  # fmt: skip
    tells_came = forms.BooleanField(label=_("message: bonuses can be spent"), required=False)
    tells_spent = forms.BooleanField(label=_("message: how many were spent, and the balance"), required=False)
    tells_ends = forms.BooleanField(label=_("message: a certificate ends in two weeks"), required=False)
    based_on = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, newest: Terms | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.newest = today, newest

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        if day < self.today:
            raise ValidationError(_("Terms cannot hold for a day that is over."))
        if day > self.today + A_YEAR_AHEAD:
            raise ValidationError(_("That is more than a year ahead."))
        return day

    def clean_least_paid(self) -> Decimal:
        least: Decimal = self.cleaned_data["least_paid"]
        if least < 1:
            raise ValidationError(_("At least 1 rouble of a piece is paid in money."))
        return least

    def clean(self) -> dict[str, Any]:
        """Whoever wrote a version meanwhile is read first."""
        said = super().clean() or {}
        if said.get("based_on") != (self.newest.pk if self.newest else None):
            data: Any = self.data
            self.data = data.copy()
            self.data["based_on"] = self.newest.pk if self.newest else ""  # type: ignore[index]
            words = _("%(who)s wrote another version meanwhile: it stands below. Look at it; saving once more is your decision.")
            raise ValidationError(words % {"who": self.newest.by if self.newest and self.newest.by else _("Somebody")})
        return said

    def said(self, tiers: "BaseTierFormSet") -> TermsSaid:
        facts = {name: value for name, value in self.cleaned_data.items() if name in TermsSaid._fields}
        return TermsSaid(**{**facts, "mode": Mode(facts["mode"]), "tiers": tiers.said()})


class JoinForm(CrmForm):
    """By the phone of whoever is to share the bonuses of a client: the card that has it."""

    phone = PhoneField(label=_("Phone of who joins"))

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.client = client

    def clean_phone(self) -> Client:
        found = Client.objects.live().filter(phone=self.cleaned_data["phone"]).first()
        if found is None:
            raise ValidationError(_("Nobody has this phone. Register them first."))
        if found == self.client:
            raise ValidationError(_("This is the client's own phone."))
        return found


class TierForm(CrmForm):
    """A row of the tiers; an empty one is none."""

    name = forms.CharField(label=_("name"), required=False, max_length=40)
    from_spent = MoneyField(label=_("from a spend of, ₽"), required=False)
    earn_percent = PercentField(label=_("earns, %"), required=False)
    discount_percent = PercentField(label=_("discount, %"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        typed = any(said.get(name) not in (None, "") for name in ("name", "earn_percent", "discount_percent"))
        if typed and said.get("from_spent") is None and "from_spent" not in self.errors:
            self.add_error("from_spent", _("Type from which spend of 365 days the tier begins."))
        return said


class BaseTierFormSet(BaseFormSet[TierForm]):
    """The tiers of a version, each from another spend."""

    def clean(self) -> None:
        seen: set[Decimal] = set()
        for form in self.forms:
            spent = form.cleaned_data.get("from_spent") if hasattr(form, "cleaned_data") else None
            if spent in seen:
                form.add_error("from_spent", _("Another tier begins here too."))
            if spent is not None:
                seen.add(spent)

    def is_valid(self) -> bool:
        return super().is_valid() and not any(form.errors for form in self.forms)

    def said(self) -> tuple[TierSaid, ...]:
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("from_spent") is not None]
        return tuple(TierSaid(**row) for row in sorted(rows, key=lambda row: row["from_spent"]))


TierFormSet: type[BaseTierFormSet] = formset_factory(  # type: ignore[assignment]
    TierForm, formset=BaseTierFormSet, extra=2, max_num=20, absolute_max=40
)


def as_typed(terms: Terms | None, since: date) -> tuple[Mapping[str, Any], list[dict[str, Any]]]:
    """A version as the start of the next one: the form's fields and the rows of tiers. One query."""
    if terms is None:
        return {**TermsSaid(Mode.BONUSES, earn_percent=Decimal(5))._asdict(), "since": since}, []
    rows = [{name: getattr(tier, name) for name in TierForm.base_fields} for tier in terms.tiers.all()]
    return {name: getattr(terms, name) for name in TermsSaid._fields if name != "tiers"} | {"since": since}, rows
