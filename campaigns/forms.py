"""Forms of programs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from campaigns.models import Program
from messaging.models import TEST, Channel, Nature, Template
from stores.forms import CrmModelForm, EditsRow


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
