"""A pair that is made by hand."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalogue.kinds import PieceKind
from catalogue.reading import BadArticleError, article_key
from purchases.companions.acts import Side
from stores.forms import CrmForm

KINDS = [("", "—"), *PieceKind.choices]
MOST_ARTICLES = 10


def _side(text: str) -> Side:
    try:
        return Side(article=article_key(text), written=text)
    except BadArticleError:
        raise ValidationError(_("This can be no article. Check it, or choose a kind.")) from None


class PairForm(CrmForm):
    """To what (an article or a kind), what is offered (articles or a kind), and what the seller says."""

    base_article = forms.CharField(label=_("To an article"), required=False, max_length=40)
    base_kind = forms.ChoiceField(label=_("or to a kind"), required=False, choices=KINDS)
    with_articles = forms.CharField(
        label=_("Offer articles"), required=False, max_length=400, help_text=_("Several: with a space")
    )
    with_kind = forms.ChoiceField(label=_("or a kind"), required=False, choices=KINDS)
    words = forms.CharField(label=_("What the seller says"), required=False, max_length=120)

    def clean_base_article(self) -> Side | None:
        text = self.cleaned_data["base_article"].strip()
        return _side(text) if text else None

    def clean_with_articles(self) -> list[Side]:
        texts = list(dict.fromkeys(filter(None, re.split(r"[\s,;]+", self.cleaned_data["with_articles"]))))
        if len(texts) > MOST_ARTICLES:
            raise ValidationError(_("At most ten articles at once."))
        return [_side(text) for text in texts]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self._ask_for_one("base_article", data.get("base_article"), data.get("base_kind"))
        self._ask_for_one("with_articles", data.get("with_articles"), data.get("with_kind"))
        if self.is_bound and not self.errors and self.base in self.beside:
            self.add_error("with_articles", _("A piece does not go with itself. Offer another."))
        return data

    def _ask_for_one(self, name: str, articles: object, kind: object) -> None:
        if name not in self.errors and bool(articles) == bool(kind):
            self.add_error(name, _("Type an article or choose a kind: one of the two."))

    @property
    def base(self) -> Side:
        side: Side | None = self.cleaned_data["base_article"]
        return side or Side(kind=self.cleaned_data["base_kind"])

    @property
    def beside(self) -> list[Side]:
        sides: list[Side] = self.cleaned_data["with_articles"]
        return sides or [Side(kind=self.cleaned_data["with_kind"])]
