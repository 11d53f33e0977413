"""The form that takes a list."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from imports import specs
from stores.forms import CrmForm


class UploadForm(CrmForm):
    """What kind of list, and the file."""

    spec = forms.ChoiceField(label=_("What is in the list"), widget=forms.Select)
    file = forms.FileField(
        label=_("File"), help_text=_("Excel (xlsx, xls), CSV or text; any encoding."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx,.xls"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["spec"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(spec.kind, spec.label) for spec in specs.registered().values()]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": settings.IMPORT_MAX_BYTES >> 20})
        return file
