"""Forms of programs and campaigns."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import services
from campaigns.models import AHEAD, BEHIND, MOST_QUIET, Campaign, Program, Trigger, Way
from campaigns.once.wordings import Room
from clients.typed import PhoneField
from messaging import selectors, texts
from messaging.models import TEST, Channel, Nature, Template
from stores.chain_day import day_of
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.texts.fields import MoneyField

COUNTED_BY = {"days_before": AHEAD, "days_after": BEHIND}


class ProgramForm(EditsRow, CrmModelForm):
    """How a standing rule works; what it is about stays what it was, as its past is told by it."""

    class Meta:
        model = Program
        fields: tuple[str, ...] = ("title", "is_on", "hour", "template", "email_template", "holdout")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, channel in (("template", Channel.SMS), ("email_template", Channel.EMAIL)):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = Template.objects.filter(channel=channel, nature=Nature.ADVERTISING)
        self.fields["holdout"].help_text = _("0: everybody is written to. Ten is enough for a chain of thousands of clients.")
        self.carry(self.instance)


class StandingForm(ProgramForm):
    """How a program works that is set going by what clients do. Its trigger and its key stay."""

    class Meta(ProgramForm.Meta):
        fields = (
            "title", "is_on", "days_before", "days_after", "calls", "call_reason", "call_script", "template", "email_template",
            "hour", "holdout", "per_day", "place",
        )  # fmt: skip
        widgets: ClassVar = {"call_script": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days_before"].help_text = ""
        self.fields["holdout"].help_text = _("0: everybody is contacted. Ten is enough for a chain of thousands of clients.")
        unused = {name for name, triggers in COUNTED_BY.items() if self.instance.trigger not in triggers}
        if self.instance.trigger == Trigger.CARE:
            unused |= {"calls", "template", "email_template"}
        for name in unused:
            del self.fields[name]
        self.carry(self.instance)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("calls", self.instance.calls) or data.get("template") or data.get("email_template")):
            raise ValidationError(_("Choose a call, an SMS or a letter: the program has no way to reach anybody."))
        return data

    def write(self) -> Program | None:
        """The program as it is wanted; switched on or counted otherwise it begins today, and never in the past."""
        with transaction.atomic():
            was = Program.objects.select_for_update(of=("self",)).get(pk=self.instance.pk)
            program: Program | None = super().write()
            if program:
                services.begin(program, was=was, today=day_of(timezone.now()))
        return program


class NewProgramForm(ProgramForm):
    """A rule about another occasion, or some days before one."""

    class Meta(ProgramForm.Meta):
        fields = ("key", "occasion", "days_before", *ProgramForm.Meta.fields)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occasion = self.fields["occasion"]
        if isinstance(occasion, forms.ModelChoiceField):
            occasion.empty_label = _("birthday")
        self.fields["key"].help_text = _("Latin letters and hyphens, for example birthday-week; it never changes.")

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if key == TEST:
            raise ValidationError(_("This key is that of trial messages; choose another."))
        return key


SECOND = ("text_b", "subject_b", "letter_b")
WORDS = {Way.CALL: ("script",), Way.SMS: ("text",), Way.EMAIL: ("subject", "letter"), Way.POST: ("paper",)}


class OnceForm(EditsRow, CrmModelForm):
    """What a campaign of whatever kind is asked for; one filled form is one draft.

    A second wording is asked for where there is ``room`` for it: the field that is not there explains why.
    """

    form_key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = ("title", "occasion", "occasion_until", "holdout", "window_days")
        labels: ClassVar = {"occasion_until": gettext_lazy("The occasion lasts until")}
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "occasion_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        }

    def __init__(self, *args: Any, today: date, room: Room | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.room = today, room or Room(None)
        for name in SECOND if not self.room.is_enough else ():
            self.fields.pop(name, None)
        if self.instance.pk:
            del self.fields["form_key"]
        else:
            self.initial.setdefault("form_key", uuid4())
        self.carry(self.instance)

    def clean_occasion_until(self) -> date:
        until: date = self.cleaned_data["occasion_until"]
        if until < self.today:
            raise ValidationError(_("Choose today or a later day."))
        return until

    @property
    def has_second(self) -> bool:
        return any(self[name].value() for name in SECOND if name in self.fields)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in SECOND:
            if said.get(name) and said[name] == said.get(name.removesuffix("_b")):
                self.add_error(name, _("It says the same as the first: change it, or leave it empty."))
        return said


class CampaignForm(OnceForm):
    """What is said to whom is asked for by the way that was chosen; words for the other ways make these the second choice."""

    class Meta(OnceForm.Meta):
        fields = (
            "title", "way", "occasion", "occasion_until", "offer", "script", "text", "subject", "letter", "paper", *SECOND,
            "holdout", "window_days", "calls_a_day", "is_shared",
        )  # fmt: skip
        widgets: ClassVar[dict[str, forms.Widget]] = {
            **OnceForm.Meta.widgets,
            "script": forms.Textarea(attrs={"rows": 4}),
            "text": forms.Textarea(attrs={"rows": 3}),
            "letter": forms.Textarea(attrs={"rows": 5}),
            "paper": forms.Textarea(attrs={"rows": 6}),
            "text_b": forms.Textarea(attrs={"rows": 3}),
            "letter_b": forms.Textarea(attrs={"rows": 5}),
        }

    def clean_text(self) -> str:
        return self._fits("text")

    def clean_text_b(self) -> str:
        return self._fits("text_b")

    def _fits(self, name: str) -> str:
        text = texts.clean(str(self.cleaned_data[name]))
        if words := texts.too_long(texts.worst(text, [row for rows in selectors.worst_values().values() for row in rows])):
            raise ValidationError(words)
        return text

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in WORDS.get(Way(said["way"]), ()) if said.get("way") else ():
            if not said.get(name) and name not in self.errors:
                self.add_error(name, _("Write what is said: it goes by this way first."))
        if said.get("letter") and not said.get("subject") and "subject" not in self.errors:
            self.add_error("subject", _("An e-mail has a subject."))
        return said


class QuietForm(CrmForm):
    """How many clients get no advertising for a year."""

    percent = forms.IntegerField(
        label=gettext_lazy("Clients without advertising, %"), min_value=1, max_value=MOST_QUIET, initial=5,
        help_text=gettext_lazy("Five is enough for a chain of tens of thousands of clients; a smaller one takes ten."),
    )  # fmt: skip


class PostedForm(CrmForm):
    """When a batch of letters on paper went to the post, and what each cost with its envelope and stamp."""

    on = forms.DateField(label=gettext_lazy("At the post on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    each = MoneyField(label=gettext_lazy("A letter cost, ₽"), required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"on": today}, **kwargs)
        self.today = today

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("Choose today or an earlier day."))
        return on

    def clean_each(self) -> Decimal:
        return self.cleaned_data["each"] or Decimal(0)


class TrialForm(CrmForm):
    """Where the campaign's words are sent to be looked at: a phone or an address of one's own."""

    channel = forms.ChoiceField(choices=Channel.choices)
    phone = PhoneField(label=gettext_lazy("Phone"), required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        field = "email" if said.get("channel") == Channel.EMAIL else "phone"
        if not said.get(field) and field not in self.errors:
            self.add_error(field, _("Say where to."))
        said["recipient"] = str(said.get(field) or "")
        return said
