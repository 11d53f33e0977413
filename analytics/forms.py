"""Forms of the figures: what was spent, who came in, a question's name, and the numbers of the calculators."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.models import Expense, Segment, VisitorCount
from stores import opened
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.models import Store
from stores.opened import Author, ChangedMeanwhileError, Edit


class SegmentForm(CrmModelForm):
    class Meta:
        model = Segment
        fields = ["name"]


class ExpenseForm(CrmModelForm):
    """A month's expense; who sees some stores notes for those alone."""

    month = forms.DateField(
        label=gettext_lazy("month"), input_formats=["%Y-%m", "%Y-%m-%d", "%m.%Y"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
    )  # fmt: skip

    class Meta:
        model = Expense
        fields = ["month", "channel", "purpose", "amount", "store"]

    def __init__(self, *args: Any, stores: list[Store], whole_chain: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["store"]
        field.queryset = Store.objects.filter(pk__in=[store.pk for store in stores])
        field.required = not whole_chain
        field.empty_label = _("the whole chain") if whole_chain else None

    def clean_month(self) -> date:
        month: date = self.cleaned_data["month"]
        return month.replace(day=1)

    def clean_channel(self) -> str:
        return " ".join(self.cleaned_data["channel"].split())


class VisitorsForm(EditsRow, CrmForm):
    """A field for each day of a store; an empty one says nothing, and leaves what was noted."""

    def __init__(self, *args: Any, store: Store, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.days = days
        known = self.standing(store)
        for day in days:
            self.fields[day.isoformat()] = forms.IntegerField(
                label=formats.date_format(day, "D, j E"),
                required=False, min_value=0, max_value=100_000, initial=known[day.isoformat()],
            )  # fmt: skip
        self.dress()
        self.carry(store)

    def standing(self, row: Store, /) -> dict[str, Any]:
        """What is noted for each day; None where nothing is."""
        known = dict(VisitorCount.objects.filter(store=row, day__in=self.days).values_list("day", "visitors"))
        return {day.isoformat(): known.get(day) for day in self.days}

    def edit(self) -> Edit:
        edit = super().edit()
        return Edit(edit.opened, {day: visitors for day, visitors in edit.wanted.items() if visitors is not None})

    def author_of(self, name: str) -> Author:
        """Counters come from lists and from hands; nobody is noted."""
        return Author(None, None)

    def write(self) -> bool:
        """Note every day that says another number than was seen; False where the person is asked."""
        try:
            self._note()
        except ChangedMeanwhileError as changed:
            self.ask(changed)
            return False
        return True

    @transaction.atomic
    def _note(self) -> None:
        store = opened.lock(self.row)
        for day, visitors in self.edit().onto(self.standing(store)).items():
            VisitorCount.objects.update_or_create(store=store, day=day, defaults={"visitors": visitors})


class TakersForm(CrmForm):
    """Who spends bonuses in a trial of terms."""

    takers = forms.IntegerField(
        label=gettext_lazy("clients who spend bonuses whenever they may, %"), min_value=0, max_value=100, initial=100,
        help_text=gettext_lazy("100 shows the most that it can cost."),
    )  # fmt: skip


class MarginForm(CrmForm):
    margin = forms.DecimalField(
        label=gettext_lazy("gross margin, %"), min_value=Decimal(0), max_value=Decimal(100), decimal_places=1, required=False
    )


def _money(label: Any, initial: int) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal(0), max_digits=12, decimal_places=2, initial=initial)


def _many(label: Any, initial: int, most: int = 100_000_000) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=most, initial=initial)


def _share(label: Any, initial: int) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=Decimal(0), max_value=Decimal(100), decimal_places=2, initial=initial)


class CalculatorForm(CrmForm):
    """Numbers of a calculator, the usual ones until somebody says others."""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Self:
        """Bound to the address where it says any of the numbers."""
        return cls(query) if any(name in query for name in cls.base_fields) else cls()

    def said(self) -> dict[str, Any] | None:
        """The numbers; None where one of them is wrong."""
        if not self.is_bound:
            return {name: Decimal(field.initial) if isinstance(field, forms.DecimalField) else field.initial
                    for name, field in self.fields.items()}  # fmt: skip
        return self.cleaned_data if self.is_valid() else None


class ProfitForm(CalculatorForm):
    purchases = _many(gettext_lazy("purchases"), 1, 1_000)
    price = _money(gettext_lazy("price of one, ₽"), 5_000)
    lead_cost = _money(gettext_lazy("cost of winning the client, ₽"), 500)
    purchase_cost = _money(gettext_lazy("cost of the purchase, ₽"), 2_500)


class CampaignForm(CalculatorForm):
    audience = _many(gettext_lazy("audience, people"), 20_000)
    response = _share(gettext_lazy("answer, %"), 5)
    average = _money(gettext_lazy("average receipt, ₽"), 45)
    again = _share(gettext_lazy("of them buy again, %"), 50)
    average_again = _money(gettext_lazy("their average receipt, ₽"), 50)


class ChurnForm(CalculatorForm):
    clients = _many(gettext_lazy("clients"), 5_000)
    value = _money(gettext_lazy("one brings in a year, ₽"), 800)
    rate = _share(gettext_lazy("lost in a year, %"), 10)
    years = _many(gettext_lazy("years"), 3, 30)
    better_rate = _share(gettext_lazy("if only so many were lost, %"), 7)
