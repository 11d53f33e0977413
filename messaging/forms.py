"""Forms of messages, their texts, and the gateways they go by."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.typed import EmailField, PhoneField
from clients.writing import phones
from messaging import selectors, texts
from messaging.models import SECRET_SOURCES, Budget, Channel, Errand, ErrandStep, Pause, Route, Template
from stores import opened, rules
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.models import Employee

Kind = ErrandStep.Kind
# What a person says of an errand.
CLOSES = (
    Kind.DONE, Kind.AGREED, Kind.THINKS, Kind.NO_ANSWER, Kind.NO_INTEREST, Kind.COMPLAINED, Kind.WRONG_NUMBER, Kind.DO_NOT_CALL,
    Kind.DROPPED,
)  # fmt: skip


class StopForm(CrmForm):
    """A phone or address that must never be written to again."""

    recipient = forms.CharField(label=gettext_lazy("Phone or e-mail"), max_length=254)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=200)

    def clean_recipient(self) -> str:
        written: str = self.cleaned_data["recipient"]
        if "@" in written:
            return str(EmailField().clean(written) or "")
        phone = phones.normalise(written)
        if phone is None:
            raise ValidationError(_("This is neither a phone nor an e-mail."))
        return phone


class TemplateForm(EditsRow, CrmModelForm):
    """A text; ``values`` fill its placeholders with the longest real names of those who may get it, by language."""

    leads_away = forms.BooleanField(
        label=gettext_lazy("The address is right: our clients shall be sent there"), required=False, widget=forms.HiddenInput
    )

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

    def standing(self, row: Any, /) -> dict[str, Any]:
        """Columns of the text; what is said about its links stands in none."""
        return opened.standing(row, [name for name in self.Meta.fields if not self.fields[name].disabled])

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
        self._look_at_links(said)
        return said

    def _look_at_links(self, said: dict[str, Any]) -> None:
        """A link elsewhere is asked about; in a text that carries a code there is none, and the code is in it."""
        is_secret = self.instance.key in SECRET_SOURCES
        for field in ("text", "text_en"):
            text = said.get(field) or ""
            if is_secret and text and "{code}" not in text:
                self.add_error(field, _("This text carries the one-time code: put {code} into it."))
            for link in texts.foreign_links(text, rules.current().own_hosts):
                if is_secret:
                    self.add_error(field, _("A text with a code leads to the chain's own pages alone, not to %s.") % link)
                elif not said.get("leads_away"):
                    self.fields["leads_away"].widget = forms.CheckboxInput()
                    self.add_error(field, _("%s is none of the chain's own addresses. If it is right, say so below.") % link)

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
        if self.instance.channel != Channel.SMS:
            self.fields["price"].label = _("Price of one message")

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

    outcome = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in CLOSES], required=False)
    words = forms.CharField(label=gettext_lazy("What came of it"), required=False, max_length=300)
    problem = forms.ChoiceField(choices=[("", ""), *Errand.Problem.choices], required=False)
    guests = forms.IntegerField(label=gettext_lazy("Guests"), required=False, min_value=0, max_value=10)
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

    def clean(self) -> dict[str, Any]:
        """Whoever says what was wrong says that the client complained: one press for both.

        Guests stand in the words as “+2”, where whoever reads the story sees them too.
        """
        said = super().clean() or self.cleaned_data
        if guests := said.get("guests"):
            said["words"] = f"+{guests} {said.get('words', '')}".strip()[:300]
        if said.get("problem"):
            said["outcome"] = ErrandStep.Kind.COMPLAINED
        elif said.get("outcome") == ErrandStep.Kind.COMPLAINED:
            self.add_error("problem", _("Choose what was wrong."))
        elif not said.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", _("Choose what came of it."))
        return said


class PauseForm(CrmModelForm):
    """Why, and until when, a client gets no advertising."""

    class Meta:
        model = Pause
        fields = ("reason", "until")
        widgets = {"until": forms.DateInput(attrs={"type": "date"})}


class GiveForm(CrmForm):
    """Whose an errand is to be; nobody: the pool's."""

    to = forms.ModelChoiceField(Employee.objects.none(), required=False)

    def __init__(self, *args: Any, people: "QuerySet[Employee]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]
