"""The column of a client's phone (docs/adr/0002-phones.md)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from clients.writing import phones

LONGEST = 20  # fifteen digits after the plus, and some air for what the CHECK refuses
TYPED_AT_MOST = 40


def validate_phone(kept: str) -> None:
    if phones.normalise(kept) != kept:
        raise ValidationError(_("There is no such phone number."), code="invalid")


class E164Field(PhoneNumberField):
    """A phone in any writing, kept and read as E.164 text; a missing one is null.

    The package's own field parses the number of each row that is read, and gives an object. Lists read many rows and need
    text alone, so here the instance carries it, as with a CharField; writing and looking up understand any writing.
    What is no phone stays as it was typed: ``full_clean`` has words for it, and the CHECK of the column refuses it.
    """

    descriptor_class = DeferredAttribute  # type: ignore[assignment]  # as Django's own fields have it
    default_validators = [validate_phone]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": LONGEST, **kwargs})  # type: ignore[no-untyped-call]

    def to_python(self, value: Any) -> str | None:
        return self._as_kept(value) or None

    def from_db_value(self, value: str | None, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return value

    def get_prep_value(self, value: Any) -> str | None:
        """Empty text stays what it is: as null it would find every card that has no phone."""
        return self._as_kept(value)

    def get_db_prep_save(self, value: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().get_db_prep_save(None if value == "" else value, connection)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Put the writing right on the instance too, so that it says what its row says."""
        value = getattr(model_instance, self.attname)
        if not hasattr(value, "resolve_expression"):
            value = self.to_python(value)
            setattr(model_instance, self.attname, value)
        return value

    def formfield(self, *args: Any, **kwargs: Any) -> forms.Field | None:
        """A line of text: what was typed is understood by ``full_clean``, not by the package's form field."""
        return super(PhoneNumberField, self).formfield(*args, **{"max_length": TYPED_AT_MOST, **kwargs})

    @staticmethod
    def _as_kept(value: Any) -> str | None:
        return None if value is None else phones.as_kept(str(value))
