"""Forms of clubs and evenings. Moments are typed in the store's time: the view has its zone on."""

from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.evenings import answering
from campaigns.models import MOST_GUESTS, Answer, Club, Evening, Touch
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.models import Store

MOMENT = "%Y-%m-%dT%H:%M"


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


class EveningForm(EditsRow, CrmModelForm):
    """An evening that is there. Its store stays; the share left out stays once somebody was drawn."""

    class Meta:
        model = Evening
        fields: tuple[str, ...] = ("title", "starts_at", "ends_at", "seats", "plus", "script", "calls_a_day", "holdout")
        widgets: ClassVar = {"starts_at": _moment(), "ends_at": _moment(), "script": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("starts_at", "ends_at"):
            self.fields[name].help_text = _("In the time of the store.")
        self.fields["script"].help_text = _("{name} is the client's name, {store} the store.")
        self.fields["holdout"].help_text = _(
            "0: everybody is invited. What the evening brings shows with several hundred clients and ten per cent or more."
        )
        if self.instance.pk and Touch.objects.filter(source=self.instance.source).exists():
            del self.fields["holdout"]
        self.carry(self.instance)

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        given = answering.taken(self.instance) if self.instance.pk else 0
        if seats < given:
            words = ngettext("%(n)s seat is promised already.", "%(n)s seats are promised already.", given)
            raise ValidationError(words % {"n": given})
        return seats

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        starts, ends = said.get("starts_at"), said.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The evening ends after it begins."))
        if starts and starts <= timezone.now() and "starts_at" in self.changed_data:
            self.add_error("starts_at", _("Choose a time that is still to come."))
        return said


class NewEveningForm(EveningForm):
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta(EveningForm.Meta):
        fields = ("title", "store", *EveningForm.Meta.fields[1:])

    def __init__(self, *args: Any, stores: "QuerySet[Store]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["store"].queryset = stores  # type: ignore[attr-defined]
        self.fields["store"].empty_label = None  # type: ignore[attr-defined]
        self.initial.setdefault("form_key", uuid4())


class AnswerForm(CrmForm):
    """What a client said, with how many guests."""

    said = forms.ChoiceField(choices=[(Answer.ACCEPTED, ""), (Answer.DECLINED, ""), ("back", "")])
    guests = forms.IntegerField(min_value=0, max_value=MOST_GUESTS, required=False)

    def clean_guests(self) -> int:
        return int(self.cleaned_data["guests"] or 0)


class CameForm(CrmForm):
    """With how many guests somebody came."""

    guests = forms.IntegerField(min_value=0, max_value=50, required=False)

    def clean_guests(self) -> int:
        return int(self.cleaned_data["guests"] or 0)


class ClubForm(EditsRow, CrmModelForm):
    class Meta:
        model = Club
        fields: tuple[str, ...] = ("title", "segment", "store")

    def __init__(self, *args: Any, stores: "QuerySet[Store]", sees_chain: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        segment, store = self.fields["segment"], self.fields["store"]
        segment.empty_label = _("nobody: people are added by hand")  # type: ignore[attr-defined]
        store.queryset = stores  # type: ignore[attr-defined]
        store.required = not sees_chain
        if not sees_chain:
            store.help_text = ""
        store.empty_label = _("the whole chain") if sees_chain else None  # type: ignore[attr-defined]
        self.carry(self.instance)


class NewClubForm(ClubForm):
    form_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("form_key", uuid4())


class WhyForm(CrmForm):
    """Why somebody is added or leaves."""

    why = forms.CharField(label=gettext_lazy("Why"), max_length=200, required=False)
