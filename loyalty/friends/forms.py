"""The terms for friends, as they are typed."""

from django.utils.translation import gettext_lazy as _

from loyalty.models import ReferralTerms
from stores.forms import CrmModelForm
from stores.texts.fields import MoneyField


class ReferralTermsForm(CrmModelForm):
    """A new version of the terms."""

    floor = MoneyField(label=_("First purchase from"), required=False)

    class Meta:
        model = ReferralTerms
        fields = ("for_referrer", "for_friend", "floor", "delay_days", "most_a_year", "life_days")

    def clean_floor(self) -> object:
        return self.cleaned_data["floor"] or 0
