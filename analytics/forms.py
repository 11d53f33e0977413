"""Forms of the figures: what was spent, who came in, a question's name, and the numbers of the calculators."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.db import transaction
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.figures import targets
from analytics.models import Expense, Measure, Segment, Target, VisitorCount
from stores import opened
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.models import Employee, Store
from stores.opened import Author, ChangedMeanwhileError, Edit
from stores.texts.fields import MoneyField


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


class CopyForm(CrmForm):
    """What targets begin with: those of the month before, or what was reached a year before, and by how much more."""

    copy = forms.ChoiceField(
        label=gettext_lazy("Fill in from"),
        choices=[
            ("year", gettext_lazy("what was reached a year before")), ("month", gettext_lazy("the targets of the month before"))
        ],
    )  # fmt: skip
    plus = forms.DecimalField(
        label=gettext_lazy("revenue by more, %"), min_value=-90, max_value=500, decimal_places=1, required=False, initial=5
    )  # fmt: skip


class TargetsForm(EditsRow, CrmForm):
    """A field for each measure of a store and of its sellers in a month; an empty one is no target.

    ``filled``: what is proposed in the place of what stands, by seller (None is the store) and measure.
    """

    def __init__(
        self, *args: Any, store: Store, month: date, sellers: Sequence[Employee], filled: Mapping[Any, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.month = month
        self.people: list[tuple[int | None, str]] = [(None, store.name), *((who.pk, str(who)) for who in sellers)]
        self.fields |= {key: self._field(measure) for who, _name in self.people for measure, key in self.keys_of(who)
                        if who is None or measure != Measure.CONVERSION}  # fmt: skip
        known = self.standing(store)
        for (who, measure), value in {**self._of_keys(known), **filled}.items():
            if (key := _key(who, measure)) in self.fields:
                self.fields[key].initial = value
        self.dress()
        self.carry(store)

    def _field(self, measure: Measure) -> forms.Field:
        if measure == Measure.REVENUE:
            return MoneyField(label=measure.label, required=False)
        return forms.DecimalField(
            label=measure.label, required=False, min_value=Decimal("0.1"), max_value=100, decimal_places=1, localize=True
        )

    def keys_of(self, who: int | None) -> list[tuple[Measure, str]]:
        """The measures with the names of their fields."""
        return [(measure, _key(who, measure)) for measure in Measure]

    def standing(self, row: Store, /) -> dict[str, Any]:
        """What is set for each; None where nothing is."""
        known = {_key(who, measure): value for (who, measure), value in targets.typed(row, self.month).items()}
        return {_key(who, measure): known.get(_key(who, measure)) for who, _name in self.people for measure in Measure
                if who is None or measure != Measure.CONVERSION}  # fmt: skip

    def _of_keys(self, known: Mapping[str, Any]) -> dict[tuple[int | None, str], Any]:
        return {(who, measure): known.get(_key(who, measure)) for who, _name in self.people for measure in Measure}

    def author_of(self, name: str) -> Author:
        """The newest word about a target takes the place of the one before; who had that is not kept."""
        return Author(None, None)

    def save_all(self, *, by: Employee) -> bool:
        """Set every target that says something else than was seen; False where the person is asked."""
        try:
            self._set(by)
        except ChangedMeanwhileError as changed:
            self.ask(changed)
            return False
        return True

    @transaction.atomic
    def _set(self, by: Employee) -> None:
        store, whose = (
            opened.lock(self.row),
            {_key(who, measure): (who, measure) for who, _n in self.people for measure in Measure},
        )
        for key, value in self.edit().onto(self.standing(store)).items():
            who, measure = whose[key]
            about = {"store": store, "month": self.month, "seller_id": who, "measure": measure}
            if value:
                Target.objects.update_or_create(**about, defaults={"value": value, "by": by, "noted_at": None})
            else:
                Target.objects.filter(**about).delete()


def _key(who: int | None, measure: str) -> str:
    return f"{who or 'store'}-{measure}"


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
