"""Terms of services and masters, as an admin writes them on pages of the product."""

from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from stores import opened
from stores.forms import OPENED, CrmModelForm, EditsRow
from stores.models import Store
from stores.opened import ChangedMeanwhileError
from stores.texts.fields import MoneyField
from workshop.models import Master, ServiceKind, ServiceTerm
from workshop.offered import LABELS
from workshop.terms import usual

LONGEST = 365


class TermForm(EditsRow, CrmModelForm):
    """What is usual for a kind; of one that the chain has said nothing about it carries what holds by itself."""

    is_offered = forms.BooleanField(
        label=LABELS["is_offered"], required=False,
        help_text=_("Off: it cannot be chosen at intake. Tickets that have it stay as they are."),
    )  # fmt: skip
    days = forms.IntegerField(
        label=LABELS["days"], min_value=0, max_value=LONGEST,
        help_text=_("At intake the due day is the first working day of the store after so many days; the seller can change it."),
    )  # fmt: skip
    price = MoneyField(
        label=LABELS["price"], required=False,
        help_text=_("Stands in the form of intake until the seller types another. Empty: the seller names it each time."),
    )  # fmt: skip
    asks_passport = forms.BooleanField(label=LABELS["asks_passport"], required=False, help_text=_("Whatever the piece is worth."))
    passport_from = MoneyField(
        label=LABELS["passport_from"], required=False,
        help_text=_("Empty: no passport is asked for by value."),
    )  # fmt: skip

    class Meta:
        model = ServiceTerm
        fields = ("is_offered", "days", "price", "asks_passport", "passport_from")

    def __init__(self, data: Any = None, *, kind: str) -> None:
        self.kind = kind
        row = self.as_it_stands()
        super().__init__(data, instance=row)
        days = self.fields["days"]
        words = gettext("Type a whole number from %(low)s to %(high)s.") % {"low": 0, "high": LONGEST}
        days.error_messages |= dict.fromkeys(("invalid", "required"), words)
        for check in days.validators:
            check.message = words  # type: ignore[attr-defined]
        if kind == ServiceKind.OTHER:  # whatever is withdrawn, a piece can be taken in
            del self.fields["is_offered"]
        self.carry(row)

    def carry(self, row: Any) -> None:
        super().carry(row)
        if not row.pk:
            self.now = self.standing(row)
            self.fields[OPENED].initial = opened.seal(row, self.now)

    def standing(self, row: Any, /) -> dict[str, Any]:
        return opened.standing(row, [name for name in self.Meta.fields if name in self.fields])

    def as_it_stands(self) -> ServiceTerm:
        return ServiceTerm.objects.filter(kind=self.kind).first() or usual(self.kind)

    def write(self) -> ServiceTerm | None:
        """The term as it stands now; None where somebody else changed the same meanwhile."""
        try:
            if self.row.pk:
                written: ServiceTerm | None = super().write()
                return written
            return self._say_first()
        except (IntegrityError, ServiceTerm.DoesNotExist):  # said by another, or taken back, in this very moment
            self.ask(ChangedMeanwhileError(list(self.edit().wanted)))
        except ChangedMeanwhileError as changed:
            self.ask(changed)
        return None

    @transaction.atomic
    def _say_first(self) -> ServiceTerm:
        changes = self.edit().onto(self.now)
        said = usual(self.kind)
        for name, value in changes.items():
            setattr(said, name, value)
        if changes:
            said.save()
        return said


class MasterForm(EditsRow, CrmModelForm):
    store = forms.ModelChoiceField(
        Store.objects.all(), label=LABELS["store_id"], required=False, empty_label=_("all stores"),
    )  # fmt: skip
    is_active = forms.BooleanField(
        label=LABELS["is_active"], required=False, initial=True,
        help_text=_("Off: no piece is given to them any more. What they did stays under their name."),
    )  # fmt: skip

    class Meta:
        model = Master
        fields = ("name", "store", "is_active")

    def __init__(self, data: Any = None, *, row: Master) -> None:
        super().__init__(data, instance=row)
        self.fields["name"].label = LABELS["name"]
        self.carry(row)
