"""The house's look of a form, and as whom a key may act."""

from django import forms

from stores.forms import ApiKeyForm, CrmForm, CrmModelForm
from stores.models import DayOff, Employee


class Visit(CrmForm):
    name = forms.CharField(widget=forms.TextInput(attrs={"class": "text-end"}))
    kind = forms.ChoiceField(choices=[("a", "A")])
    agreed = forms.BooleanField()
    one = forms.ChoiceField(widget=forms.RadioSelect)


class DayOffForm(CrmModelForm):
    class Meta:
        model = DayOff
        fields = ("store", "why")


class EmployeeForm(CrmModelForm):
    class Meta:
        model = Employee
        fields = ("role",)


def classes(form: forms.BaseForm) -> dict[str, str]:
    return {name: field.widget.attrs["class"] for name, field in form.fields.items()}


def test_each_widget_has_its_class_beside_its_own() -> None:
    assert classes(Visit()) == {
        "name": "form-control text-end", "kind": "form-select", "agreed": "form-check-input", "one": "form-check-input",
    }  # fmt: skip


def test_a_form_of_a_model_looks_the_same(db: None) -> None:
    assert classes(DayOffForm()) == {"store": "form-select", "why": "form-control"}
    assert str(DayOffForm()["store"]).count(">—<") + str(EmployeeForm()["role"]).count("---") == 1


def test_a_key_acts_as_nobody_who_may_see_no_figures(seller: Employee, manager: Employee, admin: Employee) -> None:
    left = Employee.objects.create(username="left", role="admin", is_active=False)

    taken = {one.username: ApiKeyForm({"name": "1C", "employee": one.pk}).is_valid() for one in (seller, manager, admin, left)}

    assert taken == {seller.username: False, manager.username: True, admin.username: True, "left": False}
    assert ApiKeyForm({"name": "1C", "employee": ""}).is_valid()
