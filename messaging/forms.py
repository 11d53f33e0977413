"""Forms of messages."""

from django import forms

from messaging.models import Template
from stores.forms import CrmModelForm


class TemplateForm(CrmModelForm):
    class Meta:
        model = Template
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "data-meter": ""})}
