"""An appointment as it is typed or chosen."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.typed import ClientField, DayField
from inquiries.appointments import hours
from inquiries.models import Inquiry, Reception
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.models import Employee, Store

TAKEN = _("This hour is taken meanwhile. Choose another.")
BUSY = _("This seller has somebody at that hour. Choose another seller or hour.")
NO_HOUR = _("The store does not work then, or the hour is over. Choose another.")


class HourForm(CrmForm):
    """A day and an hour of a store, a seller perhaps."""

    store = forms.ModelChoiceField(Store.objects.none(), label=_("Store"), empty_label=None)
    day = DayField(label=_("Day"))
    hour = forms.TimeField(label=_("Hour"), widget=forms.Select, input_formats=["%H:%M"])
    seller = forms.ModelChoiceField(Employee.objects.none(), label=_("Seller"), required=False, empty_label=_("whoever is free"))

    def __init__(self, *args: Any, stores: list[Store], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = Store.objects.filter(pk__in=[store.pk for store in stores])  # type: ignore[attr-defined]
        sellers = Employee.objects.filter(is_active=True, stores__in=stores).distinct()
        self.fields["seller"].queryset = sellers  # type: ignore[attr-defined]
        shown = {at.strftime("%H:%M") for store in stores for at in hours.steps_of(store, store.today())}
        self.fields["hour"].widget.choices = [(text, text) for text in sorted(shown)]

    @property
    def at(self) -> datetime:
        """The hour by the clock of the store."""
        day: date = self.cleaned_data["day"]
        return datetime.combine(day, self.cleaned_data["hour"], tzinfo=self.cleaned_data["store"].zone)


class AppointmentForm(HourForm):
    """A new one: of a client or of an inquiry."""

    articles = forms.CharField(label=_("Put aside"), required=False, max_length=200)
    words = forms.CharField(label=_("Note"), required=False, max_length=300)
    client = ClientField(required=False)
    inquiry = forms.ModelChoiceField(Inquiry.objects.open(), required=False, widget=forms.HiddenInput)
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("client") or data.get("inquiry") or self.errors):
            raise ValidationError(_("Open it from a card or an inquiry: nobody says who comes."))
        return data


class MoveForm(HourForm):
    """Another hour; ``version`` is what the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReceptionForm(EditsRow, CrmModelForm):
    """How a store takes appointments."""

    class Meta:
        model = Reception
        fields = ("at_once", "remind_hours", "is_open")

    def __init__(self, data: Any = None, *, instance: Reception) -> None:
        super().__init__(data, instance=instance)
        self.carry(instance)


class ChoiceForm(CrmForm):
    """The hour that a client chose on their page."""

    store = forms.ModelChoiceField(Store.objects.open())
    at = forms.DateTimeField(input_formats=["%Y-%m-%dT%H:%M:%S%z"])
    form_key = forms.UUIDField()
    move = forms.IntegerField(required=False)
    version = forms.IntegerField(required=False)
