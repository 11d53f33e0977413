"""What a board is called, over which days it looks and who else sees it."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.boards.services import NAME
from analytics.models import Audience, Board
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.models import Store


class NewBoardForm(CrmForm):
    name = forms.CharField(label=gettext_lazy("Name of the board"), max_length=NAME)


class BoardForm(EditsRow, CrmModelForm):
    """Its store is one of its owner's: nobody shows a board to a store that they do not see."""

    class Meta:
        model = Board
        fields = ["name", "period", "audience", "audience_store"]

    def __init__(self, *args: Any, board: Board, stores: list[Store], **kwargs: Any) -> None:
        super().__init__(*args, instance=board, **kwargs)
        field: Any = self.fields["audience_store"]
        field.queryset = Store.objects.filter(pk__in=[store.pk for store in stores])
        field.label, field.empty_label = _("Which store"), _("none")
        self.carry(Board.objects.get(pk=board.pk))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("audience") != Audience.STORE:
            cleaned["audience_store"] = None
        elif not cleaned.get("audience_store"):
            self.add_error("audience_store", _("Choose the store whose managers see the board."))
        return cleaned
