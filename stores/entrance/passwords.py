"""A password is unlike its owner's name, however the name is written: in Latin letters, on the other layout, backwards."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from stores.services import CYRILLIC_TO_LATIN

SHORTEST = 4  # letters of a name that tell it; «Ким» stands in too many words
LAYOUT = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")


class UnlikeTheNameValidator:
    """Besides Django's own comparison, which knows the name only as it is written."""

    def validate(self, password: str, user: Any = None) -> None:
        said = password.lower()
        if any(writing in said for name in _names(user) for writing in _writings(name)):
            raise ValidationError(_("The password holds the name of its owner."), code="password_holds_name")

    def get_help_text(self) -> str:
        return _("Your password can’t hold your name, also in Latin letters or on another layout.")


def _names(user: Any) -> list[str]:
    said = [str(getattr(user, field, "") or "") for field in ("last_name", "first_name", "middle_name", "username")]
    return [name.strip().lower() for name in said if len(name.strip()) >= SHORTEST]


def _writings(name: str) -> set[str]:
    latin = "".join(CYRILLIC_TO_LATIN.get(letter, letter) for letter in name)
    return {writing for one in (name, latin, name.translate(LAYOUT)) for writing in (one, one[::-1]) if len(writing) >= SHORTEST}
