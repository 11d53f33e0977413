"""E-mail addresses: normalised, never repaired by guess."""

import re

SHAPE = r"^[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>.]{2,}$"
LONGEST = 254
# What most addresses look like and nothing else does.
PLAIN = re.compile(r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,10}")
_ADDRESS = re.compile(r"^[\w.!#$%&'*+/=?^`{|}~-]+@(?:[\w](?:[\w-]{0,61}[\w])?\.)+[^\W\d_]{2,24}$")
# What is typed to have typed something; under mail.ru each of these is somebody's address.
_PLACEHOLDERS = re.compile(
    r"^(?:no-?e?mail|nomail|net-?pochty|noreply|no-reply)@.+$|^(no|net|нет|none|test|тест|mail|email|x+|\d{1,3})@(?!mail\.ru$)(no|net|нет|none|test|тест|mail|email|x+)\.\w+$"
)
_SEPARATORS = re.compile(r"[\s,;]+")
_LATIN, _CYRILLIC = re.compile(r"[a-z]"), re.compile(r"[а-яё]")


def normalise(text: str) -> str | None:
    """The address in lower case, or ``None`` if it is not one."""
    address = text.strip().strip("<>\"'").removeprefix("mailto:").lower()
    mixed = any(_LATIN.search(label) and _CYRILLIC.search(label) for label in re.split(r"[@.]", address))
    if mixed or len(address) > LONGEST:
        return None
    valid = _ADDRESS.match(address) and ".." not in address and not address.startswith(".") and ".@" not in address
    return address if valid and not _PLACEHOLDERS.match(address) else None


def find_all(cell: str) -> list[str]:
    """Every address of a list's cell, each once. A cell that is broken as a whole yields nothing.

    >>> find_all("belkin@example,ru")
    []
    """
    if len(cell) <= LONGEST and PLAIN.fullmatch(cell) and not _PLACEHOLDERS.match(cell.lower()):
        return [cell.lower()]
    parts = [part for part in _SEPARATORS.split(cell.strip()) if part]
    found = [normalise(part) for part in parts if "@" in part]
    if not all(found):
        return []
    return list(dict.fromkeys(address for address in found if address))


# What hands and keyboards make of the usual domains.
DOMAINS = (
    "mail.ru",
    "yandex.ru",
    "gmail.com",
    "bk.ru",
    "inbox.ru",
    "list.ru",
    "rambler.ru",
    "icloud.com",
    "ya.ru",
    "hotmail.com",
)
_GLUED = {domain.replace(".", ""): domain for domain in DOMAINS}
_SLIPS = {"gmail.ru": "gmail.com", "gmail.con": "gmail.com", "gmial.com": "gmail.com", "mail.ry": "mail.ru",
          "mail.ri": "mail.ru", "mali.ru": "mail.ru", "maik.ru": "mail.ru", "yandex.ry": "yandex.ru", "yndex.ru": "yandex.ru",
          "jandex.ru": "yandex.ru"}  # fmt: skip
_LOOKALIKES = str.maketrans("асеорхукмвнт", "aceopxykmbht")


def suggestion(text: str) -> str | None:
    """What a broken address may have meant, for a person to accept, never taken by itself.

    >>> suggestion("belkin@mail,ru"), suggestion("orlova@gmailcom"), suggestion("нет")
    ('belkin@mail.ru', 'orlova@gmail.com', None)
    """
    tidied = (
        re.sub(r"\s+", "", text.lower().strip(" .,;<>\"'")).replace("(собака)", "@").replace("[at]", "@").replace("(at)", "@")
    )
    tidied = (
        re.sub(r"\.{2,}", ".", re.sub(r"@+", "@", tidied.replace(",", ".").replace(";", ".")))
        .replace("@.", "@")
        .replace(".@", "@")
    )
    if _LATIN.search(tidied):
        tidied = tidied.translate(_LOOKALIKES)
    name, at, domain = tidied.rpartition("@")
    domain = _SLIPS.get(_GLUED.get(domain, domain), _GLUED.get(domain, domain))
    if not at:
        glued = next((known for known in DOMAINS if tidied.endswith(known) and len(tidied) > len(known) + 2), "")
        name, domain = tidied.removesuffix(glued).rstrip(".2"), glued
    return normalise(f"{name}@{domain}") if name and domain else None


def meant(text: str) -> str:
    """What a typed address, broken or valid, was probably meant to be; empty where it is as it should be.

    >>> meant("anna@gmial.com"), meant("anna@gmail.com"), meant("")
    ('anna@gmail.com', '', '')
    """
    found = suggestion(text) if text.strip() else None
    return found if found and found != normalise(text) else ""


def suggestion_for(cell: str) -> str:
    """The suggestion for a list's cell that is no address; empty where there is none or none is needed."""
    return (suggestion(cell) or "") if cell and not find_all(cell) else ""
