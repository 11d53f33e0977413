"""Whether somebody who answers wants no more of it, in whatever words; a refusal of something else is none."""

import re

from clients.writing.names import LOOKALIKES

# A first word that says it all, whatever follows.
STOP_WORDS = frozenset({
    "СТОП", "STOP", "CTOP", "STOPALL", "ОТПИСКА", "ОТПИСАТЬСЯ", "ОТПИШИТЕ", "ОТПИШИ", "ОТПИШИСЬ", "ОТПИШИТЕСЬ", "UNSUBSCRIBE",
    "ОСТАНОВИТЕ", "ПРЕКРАТИТЕ", "OPTOUT", "ОТСТАНЬТЕ",
})  # fmt: skip
POLITE = frozenset({"ПОЖАЛУЙСТА", "ПРОШУ", "PLEASE", "ЗДРАВСТВУЙТЕ", "ДОБРЫЙ", "ДЕНЬ", "HI", "HELLO"})
LETTERS = re.compile(r"[^\W\d_]+")
_MAIL = r"(?:рассыл\w*|реклам\w*|сообщени\w*|смс\w*|sms|подписк\w*|спам\w*|акци\w*|ваши\w* предложени\w*)"
_SENDING = r"(?:пиш(?:и|ите)|писать|(?:присыл|отправл|рассыл)(?:ай|айте|ать|яй|яйте|ять)|шл(?:и|ите)|слать|беспоко(?:й|йте|ить))"
_TAKE_AWAY = r"(?:убер|удал|исключ|вычеркн|сним|сотр|отключ)\w*"
# Of words alone, without what stands between them.
PHRASES = re.compile(
    "|".join(
        rf"\b(?:{phrase})\b"
        for phrase in (
            # «больше не присылайте», «не надо мне писать», «прошу не беспокоить», «хватит слать смс»
            rf"не (?:(?:надо|нужно|стоит|смейте) )?(?:мне )?(?:больше )?(?:мне )?{_SENDING}",
            rf"хватит (?:\w+ ){{0,2}}?(?:{_SENDING}|{_MAIL})",
            # «уберите меня из рассылки», «удалите мой номер», «исключите из базы»; not «не удаляйте меня»
            rf"(?<!не ){_TAKE_AWAY} (?:\w+ ){{0,4}}?(?:из (?:базы|списк\w+)|номер|телефон|{_MAIL})",
            rf"не (?:хочу|желаю|соглас\w+|интересу\w+) (?:\w+ ){{0,4}}?{_MAIL}",
            # A refusal of the messages; «отказ от примерки» is none.
            rf"отказ\w* от (?:\w+ ){{0,2}}?{_MAIL}",
            r"opt(?:ing)? out|(?:remove|delete|take) (?:me|my (?:number|phone))|no more|stop (?:sending|texting)",
            r"(?:don t|dont|do not|never) (?:\w+ )?(?:send|text|message|write|contact)",
        )
    )
)
REFUSAL = re.compile(r"отказ\w*")


def asks_to_stop(text: str) -> bool:
    """Whether an answer is СТОП, STOP or the like, or refuses the messages in a phrase, whatever letters it was typed with."""
    words = [word for word in LETTERS.findall(text.upper()) if word not in POLITE]
    if not words:
        return False
    cyrillic = "".join(LOOKALIKES.get(letter, letter) for letter in words[0])
    if not STOP_WORDS.isdisjoint((words[0], cyrillic)):
        return True
    said = " ".join(words).lower().replace("ё", "е")
    return REFUSAL.fullmatch(said) is not None or PHRASES.search(said) is not None
