"""The back office for stores and people."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportExportMixin
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.sites import UnfoldAdminSite
from unfold.widgets import UnfoldAdminSelectWidget

from stores import opened, policies, services
from stores.forms import EditsRow
from stores.models import ChainRight, DayOff, Employee, Role, Store
from stores.opened import ChangedMeanwhileError


class BackOffice(UnfoldAdminSite):
    """Unfold's site with our models alone; who is no admin of the chain does not get in (stores/policies.py)."""

    site_header = site_title = "Carat"

    def has_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def get_urls(self) -> list[Any]:
        patterns: list[Any] = super().get_urls()
        policies.declare_all(patterns, policies.ADMINS)
        return patterns


def _is_admin(request: HttpRequest) -> bool:
    return isinstance(request.user, Employee) and request.user.is_active and request.user.role == Role.ADMIN


back_office = BackOffice(name="admin")


class CarriesWhatItSaw(EditsRow, forms.ModelForm[Any]):
    """A form of the back office: over a row that its page has locked, so it compares while it is cleaned."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.carry(self.instance)

    def standing(self, row: Any, /) -> dict[str, Any]:
        """Columns that people type, one's password apart."""
        known = {field.name for field in row._meta.get_fields()}
        return opened.standing(row, [name for name in self.fields if name in known and name != "password"])

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and not self.errors:
            self._compare(said)
        return said

    def _compare(self, said: dict[str, Any]) -> None:
        """What the person left alone stays as it stands in the row."""
        now, edit = self.now, self.edit()
        try:
            changes = edit.onto(now)
        except ChangedMeanwhileError as changed:
            self.ask(changed)
        else:
            said.update({name: self._kept(name, value) for name, value in now.items() if name not in changes})

    def _kept(self, name: str, value: Any) -> Any:
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return field.queryset.filter(pk__in=[one.pk for one in value]) if field.queryset is not None else value
        return getattr(self.instance, name) if isinstance(field, forms.ModelChoiceField) else value


class AdminsOnly:
    """The back office is the admins': Django's own permissions are not used. Two who change a row see each other's words."""

    change_form_before_template = "stores/admin_changed.html"
    # What has a page of the product stands in no list here; its workbook and its address stay.
    has_its_own_page = False

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        """Where it is to be written, the row is locked: the page is one transaction."""
        found = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        return opened.lock(found) if found is not None and request.method == "POST" else found

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)  # type: ignore[misc]
        return type(form.__name__, (CarriesWhatItSaw, form), {}) if change else form

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request) and not self.has_its_own_page

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_admin(request)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReferenceTable(ImportExportMixin):
    """A small table that goes out as a workbook and comes back as one; lists of clients go through ``imports``."""

    formats = [XLSX]
    import_form_class = ImportForm
    export_form_class = ExportForm
    skip_admin_log = False

    def has_import_permission(self, request: HttpRequest) -> bool:
        return _is_admin(request)

    has_export_permission = has_import_permission

    def get_export_data(self, file_format: Any, request: HttpRequest, queryset: Any, **kwargs: Any) -> Any:
        """The workbook, noted as every export is."""
        data = super().get_export_data(file_format, request, queryset, **kwargs)
        by = request.user if isinstance(request.user, Employee) else None
        services.note_export(self.model._meta.model_name, rows=queryset.count(), by=by)
        return data


class StoreResource(ModelResource):
    """Stores by their code: a row with a known code changes that store, another opens one."""

    class Meta:
        model = Store
        import_id_fields = ("code",)
        fields = ("code", "name", "city", "address", "phone", "time_zone", "is_active")
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True


@admin.register(Store, site=back_office)
class StoreAdmin(AdminsOnly, ReferenceTable, ModelAdmin):
    has_its_own_page = True
    resource_classes = [StoreResource]
    list_display = ("name", "code", "city", "address", "time_zone", "is_active")
    search_fields = ("name", "code", "city")


RIGHTS = {f"right_{right.value}": right for right in ChainRight}
BY_ROLE, GIVEN, TAKEN = "", "given", "taken"
SAID = {True: GIVEN, False: TAKEN}


def _said(rights: dict[str, bool], right: ChainRight) -> str:
    return SAID[rights[right.value]] if right.value in rights else BY_ROLE


def _right(right: ChainRight) -> forms.ChoiceField:
    choices = [(BY_ROLE, _("by role: managers of all stores")), (GIVEN, _("permitted")), (TAKEN, _("not permitted"))]
    return forms.ChoiceField(label=capfirst(right.label), choices=choices, required=False, widget=UnfoldAdminSelectWidget)


class EmployeeForm(UserChangeForm):
    """A person with the permissions of the chain: what an admin says of each, or the role tells."""

    right_texts = _right(ChainRight.TEXTS)
    right_programs = _right(ChainRight.PROGRAMS)
    right_terms = _right(ChainRight.TERMS)
    right_cards = _right(ChainRight.CARDS)
    right_exports = _right(ChainRight.EXPORTS)
    rights_seen = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, right in RIGHTS.items():
            self.initial[name] = _said(self.instance.rights, right)
        self.initial["rights_seen"] = self.instance.rights

    def save(self, commit: bool = True) -> Any:
        """Only what this admin said anew is written: of the rest another may have said something meanwhile."""
        rights, seen = dict(self.instance.rights), self.cleaned_data["rights_seen"] or {}
        for name, right in RIGHTS.items():
            said = self.cleaned_data[name]
            if said != _said(seen, right):
                rights.pop(right.value, None)
                rights.update({right.value: said == GIVEN} if said else {})
        self.instance.rights = rights
        return super().save(commit)


@admin.register(Employee, site=back_office)
class EmployeeAdmin(AdminsOnly, SimpleHistoryAdmin, UserAdmin, ModelAdmin):
    has_its_own_page = True
    form = EmployeeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("username", "last_name", "first_name", "role", "is_active", "last_login")
    list_filter = ("role", "is_active", "stores")
    search_fields = ("username", "last_name", "first_name")
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    filter_horizontal = ()
    actions = ("dismiss", "forget_second_factor")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Person"), {"fields": ("last_name", "first_name", "middle_name", "email", "language")}),
        (_("Work"), {"fields": ("role", "stores", "is_active")}),
        (_("Permissions of the chain"), {"fields": (*RIGHTS, "rights_seen")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2", "last_name", "first_name", "role", "stores")}),)

    @admin.action(description=_("Dismiss: sign out everywhere and close the way in"))
    def dismiss(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        """Asked once more, for it ends what these people are doing now; ticking "works" lets them in again."""
        if "sure" not in request.POST:
            context = {**self.admin_site.each_context(request), "title": _("Dismiss"), "employees": queryset}
            return TemplateResponse(request, "backoffice/dismiss.html", context)
        for employee in queryset:
            services.dismiss(employee)
        return None

    @admin.action(description=_("The phone is lost: forget the second step, sign out everywhere"))
    def forget_second_factor(self, request: HttpRequest, queryset: Any) -> None:
        for employee in queryset:
            services.forget_second_factor(employee)

    def save_model(self, request: HttpRequest, obj: Employee, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and ("role" in form.changed_data or "is_active" in form.changed_data):
            services.end_sessions(obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if change:
            services.tell_of_leaving(form.instance)


@admin.register(DayOff, site=back_office)
class DayOffAdmin(AdminsOnly, ModelAdmin):
    list_display = ("store", "day", "why")
    list_filter = ("store",)
