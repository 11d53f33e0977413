"""The forms that take a list and say how to read it."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from imports import intake, specs, values
from imports.files import reading, unpacking
from imports.files.reading import NO_HEADER, Choice
from imports.models import ListImport
from imports.values import Question
from stores.forms import CrmForm

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "cp1251": "Windows-1251",
    "cp866": "DOS (866)",
    "koi8-r": "KOI8-R",
    "mac-cyrillic": "Mac",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}
DELIMITERS = {";": _("semicolon ;"), ",": _("comma ,"), "\t": _("tab"), "|": _("bar |")}


class UploadForm(CrmForm):
    """What kind of list, from where, and the file."""

    spec = forms.ChoiceField(label=_("What is in the list"), widget=forms.Select)
    source = forms.CharField(
        label=_("Where it comes from"), max_length=40, required=False,
        help_text=_("For example 1C or the name of a store. Codes of clients are unique within one source."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "sources", "placeholder": "1С"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), help_text=_("Excel (xlsx, xls), CSV, text or a saved web page; any encoding."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls,.ods,.xml,.htm,.html,.mht"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["spec"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(spec.kind, spec.label) for spec in specs.registered().values()]

    def clean_source(self) -> str:
        return " ".join(self.cleaned_data["source"].split()) or "list"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": settings.IMPORT_MAX_BYTES >> 20})
        return file


class LayoutForm(CrmForm):
    """How the file is to be read, where the guess was wrong."""

    encoding = forms.ChoiceField(label=_("Encoding"), required=False, choices=list(ENCODINGS.items()))
    delimiter = forms.ChoiceField(label=_("Between the columns"), required=False, choices=list(DELIMITERS.items()))
    sheet = forms.TypedChoiceField(label=_("Sheet"), required=False, coerce=int, empty_value=None)
    header_row = forms.TypedChoiceField(label=_("Names of the columns"), coerce=int)

    def __init__(self, *args: Any, list_import: ListImport, sample: int, **kwargs: Any) -> None:
        layout = list_import.layout
        super().__init__(*args, initial=layout, **kwargs)
        is_text = bool(layout["delimiter"])
        for name in ("sheet",) if is_text else ("encoding", "delimiter"):
            del self.fields[name]
        if not is_text:
            names = unpacking.sheet_names(intake.path_of(list_import))
            self.fields["sheet"].choices = list(enumerate(names))  # type: ignore[attr-defined]
        rows = range(max(sample, layout["header_row"] + 1))
        self.fields["header_row"].choices = [  # type: ignore[attr-defined]
            *((at, _("in row %(n)s") % {"n": at + 1}) for at in rows),
            (NO_HEADER, _("there are none: the first row is data already")),
        ]

    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(said.get("encoding") or None, said.get("delimiter") or None, said.get("sheet"), said["header_row"])


class ColumnsForm(CrmForm):
    """Which column is what, and where the list's word is taken."""

    prefer = forms.MultipleChoiceField(
        label=_("Where the card already has something else"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Unmarked: the card keeps its own and the row waits for your decision. Marked: the list's word is taken."),
    )  # fmt: skip

    def __init__(self, *args: Any, list_import: ListImport, **kwargs: Any) -> None:
        super().__init__(*args, initial={"prefer": list_import.prefer}, **kwargs)
        self.spec, self.layout = intake.spec_of(list_import), list_import.layout
        names = [(column.name, column.label) for column in self.spec.columns]
        taken = {place: name for name, place in self.layout["columns"].items()}
        for place, header in enumerate(intake.headers_shown(list_import)):
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header, required=False, choices=[("", _("— not used —")), *names], initial=taken.get(place, "")
            )
        if self.spec.preferable:
            labels = [(name, self.spec.column(name).label) for name in self.spec.preferable]
            self.fields["prefer"].choices = labels  # type: ignore[attr-defined]
        else:
            del self.fields["prefer"]
        self.dress()
        if "prefer" in self.fields:
            self.fields["prefer"].widget.attrs["class"] = "form-check-input"

    def clean(self) -> dict[str, Any]:
        """Every column once, and those that the list needs."""
        said = super().clean() or {}
        chosen: dict[str, int] = {}
        for place in range(len(self.layout["headers"])):
            name = said.get(f"column_{place}", "")
            if name in chosen:
                self.add_error(f"column_{place}", _("“%(name)s” is chosen twice.") % {"name": self.spec.column(name).label})
            elif name:
                chosen[name] = place
        lacking = [group for group in self.spec.needs if not any(name in chosen for name in group)]
        if lacking:
            self.add_error(None, str(reading.needed_columns(self.spec, lacking)))
        said["columns"] = chosen
        return said

    def columns(self) -> list[Any]:
        """Bound fields of the file's columns, in their order."""
        return [self[name] for name in self.fields if name.startswith("column_")]


class ValuesForm(CrmForm):
    """What the writings of a list mean: those that nobody knows, and those that the rules may have taken wrongly."""

    def __init__(self, *args: Any, list_import: ListImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {_name_of(question): question for question in values.questions(list_import)}
        for name, question in self.questions.items():
            unsaid = _("as understood: %(meaning)s") % {"meaning": question.understood} if question.understood else ""
            given = [(value, words or _("none: as an empty cell")) for value, words in question.answers.items()]
            self.fields[name] = forms.ChoiceField(
                label=question.said.text or _("empty cell"),
                required=False,
                choices=[("", unsaid or _("— not said yet —")), *given],
                initial=question.answer.meaning if question.answer else "",
            )
        self.dress()

    def answers(self) -> list[tuple[Question, str]]:
        return [(question, self.cleaned_data[name]) for name, question in self.questions.items()]

    def asked(self) -> list[tuple[Question, Any]]:
        """Writings that the rules do not know, with their fields."""
        return [(question, self[name]) for name, question in self.questions.items() if not question.understood]

    def understood(self) -> list[tuple[Question, Any]]:
        """Writings that the rules know, with their fields."""
        return [(question, self[name]) for name, question in self.questions.items() if question.understood]


def _name_of(question: Question) -> str:
    """A field's name that stays its writing's, whatever is asked beside it."""
    key = hashlib.blake2b(question.said.key.encode(errors="replace"), digest_size=8).hexdigest()
    return f"{question.said.column}_{key}"
