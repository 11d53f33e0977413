"""Forms of messages, their texts, and the gateways they go by."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.forms import PhoneField
from messaging import selectors, texts
from messaging.models import Budget, Channel, ErrandStep, Pause, Route, Template
from stores.forms import CrmForm, CrmModelForm, EditsRow

CLOSES = (ErrandStep.Kind.DONE, ErrandStep.Kind.NO_ANSWER, ErrandStep.Kind.DROPPED, ErrandStep.Kind.DO_NOT_CALL)


class TemplateForm(EditsRow, CrmModelForm):
    """A text; ``values`` fill its placeholders with the longest real names of those who may get it, by language."""

    class Meta:
        model = Template
        fields: tuple[str, ...] = ("title", "channel", "nature", "subject", "text", "subject_en", "text_en")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "text_en": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, values: dict[str, list[dict[str, str]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.values = values
        if self.instance.pk:
            # Messages of the past were sent by it, and programs count on it.
            self.fields["channel"].disabled = self.fields["nature"].disabled = True
        self.carry(self.instance)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        is_sms = said.get("channel") == Channel.SMS
        draft = Template(text=said.get("text") or "", text_en=said.get("text_en") or "")
        for language, text, values in selectors.worded(draft, self.values) if is_sms else ():
            if words := texts.too_long(texts.worst(text, values)):
                self.add_error("text_en" if language == "en" else "text", words)
        if not is_sms and not said.get("subject"):
            self.add_error("subject", _("An e-mail has a subject."))
        if is_sms:
            said["subject"] = said["subject_en"] = ""
        return said

    def clean_text(self) -> str:
        return texts.clean(str(self.cleaned_data["text"]))

    def clean_text_en(self) -> str:
        return texts.clean(str(self.cleaned_data["text_en"]))


class NewTemplateForm(TemplateForm):
    """A text that nobody uses yet, with the name that programs and settings know it by."""

    class Meta(TemplateForm.Meta):
        fields = ("key", *TemplateForm.Meta.fields)


class RouteForm(EditsRow, CrmModelForm):
    class Meta:
        model = Route
        fields = ("is_on", "position", "price")
        localized_fields = ("price",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(self.instance)

    def clean_price(self) -> Any:
        price = self.cleaned_data["price"]
        if price < 0:
            raise ValidationError(_("A price is not below zero."))
        return price


class BudgetForm(EditsRow, CrmModelForm):
    class Meta:
        model = Budget
        fields = ("segments", "money")
        localized_fields = ("money",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(self.instance)

    def clean_money(self) -> Any:
        money = self.cleaned_data["money"]
        if money is not None and money < 0:
            raise ValidationError(_("A budget is not below zero."))
        return money


class TrialForm(CrmForm):
    """A trial of one gateway, to a phone or an address of one's own."""

    channel = forms.CharField(widget=forms.HiddenInput)
    gateway = forms.CharField(widget=forms.HiddenInput)
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        by_email = said.get("channel") == Channel.EMAIL
        field = "email" if by_email else "phone"
        if not said.get(field) and field not in self.errors:
            self.add_error(field, _("Say where to."))
        said["recipient"] = said.get(field) or ""
        return said


class OutcomeForm(CrmForm):
    """What came of an errand, in words, and the day on which it goes on, if it does."""

    outcome = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in CLOSES])
    words = forms.CharField(label=gettext_lazy("What came of it"), required=False, max_length=300)
    next_on = forms.DateField(
        label=gettext_lazy("Goes on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_next_on(self) -> date | None:
        day: date | None = self.cleaned_data["next_on"]
        if day and day <= self.today:
            raise ValidationError(_("Choose a day that is still to come."))
        return day


class PauseForm(CrmModelForm):
    """Why, and until when, a client gets no advertising."""

    class Meta:
        model = Pause
        fields = ("reason", "until")
        widgets = {"until": forms.DateInput(attrs={"type": "date"})}
