"""Phone numbers in any writing to E.164 and back, on Google's library (phonenumbers)."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import phonenumbers
from django.conf import settings
from phonenumbers import NumberParseException, PhoneNumberFormat, PhoneNumberType
from phonenumbers.phonemetadata import PhoneMetadata

from stores.texts.visible import visible

# What numbers in E.164 begin with that are surely mobile, and surely not; of the others the library is asked.
MOBILES, LANDLINES = "+79", ("+73", "+74", "+78")
MOBILE_TYPES = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}
LETTER_DIGITS = str.maketrans({"О": "0", "о": "0", "O": "0", "o": "0", "З": "3", "з": "3"})
# A letter stands for a digit only between or beside digits: «7О1», not «моб.».
DIGIT_LIKE = re.compile(r"(?<=[\d\s()\-+])[ОоOoЗз](?=[\d\s()\-ОоOoЗз]|$)|(?<=\d)[ОоOoЗз]|[ОоOoЗз](?=\d)")
EXPONENT = re.compile(r"^\d(?:[.,]\d+)?[eEеЕ]\+?\d+$")
WHOLE_FLOAT = re.compile(r"^(\d{10,15})[.,]0+$")
PIECE = re.compile(r"\+?[\d(][\d\s().\-–‑]{5,}\d")
# A Russian mobile in a usual writing and nothing beside it.
PLAIN = re.compile(r"(?:\+?7|8)[ (-]{0,2}(9[0-9]{2})[ )-]{0,2}([0-9]{3})[ -]?([0-9]{2})[ -]?([0-9]{2})")
# Where several numbers run together, what looks like a Russian mobile is cut out.
MOBILE_SHAPE = re.compile(r"(?<!\d)(?:\+?[78])?[\s(-]*9\d{2}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")
SEPARATORS = re.compile(r"[,;/|\n]+|:::|\s+(?:и|или|or|and)\s+")
# «тел. 8 914 …»: what is said before a number.
SAID_BEFORE = re.compile(
    r"^\s*(?:тел|моб|сот|дом|раб|т|м|phone|mobile|mob|tel|cell)[^\W\d_]*\s*[.:№]*\s*(?=[\d+(])", re.IGNORECASE
)
# «… доб. 12»: who answers behind the number; and the way abroad from a fixed line.
SAID_BEHIND = re.compile(r"[\s,;]*(?:доб|внутр?|вн|ext)[^\W\d_]*\.?\s*\d{1,5}\s*$", re.IGNORECASE)
FROM_A_FIXED_LINE = re.compile(r"^\W*00(?=[1-9](?:\D*\d){9})")
# A number of a fax alone: «факс 8 4212 …», «8 4212 … (факс)», not «тел./факс».
FAX = re.compile(r"(?<![/\\\w])(?<!/ )(?:факс|fax)\w*\b", re.IGNORECASE)
BOTH = re.compile(r"(?:тел|т|phone|tel)\w*\.?\s*[/\\]\s*(?:факс|fax|ф)", re.IGNORECASE)
# Of several numbers in a cell those beside which somebody else is named come last.
SOMEBODY_ELSES = re.compile(
    r"(?<!\w)(?:муж|мужа|жена|жены|мама|мамы|мать|папа|отец|сын|сына|дочь|дочери|дочка|сестра|брат|бабушка|свекровь|подруга"
    r"|husband|wife|mother|father|son|daughter)(?!\w)",
    re.IGNORECASE,
)
COUNTRY_BEFORE = re.compile(r"^\s*(?:\+7|[78](?=[\s(-]))")
ABROAD = re.compile(r"^\W*\+")
# The code of the country and the eight before the same number: «+7 (8914) …».
TWICE_BEGUN = re.compile(r"[78]8(9\d{9})")


@lru_cache(maxsize=1)
def _russian_mobile() -> re.Pattern[str]:
    """The library's own pattern of Russian mobile numbers (national part)."""
    metadata = PhoneMetadata.metadata_for_region("RU", None)
    pattern = metadata.mobile.national_number_pattern if metadata and metadata.mobile else None
    return re.compile(pattern or "(?!)")


def normalise(text: str) -> str | None:
    """One phone in any writing to E.164, or ``None`` if it cannot be a phone.

    A number without a country belongs to the chain's; placeholders (one digit repeated) are none.
    """
    said = spoken(text)
    digits = re.sub(r"\D", "", said)
    if len(digits) < 7 or _is_placeholder(digits):
        return None
    if twice := TWICE_BEGUN.fullmatch(digits):
        digits = f"7{twice[1]}"
    bare = digits[1:] if len(digits) == 11 and digits[0] in "78" else digits
    ours = not said.startswith("+") or digits[0] in "78"
    if settings.CHAIN_COUNTRY == "RU" and ours and len(bare) == 10 and _russian_mobile().fullmatch(bare):
        return f"+7{bare}"
    return _by_library(said, digits)


