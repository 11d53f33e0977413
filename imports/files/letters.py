"""Which letters a text is written in: encodings, told by marks, by strict decoding, by what looks like Russian."""

import re
from collections import Counter
from pathlib import Path

SINGLE_BYTE = ("cp1251", "cp866", "koi8-r", "mac-cyrillic")
# The commonest letters of Russian text; a wrong code page turns them into rare letters, signs or frames.
COMMON = frozenset("оеаинтсрвлкмдп")
RARE = frozenset("ъэщфёґђѓєѕіїјљњћќўџ")


def guess_encoding(path: Path, head: bytes) -> str:
    """UTF-16 and UTF-8 by mark or by strict decoding of the whole file; else the likeliest Russian code page."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    nulls_even, nulls_odd = head[0:4000:2].count(0), head[1:4000:2].count(0)
    if max(nulls_even, nulls_odd) > len(head[:4000]) // 10:
        return "utf-16-le" if nulls_odd > nulls_even else "utf-16-be"
    if _is_utf8(path) or _is_nearly_utf8(head):
        return "utf-8-sig"
    return max(SINGLE_BYTE, key=lambda encoding: _likeness(head.decode(encoding, errors="replace")))


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(1 << 20):
                pass
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(head: bytes) -> bool:
    """UTF-8 with a few bytes broken on its way."""
    text = head.decode("utf-8", errors="replace")
    return len(re.findall("[а-яА-Я]", text)) > 50 * text.count("\ufffd")


def _likeness(text: str) -> float:
    """How much a text looks like Russian names and headers: common letters, capitals at the head of words."""
    letters = Counter(text.lower())
    score = sum(letters[letter] for letter in COMMON) - 3 * sum(letters[letter] for letter in RARE)
    score -= 5 * sum(
        count for letter, count in letters.items() if not letter.isascii() and not letter.isalpha() and letter != "№"
    )
    score += 2 * len(re.findall(r"\b[А-ЯЁ][а-яё]+\b", text)) - 2 * len(re.findall(r"[а-яё][А-ЯЁ]", text))
    return float(score)
