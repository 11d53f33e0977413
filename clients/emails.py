"""E-mail addresses: normalised, never repaired by guess."""

import re

SHAPE = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}$"
# What most addresses look like and nothing else does.
PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,10}")
_ADDRESS = re.compile(r"^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w](?:[\w-]{0,61}[\w])?\.)+[^\W\d_]{2,24}$")
_PLACEHOLDERS = re.compile(r"^(no|net|нет|none|test|тест|mail|email|x+|\d{1,3})@(no|net|нет|none|test|тест|mail|email|x+)\.\w+$")
_SEPARATORS = re.compile(r"[\s,;]+")
_LATIN, _CYRILLIC = re.compile(r"[a-z]"), re.compile(r"[а-яё]")


def normalise(text: str) -> str | None:
    """The address in lower case, or ``None`` if it is not one."""
    address = text.strip().strip("<>\"'").removeprefix("mailto:").lower()
    mixed = any(_LATIN.search(label) and _CYRILLIC.search(label) for label in re.split(r"[@.]", address))
    if mixed or len(address) > 254:
        return None
    valid = _ADDRESS.match(address) and ".." not in address and not address.startswith(".") and ".@" not in address
    return address if valid and not _PLACEHOLDERS.match(address) else None


def find_all(cell: str) -> list[str]:
    """Every address of a list's cell, each once. A cell that is broken as a whole yields nothing.

    >>> find_all("belkin@example,ru")
    []
    """
    if PLAIN.fullmatch(cell) and not _PLACEHOLDERS.match(cell.lower()):
        return [cell.lower()]
    parts = [part for part in _SEPARATORS.split(cell.strip()) if part]
    found = [normalise(part) for part in parts if "@" in part]
    if not all(found):
        return []
    return list(dict.fromkeys(address for address in found if address))


def suggestion(text: str) -> str | None:
    """What a broken address may have meant, for a person to accept: ``mail,ru`` → ``mail.ru``."""
    tidied = re.sub(r"\s+", "", text).replace(",", ".").replace("..", ".").replace("@@", "@")
    return normalise(tidied)
