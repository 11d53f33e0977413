"""Who wants no more of it is understood in any words, and who refuses something else is not taken for them."""

import pytest

from messaging.incoming.refusals import asks_to_stop


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
    ],
)
def test_who_says_something_else_is_not(text: str) -> None:
    assert not asks_to_stop(text)
