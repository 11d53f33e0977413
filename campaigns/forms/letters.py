"""Forms of newsletters: what they are about, and the blocks that they are made of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from campaigns.forms.programs import OnceForm
from campaigns.letters import blocks, keeping, rendering, wording
from campaigns.letters.blocks import MOST, MOST_ARTICLES, Block, Kind
from campaigns.models import Campaign
from messaging import texts
from messaging.models import Topic
from stores.forms import OPENED, CrmForm, EditsRow

FIELDS = ("text", "articles", "address")
OF_KIND: dict[str, tuple[str, ...]] = {
    Kind.HEADING: ("text",), Kind.TEXT: ("text",), Kind.PICTURE: ("articles", "text"), Kind.ARTICLES: ("articles",),
    Kind.BUTTON: ("text", "address"),
}  # fmt: skip
MUST = {Kind.HEADING: "text", Kind.TEXT: "text", Kind.PICTURE: "articles", Kind.ARTICLES: "articles", Kind.BUTTON: "text"}
LABELS = {
    Kind.HEADING: {"text": gettext_lazy("Heading")},
    Kind.TEXT: {"text": pgettext_lazy("in a letter", "Text")},
    Kind.PICTURE: {"articles": gettext_lazy("Article whose photo is shown"), "text": gettext_lazy("Caption")},
    Kind.ARTICLES: {"articles": gettext_lazy("Articles, separated by commas")},
    Kind.BUTTON: {"text": gettext_lazy("Words on the button"), "address": gettext_lazy("Where it leads")},
}
LONGEST = {Kind.HEADING: 120, Kind.TEXT: 4000, Kind.PICTURE: 160, Kind.BUTTON: 40}


class NewsletterForm(OnceForm):
    """What a newsletter is about, and how it is compared; its letter is composed on a page of its own."""

    class Meta(OnceForm.Meta):
        fields: tuple[str, ...] = (
            "title",
            "topic",
            "subject",
            "subject_b",
            "occasion",
            "occasion_until",
            "holdout",
            "window_days",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].required = self.fields["topic"].required = True
        self.fields["occasion"].help_text = _("Why the client hears from you today; mailboxes show it behind the subject.")
        topic = self.fields["topic"]
        if isinstance(topic, forms.ModelChoiceField):
            topic.queryset = Topic.objects.filter(Q(is_on=True) | Q(pk=self.instance.topic_id))


class BlockForm(CrmForm):
    """One block; it has the fields of its kind alone."""

    kind = forms.ChoiceField(choices=Kind.choices, widget=forms.HiddenInput)
    text = forms.CharField(required=False)
    articles = forms.CharField(required=False, max_length=400)
    address = forms.CharField(required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.data.get(self.add_prefix("kind")) if self.is_bound else self.initial.get("kind")
        self.of_kind = Kind(said) if said in Kind.values else Kind.TEXT
        for name in set(FIELDS) - set(OF_KIND[self.of_kind]):
            del self.fields[name]
        for name, label in LABELS[self.of_kind].items():
            self.fields[name].label = label
        self.order_fields(["kind", *OF_KIND[self.of_kind]])
        if self.of_kind == Kind.TEXT:
            self.fields["text"].widget = forms.Textarea(attrs={"rows": 6, "class": "form-control"})
            self.fields["text"].help_text = _(
                "**bold**, *italic*, [words](https://…); an empty line begins a paragraph, “- ” a list."
            )

    @property
    def block(self) -> Block:
        said = self.cleaned_data
        return Block(self.of_kind, *(said.get(name) or "" for name in FIELDS))

    @property
    def name(self) -> str:
        return str(self.of_kind.label)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get(MUST[self.of_kind]) and MUST[self.of_kind] not in self.errors:
            self.add_error(MUST[self.of_kind], _("Fill this in, or take the block out."))
        return said

    def clean_text(self) -> str:
        text, most = texts.clean(str(self.cleaned_data["text"])), LONGEST[self.of_kind]
        texts.validate_placeholders(text)
        if len(text) > most:
            raise ValidationError(_("Too long: at most %(most)s characters.") % {"most": most})
        if wrong := wording.wrong_links(text):
            raise ValidationError(wrong[0])
        return text

    def clean_articles(self) -> str:
        """Each is in the catalogue and has a photo: a letter shows it."""
        block = Block(self.of_kind, articles=str(self.cleaned_data["articles"]))
        most = 1 if self.of_kind == Kind.PICTURE else MOST_ARTICLES
        if len(block.codes) > most:
            words = ngettext("At most %(most)s article here.", "At most %(most)s articles here.", most)
            raise ValidationError(words % {"most": most})
        known = rendering.articles_of(block.codes)
        for code in block.codes:
            found = rendering.found(Block(self.of_kind, articles=code), known)
            if not found:
                raise ValidationError(_("There is no article %s in the catalogue.") % code)
            if not found[0].photo:
                raise ValidationError(_("The article %s has no photo: add one on its page, or choose another.") % code)
        return block.articles

    def clean_address(self) -> str:
        address = str(self.cleaned_data["address"]).strip()
        if wrong := wording.wrong_address(address):
            raise ValidationError(wrong)
        return address


BlockFormSet: type[BaseFormSet[BlockForm]] = formset_factory(
    BlockForm, extra=0, max_num=MOST, absolute_max=MOST, validate_max=True
)


class LetterForm(EditsRow, CrmForm):
    """The letter of a newsletter: its blocks in their order."""

    body = forms.JSONField(required=False, widget=forms.HiddenInput, label=gettext_lazy("letter"))
    prefixed: ClassVar[str] = "block"

    def __init__(self, data: Any = None, *, campaign: Campaign, began: list[dict[str, str]] | None = None) -> None:
        super().__init__(data)
        self.campaign = campaign
        self.began = blocks.written(blocks.read(campaign.body)) if began is None else began
        self.blocks = BlockFormSet(self.data if data else None, prefix=self.prefixed, initial=self.began)
        self.carry(campaign)

    def standing(self, row: Any, /) -> dict[str, Any]:
        return {"body": blocks.written(blocks.read(row.body))}

    def is_valid(self) -> bool:
        return self.blocks.is_valid() and super().is_valid()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        made = [form.block for form in self.blocks] if self.blocks.is_valid() else []
        said["body"] = blocks.written(made)
        page = rendering.page_of(made, keeping.facts_of(self.campaign))
        if page.size > rendering.MOST_BYTES:
            size = page.size // 1000
            self.add_error(
                None, _("The letter takes %(size)s KB, and mailboxes cut one after 100 KB: make it shorter.") % {"size": size}
            )
        return said

    def in_words(self, name: str, value: Any) -> str:
        """How many blocks: what stands in them is seen below."""
        return ngettext("%(n)s block", "%(n)s blocks", len(value)) % {"n": len(value)}

    def shown(self, name: str, value: Any) -> Any:
        return value


def typed(data: Mapping[str, Any]) -> list[dict[str, str]]:
    """The blocks as they were typed, right or wrong."""
    total = min(int(text) if (text := str(data.get("block-TOTAL_FORMS", ""))).isdecimal() else 0, MOST)
    return [
        {name: str(data.get(f"block-{number}-{name}", "")) for name in ("kind", *FIELDS)}
        for number in range(total)
        if data.get(f"block-{number}-kind") in Kind.values
    ]


def rearranged(rows: list[dict[str, str]], act: str) -> list[dict[str, str]]:
    """The blocks after a press: ``add-text``, ``up-2``, ``down-2`` or ``out-2``."""
    what, _dash, which = act.partition("-")
    if what == "add" and which in Kind.values and len(rows) < MOST:
        return [*rows, {"kind": which, "text": "", "articles": "", "address": ""}]
    at = int(which) if which.isdecimal() else len(rows)
    if at >= len(rows):
        return rows
    moved = rows[at]
    rest = rows[:at] + rows[at + 1 :]
    if what == "out":
        return rest
    to = {"up": max(0, at - 1), "down": at + 1}.get(what, at)
    return [*rest[:to], moved, *rest[to:]]


def again(data: Mapping[str, Any], campaign: Campaign) -> LetterForm:
    """The form after a press that saves nothing: it stands as it was typed, and as it was opened."""
    form = LetterForm(campaign=campaign, began=rearranged(typed(data), str(data.get("act", ""))))
    form.initial[OPENED] = data.get(OPENED, "")
    return form
