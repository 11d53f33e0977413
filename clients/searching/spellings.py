"""Names written in the other alphabet: ``Zhukova`` and ``Jukova`` are Жукова, ``Смит`` is Smith."""

import unicodedata
from functools import lru_cache

from clients.writing import names, short_names, spelling

# What one letter stands for where the usual systems do not say so: «Jukova», «Xarlamov», «Wagner».
_OTHERWISE = (("j", "zh"), ("x", "kh"), ("w", "v"), ("c", "k"))
# Long before short; what is left over stays.
_CYRILLIC = (
    ("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("iu", "ю"),
    ("ju", "ю"), ("ya", "я"), ("ia", "я"), ("ja", "я"), ("yo", "е"), ("ye", "е"), ("ph", "ф"), ("ck", "к"),
    *zip("abvgdezijklmnoprstufhcywxq", "абвгдезижклмнопрстуфхкйвхк", strict=True),
)  # fmt: skip


def folds(word: str) -> list[str]:
    """What the word can be in plain Latin letters (``spelling.fold``), the likeliest first.

    >>> folds("Jukova"), folds("Жукова")
    (['iukova', 'zhukova'], ['zhukova'])
    """
    key = names.key(_without_marks(word))
    written = (
        [key, *(key.replace(letter, meant) for letter, meant in _OTHERWISE if letter in key)] if spelling.is_latin(key) else [key]
    )
    return list(dict.fromkeys(spelling.fold(one) for one in written))


def _without_marks(word: str) -> str:
    """``Žukova`` → ``Zhukova``: a háček makes the sound that an h makes; other marks are left out."""
    parted = unicodedata.normalize("NFD", word)
    if not names.LATIN.search(parted):
        return word
    return "".join("h" if sign == "\u030c" else sign for sign in parted if sign == "\u030c" or not unicodedata.combining(sign))


def in_cyrillic(word: str) -> str:
    """A Latin word as it is likely written in Cyrillic; another as it is.

    >>> in_cyrillic("Zhukva"), in_cyrillic("Жуква")
    ('жуква', 'Жуква')
    """
    key = names.key(_without_marks(word))
    if not spelling.is_latin(key):
        return word
    for latin, cyrillic in _CYRILLIC:
        key = key.replace(latin, cyrillic)
    return key


def first_names(word: str) -> list[str]:
    """Keys of the known first names that a Latin word is, else of those that begin so.

    >>> first_names("Svetl")
    ['светлана']
    """
    if not spelling.is_latin(names.key(word)):
        return []
    begun = tuple(folds(word))
    whole = {key for key, folded in _known() if folded in begun}
    return sorted(whole or {key for key, folded in _known() if folded.startswith(begun)})


@lru_cache(1)
def _known() -> list[tuple[str, str]]:
    """Keys of first names, short forms too, each with its fold."""
    written = {word for full, short in short_names.SHORT.items() for word in (full, *short.split())} | set(
        short_names.OTHERS.split()
    )
    return [(names.key(word), spelling.fold(word)) for word in sorted(written)]
