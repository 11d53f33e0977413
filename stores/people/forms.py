"""Stores and people, as an admin writes them on pages of the product."""

from typing import Any

from django import forms
from django.db import transaction
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from stores import opened, services, zones
from stores.forms import CrmForm, CrmModelForm, EditsRow
from stores.models import ChainRight, DayOff, Employee, Role, Store
from stores.opened import ChangedMeanwhileError

BY_ROLE, GIVEN, TAKEN = "", "given", "taken"
SAID = {True: GIVEN, False: TAKEN}
MEANT = {GIVEN: True, TAKEN: False}
RIGHTS = {f"right_{right.value}": right for right in ChainRight}


class StoreForm(EditsRow, CrmModelForm):
    time_zone = forms.ChoiceField(
        label=_("time zone"), help_text=_("Its hours and days are counted by it: messages, receipts, days of figures.")
    )
    closed_weekdays = forms.MultipleChoiceField(
        label=_("closed on weekdays"), choices=[(str(n + 1), name) for n, name in WEEKDAYS.items()], required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    class Meta:
        model = Store
        fields = (
            "name",
            "code",
            "city",
            "address",
            "phone",
            "time_zone",
            "opens_at",
            "closes_at",
            "closed_weekdays",
            "is_active",
        )
        widgets = {name: forms.TimeInput(attrs={"type": "time"}, format="%H:%M") for name in ("opens_at", "closes_at")}

    def __init__(self, data: Any = None, *, row: Store) -> None:
        super().__init__(data, instance=row)
        zone: Any = self.fields["time_zone"]
        zone.choices = zones.choices(row.time_zone)
        self.initial.update({"time_zone": str(row.time_zone), "closed_weekdays": list(row.closed_weekdays)})
        self.fields["code"].required = bool(row.pk)
        self.carry(row)

    def clean_closed_weekdays(self) -> str:
        return "".join(sorted(self.cleaned_data["closed_weekdays"]))

    def clean_code(self) -> str:
        code = str(self.cleaned_data.get("code") or "")
        return code or services.free_code(str(self.cleaned_data.get("name", "")))

    def in_words(self, name: str, value: Any) -> str:
        return ", ".join(str(WEEKDAYS[int(n) - 1]) for n in value) if name == "closed_weekdays" else super().in_words(name, value)

    def shown(self, name: str, value: Any) -> Any:
        return list(value) if name == "closed_weekdays" else str(value) if name == "time_zone" else value


class DayOffForm(CrmForm):
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    why = forms.CharField(label=_("Why"), max_length=80, required=False)

    def __init__(self, data: Any = None, *, store: Store) -> None:
        super().__init__(data)
        self.store = store

    def clean_day(self) -> Any:
        if DayOff.objects.filter(store=self.store, day=self.cleaned_data["day"]).exists():
            raise forms.ValidationError(_("This day is off already."))
        return self.cleaned_data["day"]


class PersonForm(EditsRow, CrmModelForm):
    """An employee with what the chain permits: of each permission what an admin said, or the role tells."""

    class Meta:
        model = Employee
        fields = ("last_name", "first_name", "middle_name", "username", "email", "language", "role", "stores")
        widgets = {"stores": forms.CheckboxSelectMultiple}

    def __init__(self, data: Any = None, *, row: Employee) -> None:
        super().__init__(data, instance=row)
        for name, right in RIGHTS.items():
            choices = [(BY_ROLE, _("by role: managers of all stores")), (GIVEN, _("permitted")), (TAKEN, _("not permitted"))]
            self.fields[name] = forms.ChoiceField(label=right.label, choices=choices, required=False)
            self.initial[name] = self._said(row, right)
        self.fields["username"].label = _("Name to sign in by")
        self.fields["username"].help_text = _("Latin letters and digits, without a space: anna.k")
        self.fields["email"].help_text = _("Alarms go there, and the report on Mondays for those who want it.")
        for name in ("last_name", "first_name"):
            self.fields[name].required = True
        self.dress()
        self.carry(row)

    @staticmethod
    def _said(row: Employee, right: ChainRight) -> str:
        return SAID[row.rights[right.value]] if right.value in row.rights else BY_ROLE

    def standing(self, row: Any, /) -> dict[str, Any]:
        return {
            **opened.standing(row, list(self.Meta.fields)),
            **{name: self._said(row, right) for name, right in RIGHTS.items()},
        }

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and said.get("role") not in (None, Role.ADMIN) and services.is_last_admin(self.instance.pk):
            self.add_error("role", _("The last admin stays one: make somebody else an admin first."))
        return said

    def _post_clean(self) -> None:
        """The row is written under its lock, by what the person changed alone; here it is only looked at where it is new."""
        if not self.instance.pk:
            super()._post_clean()  # type: ignore[misc]
        elif "username" in self.cleaned_data:
            others = Employee.objects.exclude(pk=self.instance.pk).filter(username__iexact=self.cleaned_data["username"])
            if others.exists():
                self.add_error("username", _("Somebody signs in by this name already."))

    @transaction.atomic
    def write(self) -> Employee | None:
        """The employee as they stand now; None where somebody else changed the same meanwhile."""
        before = Employee.objects.get(pk=self.instance.pk)
        stores_before = set(before.stores.values_list("pk", flat=True))
        try:
            after: Employee = opened.write(self.instance, self.edit(), read=self.standing, set_=self._set)
        except ChangedMeanwhileError as changed:
            self.ask(changed)
            return None
        if after.role != before.role:
            services.end_sessions(after)
        if stores_before - set(after.stores.values_list("pk", flat=True)):
            services.tell_of_leaving(after)
        return after

    @staticmethod
    def _set(row: Employee, name: str, value: Any) -> None:
        if name == "stores":
            row.stores.set(value)
        elif name in RIGHTS:
            kept = {right: said for right, said in row.rights.items() if right != RIGHTS[name].value}
            row.rights = kept | ({RIGHTS[name].value: MEANT[value]} if value else {})
        else:
            setattr(row, name, value)

    def create(self, password: str) -> Employee:
        """A new employee, with what they sign in by the first time."""
        made: Employee = self.save(commit=False)
        made.set_password(password)
        for name in RIGHTS:
            self._set(made, name, self.cleaned_data[name])
        made.save()
        made.stores.set(self.cleaned_data["stores"])
        return made
