"""Who wants no more of it is understood in any words, and who refuses something else is not taken for them."""

import pytest

from messaging.incoming.refusals import asks_to_stop, may_ask_to_stop


@pytest.mark.parametrize(
    "text",
    [
        "СТОП",
        "стоп",
        " Стоп. ",
        "STOP",
        "stop!",
        "«Стоп»",
        "CTOП",
        "СТОП рекламу пожалуйста",
        "Отписаться",
        "Stop\n",
        "СТОП!!!",
        "ctop",
        "Отпишись",
        "Пожалуйста, стоп",
        "Не пишите мне больше",
        "STOPALL",
        "Остановите рассылку",
        "больше не присылайте",
        "Уберите меня из рассылки",
        "удалите, пожалуйста, мой номер",
        "Исключите мой телефон из базы",
        "opt out",
        "Opt-out please",
        "Отказ",
        "отказываюсь от рассылки",
        "Отказ от рекламы",
        "Добрый день, не надо мне больше писать",
        "прошу не беспокоить",
        "Не хочу получать ваши сообщения",
        "хватит слать смс",
        "Прекратите!",
        "remove me",
        "Don't text me",
        "no more, thanks",
        "надоели ваши смс",
        "Перестаньте слать рекламу",
        "Как от вас отписаться?",
        "не надо больше смс",
        "Заберите мой номер из рассылки",
        "отзываю согласие",
        "Я не давала согласия на рекламу",
        "С Т О П",
        "leave me alone",
        "ne pishite mne",
        "никогда не пишите сюда",
        "отключите рассылку",
    ],
)
def test_who_says_stop_is_understood(text: str) -> None:
    assert asks_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "Спасибо",
        "",
        "123",
        "Не останавливайтесь",
        "Нет, приду завтра",
        "стопка колец",
        "👍",
        "отказ от примерки, приду завтра",
        "Отказалась от кольца, верните деньги",
        "не отписывайте меня",
        "не удаляйте меня из рассылки",
        "не хочу кольцо, хочу серьги",
        "уберите пометку с заказа",
        "пишите",
        "не приду",
        "не смогу прийти, перенесите",
        "уберите камень, пожалуйста, из кольца",
        "отключили телефон, звоните на другой",
        "больше не болит",
    ],
)
def test_who_says_something_else_is_not(text: str) -> None:
    assert not asks_to_stop(text)


@pytest.mark.parametrize(
    "text",
    [
        "остановите заказ на гравировку",
        "прекратите ремонт, я передумала",
        "не присылайте курьера, заберу сама",
        "не пишите гравировку",
        "Don't send the ring by post",
        "хватит",
        "больше не нужно",
        "не интересно",
        "буду жаловаться в ФАС",
        "что за спам?",
        "отказ, дорого",
    ],
)
def test_what_may_mean_both_is_read_by_a_person(text: str) -> None:
    assert (asks_to_stop(text), may_ask_to_stop(text)) == (False, True)


@pytest.mark.parametrize("text", ["Спасибо", "отказ от примерки, приду завтра", "стопка колец", "стоп", "больше не присылайте"])
def test_what_is_clear_is_not_asked(text: str) -> None:
    assert not may_ask_to_stop(text)
