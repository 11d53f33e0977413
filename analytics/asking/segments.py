"""Questions about clients: conditions joined by AND, OR and NOT, asked, put into words, and carried in an address. Public.

A definition is plain JSON: groups that must all hold, each of conditions of which one must; any condition may be turned
round. ``[[{"what": "kind", "kind": "ring", "least": 2}], [{"what": "silent", "days": 0}, {"what": "consent", "not": true, …}]]``
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from analytics.asking.conditions import CONDITIONS
from clients.models import Client, ClientQuerySet
from stores.forms import CrmForm
from stores.models import Store

Definition = list[list[dict[str, Any]]]
MOST_CONDITIONS = 20


class ConditionForm(CrmForm):
    """One condition as a person fills it: which one, whether turned round, and the fields that it has."""

    def __init__(self, data: Mapping[str, Any], *, number: int, group: int) -> None:
        self.number, self.group = number, group
        self.condition = CONDITIONS.get(data.get(f"w{number}", ""))
        super().__init__(data, prefix=f"p{number}")
        self.fields |= {name: make() for name, make in self.condition.fields.items()} if self.condition else {}
        self.dress()
        self.turned = bool(data.get(f"n{number}"))

    def add_prefix(self, field_name: str) -> str:
        return f"{self.prefix}_{field_name}"

    def told(self) -> dict[str, Any] | None:
        """The condition as JSON; None unless it is whole."""
        if self.condition is None or not self.is_valid():
            return None
        values = {name: _plain(value) for name, value in self.cleaned_data.items()}
        return {"what": self.condition.name, **({"not": True} if self.turned else {}), **values}

    @property
    def words(self) -> str:
        """The condition as a part of a sentence; empty unless it is whole."""
        told = self.told()
        return self.condition.words(told) if told and self.condition else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for low, high in (("first", "last"), ("least", "most")):
            if said.get(low) is not None and said.get(high) is not None and said[low] > said[high]:
                raise forms.ValidationError({high: _("The end is before the beginning.")})
        return said


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int) else float(value)


def forms_of(query: Mapping[str, Any]) -> list[ConditionForm]:
    """The conditions of an address, in their order: ``w3=kind&g3=1&n3=on&p3_kind=ring&p3_least=2``."""
    numbers = sorted(int(name[1:]) for name in query if name[:1] == "w" and name[1:].isdecimal() and len(name) < 5)
    return [ConditionForm(query, number=n, group=_number(query.get(f"g{n}", ""), n)) for n in numbers[:MOST_CONDITIONS]]


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else default


def definition_of(filled: Iterable[ConditionForm]) -> Definition:
    """What whole conditions say together; one that is not whole is left out."""
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for form in filled:
        if told := form.told():
            groups[form.group].append(told)
    return [groups[group] for group in sorted(groups)]


def as_query(definition: Definition) -> str:
    """The address's part that ``forms_of`` reads."""
    pairs: dict[str, Any] = {}
    numbered = ((group, told) for group, conditions in enumerate(definition) for told in conditions)
    for number, (group, told) in enumerate(numbered):
        pairs |= {f"w{number}": told["what"], f"g{number}": group}
        if told.get("not"):
            pairs[f"n{number}"] = "on"
        pairs |= {f"p{number}_{name}": value for name, value in told.items() if name not in ("what", "not")}
    return urlencode(pairs)


def condition_of(definition: Definition, today: date) -> Q:
    """The whole question as one condition over clients."""
    whole = Q()
    for group in definition:
        one_of = Q()
        for told in group:
            holds = CONDITIONS[told["what"]].holds(told, today)
            one_of |= ~holds if told.get("not") else holds
        whole &= one_of
    return whole


def clients_of(definition: Definition, *, today: date, stores: list[Store] | None) -> ClientQuerySet:
    """Live cards that a question means; ``stores`` None is the chain."""
    live = Client.objects.live() if stores is None else Client.objects.live().of_stores(stores)
    return live.filter(condition_of(definition, today))


def in_words(definition: Definition) -> str:
    """The question as a sentence."""
    if not definition:
        return _("All clients.")
    groups = []
    for group in definition:
        told = [_one_in_words(condition) for condition in group]
        joined = _(" or ").join(told)
        groups.append(f"({joined})" if len(told) > 1 and len(definition) > 1 else joined)
    return _("Clients who %(conditions)s.") % {"conditions": _(" and ").join(groups)}


def _one_in_words(told: dict[str, Any]) -> str:
    words = CONDITIONS[told["what"]].words(told)
    return _("do not match “%(words)s”") % {"words": words} if told.get("not") else words


def single(what: str, **values: Any) -> dict[str, Any]:
    """A condition for ``as_query``."""
    return {"what": what, **values}
