"""Reading cards with their phones: the column of a client's phone beside plain text, and beside the package's own field.

Three models of one table, so that nothing but the field differs; only the key and the phone are read.
"""

from typing import Any

from django.db import models
from phonenumber_field.modelfields import PhoneNumberField

from benchmarks.measure import in_turn, tell
from clients.fields import E164Field
from clients.models import Client

ROWS = 20_000


def _model(name: str, phone: models.Field[Any, Any]) -> type[models.Model]:
    meta = type("Meta", (), {"managed": False, "app_label": "benchmarks", "db_table": Client._meta.db_table})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, "phone": phone})


PLAIN = _model("Plain", models.CharField(max_length=20, null=True))
OURS = _model("Ours", E164Field(null=True))
STOCK = _model("Stock", PhoneNumberField(max_length=20, null=True))


def run(scale: float) -> bool:
    cards = [phone for phone in _read(PLAIN) if phone]
    assert _read(OURS) == _read(PLAIN), "the field changed what it read"
    some = cards[0]
    assert Client.objects.get(phone=f"8 {some[2:5]} {some[5:]}").phone == some
    ours, plain = in_turn(lambda: _read(OURS), lambda: _read(PLAIN))
    also_ours, stock = in_turn(lambda: _read(OURS), lambda: _read(STOCK))
    rows = len(cards)
    held = tell("phone-field", scale, ours / rows, plain / rows, at_most=1.5)
    return tell("phone-field-stock", scale, also_ours / rows, stock / rows, faster=3) and held


def _read(model: type[models.Model]) -> list[Any]:
    """Phones of the first cards, each off an instance of the model. One query."""
    return [card.phone for card in model._default_manager.order_by("pk")[:ROWS]]  # type: ignore[attr-defined]
