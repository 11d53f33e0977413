"""Which tills with a language of their own are understood."""

from typing import Final

from exchange.adapters import Adapter, evotor, moysklad

ADAPTERS: Final[dict[str, Adapter]] = {"evotor": evotor, "moysklad": moysklad}
