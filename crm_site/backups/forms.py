"""What a person says when they open sending after a restore."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class Since(models.TextChoices):
    WENT_ON = "went_on", _("The chain went on sending after the copy was made")
    STOOD = "stood", _("Nothing was sent after the copy: Carat was stopped before it was made")


class OpenSendingForm(forms.Form):
    """Nothing is chosen beforehand: only a person knows which it was."""

    since = forms.ChoiceField(label=_("What happened after the copy"), choices=Since, widget=forms.RadioSelect)
