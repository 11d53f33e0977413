"""The photo of an article."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue import pictures
from stores.forms import CrmForm


class PhotoForm(CrmForm):
    """One picture, cleaned to what is kept of it."""

    photo = forms.FileField(label=_("Photo"), widget=forms.FileInput(attrs={"accept": "image/*"}))

    def clean_photo(self) -> bytes:
        try:
            return pictures.picture(self.cleaned_data["photo"])
        except pictures.PhotoError:
            raise ValidationError(_("This is no picture, or it is too large: JPEG, PNG or WebP up to 20 MB.")) from None
