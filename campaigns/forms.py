"""Forms of programs."""

from campaigns.models import Program
from stores.forms import CrmModelForm


class ProgramForm(CrmModelForm):
    class Meta:
        model = Program
        fields = ("is_on", "hour")