def spoken(text: str) -> str:
    """A number without what people say before it and without unseen marks; its plus in front, out of its brackets."""
    bare = SAID_BEHIND.sub("", FROM_A_FIXED_LINE.sub("+", SAID_BEFORE.sub("", visible(text)))).strip()
    return "+" + bare[bare.index("+") + 1 :] if ABROAD.match(bare) else bare


def as_kept(written: str) -> str:
    """E.164, or the text as it stands where it is no phone; an address is none, whatever digits it has."""
    text = written.strip()
    return text if "@" in text else normalise(text) or text


def _is_placeholder(digits: str) -> bool:
    national = digits[-10:]
    return len(set(national)) == 1 or len(set(national[1:])) == 1 or national[3:] == "0000000"


def _by_library(text: str, digits: str) -> str | None:
    written = text.strip()
    attempts = [written] if written.startswith("+") else [digits, *([f"+{digits}"] if len(digits) > 10 else [])]
    for attempt in attempts:
        try:
            number = phonenumbers.parse(attempt, settings.CHAIN_COUNTRY)
        except NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None


def is_phone(cell: str) -> bool:
    """Whether a cell may stand in a column of phones."""
    return bool(find_all(cell))


def is_mobile(phone: str) -> bool:
    """Whether an SMS can reach the number (E.164)."""
    if phone.startswith(MOBILES):
        return True
    try:
        return phonenumbers.number_type(phonenumbers.parse(phone)) in MOBILE_TYPES
    except NumberParseException:
        return False


def find_all(cell: str) -> list[str]:
    """Every valid phone of a list's cell in E.164, mobiles first, each once."""
    if (plain := PLAIN.fullmatch(cell)) and settings.CHAIN_COUNTRY == "RU":
        bare = "".join(plain.groups())
        if not _is_placeholder(bare) and _russian_mobile().fullmatch(bare):
            return [f"+7{bare}"]
    text = _plain_number(visible(cell).strip())
    text = DIGIT_LIKE.sub(lambda found: found.group().translate(LETTER_DIGITS), text)
    found: list[str] = []
    elses: set[str] = set()
    has_fax = FAX.search(text) is not None and not BOTH.search(text)
    for part in SEPARATORS.split(text):
        if has_fax and FAX.search(part):
            continue
        whole = normalise(part)
        said = [whole] if whole else [normalise(piece) for piece in PIECE.findall(part)]
        if not any(said):
            said = [normalise(piece) for piece in MOBILE_SHAPE.findall(part)]
        new = [phone for phone in dict.fromkeys(said) if phone and phone not in found]
        found += new
        if SOMEBODY_ELSES.search(part):
            elses.update(new)
    if not found and "\n" in text and (wrapped := normalise(text.replace("\n", " "))):
        return [wrapped]  # one number on two lines
    return sorted(found, key=lambda phone: (phone in elses, not is_mobile(phone)))


def _plain_number(text: str) -> str:
    """``8.9241234567E9`` and ``89241234567.0`` as spreadsheets print them, back to digits."""
    if whole := WHOLE_FLOAT.match(text):
        return whole.group(1)
    if not EXPONENT.match(text):
        return text
    written = re.sub("[еЕE]", "e", text.replace(",", "."))
    try:
        value = Decimal(written)
    except InvalidOperation:
        return text
    mantissa = re.sub(r"\D", "", written.split("e")[0])
    if len(mantissa) < 10:  # the spreadsheet rounded the number away
        return ""
    return str(int(value)) if value == value.to_integral_value() else mantissa


def with_area(code: str, number: str) -> str:
    """A number, with the code of its town before it (``4212``, ``8 (4212)``) where it is none without."""
    if not code or not number or find_all(number):
        return number
    joined = f"{re.sub(r'[^0-9]', '', COUNTRY_BEFORE.sub('', code))} {number}"
    return joined if find_all(joined) else number


def national(phone: str) -> str:
    """As people of the chain's country read it: ``+7 914 701-22-33``; others the international way."""
    try:
        return phonenumbers.format_number(phonenumbers.parse(phone), PhoneNumberFormat.INTERNATIONAL)
    except NumberParseException:
        return phone


def search_digits(text: str) -> str:
    """Digits typed into the search box, as they stand in E.164 after the plus: ``8914`` → ``7914``."""
    said = spoken(text)
    if phone := normalise(said):
        return phone[1:]
    digits = re.sub(r"\D", "", said)
    if settings.CHAIN_COUNTRY != "RU" or said.startswith("+"):
        return digits
    if digits.startswith("8") and len(digits) > 4:
        return "7" + digits[1:]
    return "7" + digits if digits.startswith("9") and len(digits) > 4 else digits
