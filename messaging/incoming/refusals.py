"""Whether somebody who answers wants no more of it, in whatever words; a refusal of something else is none."""

import re

from clients.writing.names import LOOKALIKES

# A first word that says it all, whatever follows.
STOP_WORDS = frozenset({
    "СТОП", "STOP", "CTOP", "STOPALL", "ОТПИСКА", "ОТПИСАТЬСЯ", "ОТПИШИТЕ", "ОТПИШИ", "ОТПИШИСЬ", "ОТПИШИТЕСЬ", "UNSUBSCRIBE",
    "OPTOUT", "ОТСТАНЬТЕ",
})  # fmt: skip
POLITE = frozenset({"ПОЖАЛУЙСТА", "ПРОШУ", "PLEASE", "ЗДРАВСТВУЙТЕ", "ДОБРЫЙ", "ДЕНЬ", "HI", "HELLO"})
LETTERS = re.compile(r"[^\W\d_]+")
_MAIL = (
    r"(?:рассыл\w*|реклам\w*|сообщени\w*|смс\w*|эсэмэс\w*|sms|подписк\w*|спам\w*|акци\w*|ваши\w* (?:предложени|письм)\w*"
    r"|spam\w*|ads|messages|advertising|newsletters?)"
)
_SENDING = (
    r"(?:пиш(?:и|ите)|писать|(?:присыл|отправл|рассыл)(?:ай|айте|ать|яй|яйте|ять)|шл(?:и|ите)|слать|беспоко(?:й|йте|ить)"
    r"|спам(?:ь|ьте|ить))"
)
# What may follow such a verb that is still about messages, and no ring or courier: nothing, to whom, where to, what.
_TO_US = rf"(?:$|(?:мне|нам|меня|больше|никогда|ничего|сюда|ваш\w*|эт\w+|на (?:этот|мой|мою)|и не|спасибо|{_MAIL})\b)"
_TAKE_AWAY = (
    r"(?:убер(?:и|ите)|удал(?:и|ите|ить)|исключ(?:и|ите|ить)|вычеркн\w*|сним(?:и|ите)|сотр\w*|отключ(?:и|ите|ить)|забер(?:и|ите))"
)
_ENOUGH = r"хватит|перестань(?:те)?|прекрати(?:те)?|остановите|запреща\w+|надоел\w*"
# Of words alone, without what stands between them.
PHRASES = re.compile(
    "|".join(
        rf"\b(?:{phrase})"
        for phrase in (
            # «больше не присылайте», «не надо мне писать», «прошу не беспокоить»; not «не присылайте курьера»
            rf"не (?:(?:надо|нужно|стоит|смейте) )?(?:мне )?(?:больше )?(?:мне )?{_SENDING}\b ?{_TO_US}",
            rf"(?:больше|никогда) не (?:надо |нужно )?(?:мне )?{_SENDING}\b ?{_TO_US}",
            rf"не (?:надо|нужно|нужны) (?:\w+ ){{0,2}}?{_MAIL}\b",
            rf"(?:{_ENOUGH}) (?:\w+ ){{0,3}}?(?:{_SENDING}|{_MAIL})\b",
            rf"{_MAIL} (?:\w+ )?надоел\w*",
            rf"против (?:\w+ ){{0,2}}?{_MAIL}\b",
            # «уберите меня из рассылки», «удалите мой номер», «исключите из базы»; not «не удаляйте меня»
            rf"(?<!не ){_TAKE_AWAY} (?:\w+ ){{0,4}}?(?:из (?:базы|списк\w+)|номер|телефон|{_MAIL})\b",
            r"(?<!не )(?:удалите|исключите|вычеркните|уберите) меня$",
            rf"не (?:хочу|желаю|соглас\w+|интересу\w+|дава\w+ соглас\w+) (?:\w+ ){{0,4}}?{_MAIL}\b",
            r"отзываю (?:\w+ ){0,2}?согласи\w+|как (?:\w+ ){0,2}?отпис\w+",
            # A refusal of the messages; «отказ от примерки» is none.
            rf"отказ\w* от (?:\w+ ){{0,2}}?{_MAIL}\b",
            r"(?:opt(?:ing)? out|no more|stop (?:sending|texting)|leave me alone)\b",
            r"(?:remove|delete|take) (?:me|my (?:number|phone))\b",
            rf"(?:don t|dont|do not|never) (?:\w+ )?(?:text|message|write|contact|send me|send (?:\w+ ){{0,2}}?{_MAIL})\b",
            r"(?:bolshe )?ne (?:nado )?(?:pish\w+|pisat\w*|pris[yi]la\w+|shlite|spamte)\b",
        )
    )
)
REFUSAL = re.compile(r"отказ\w*|прекратите|остановите|перестаньте")
# What may be meant so: a person reads it the same day.
DOUBTFUL = re.compile(
    "|".join((
        rf"\bне (?:(?:надо|нужно) )?(?:мне )?{_SENDING}\b",
        r"\b(?:остановите|прекратите|перестаньте|отстань\w*|достали|задолбали)\b|^(?:хватит|отказ(?! от\b))\b",
        r"\bне (?:нужно|надо|хочу|интересу\w+|интересно)$|\bнеинтересно\b",
        r"\b(?:не (?:хочу|надо|нужно) больше|больше не (?:хочу|надо|нужно))\b",
        r"\b(?:не дава\w+|без) (?:\w+ )?соглас\w+|\b(?:фас|роскомнадзор\w*|антимонопольн\w+)\b",
        r"\b(?:рассылк\w*|реклам\w*|спам\w*|отпис\w*|отпиш\w*|стоп|spam|unsubscribe|stop)\b|\bdon t send\b|\bне звоните\b",
    ))
)  # fmt: skip


def asks_to_stop(text: str) -> bool:
    """Whether an answer is СТОП, STOP or the like, or refuses the messages in a phrase, whatever letters it was typed with."""
    words = _words(text)
    if not words:
        return False
    if not STOP_WORDS.isdisjoint((words[0], _cyrillic(words[0]), "".join(words))):
        return True
    said = _sentence(words)
    return REFUSAL.fullmatch(said) is not None or PHRASES.search(said) is not None


def may_ask_to_stop(text: str) -> bool:
    """Whether an answer may mean so, or something else: a person has to read it."""
    return not asks_to_stop(text) and DOUBTFUL.search(_sentence(_words(text))) is not None


def _words(text: str) -> list[str]:
    return [word for word in LETTERS.findall(text.upper()) if word not in POLITE]


def _cyrillic(word: str) -> str:
    return "".join(LOOKALIKES.get(letter, letter) for letter in word)


def _sentence(words: list[str]) -> str:
    return " ".join(words).lower().replace("ё", "е")
