"""Messages about what a client left or asked for: the chain's own texts, and one way to queue them. Public.

They are exempt from cap, holds and quiet hours, never from the stop list.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from clients.models import Client
from clients.writing import phones
from messaging import address, services, texts
from messaging.models import Channel, Lane, Message, Nature, StopEntry, Template

LASTS = timedelta(days=3)


class BuiltIn(NamedTuple):
    """A text as it is until the chain writes its own: Russian, then English. The subjects are for letters."""

    title: str
    subject: str
    text: str
    subject_en: str
    text_en: str


BUILT_IN = {
    "service-ready": BuiltIn(
        "Сервис: готово", "Всё готово: квитанция {ticket}",
        "{name}, по квитанции {ticket} всё готово. Ждём вас: {store}. К оплате: {sum}. {link}",
        "Ready: ticket {ticket}", "{name}, ticket {ticket} is ready at {store}. To pay: {sum}. {link}",
    ),
    "service-waits": BuiltIn(
        "Сервис: изделие ждёт", "Изделие ждёт вас: квитанция {ticket}",
        "{name}, по квитанции {ticket} всё готово и ждёт вас: {store}, {store_phone}. {link}",
        "Your piece is waiting: ticket {ticket}",
        "{name}, your piece of ticket {ticket} is ready and waits for you: {store}, {store_phone}. {link}",
    ),
    "service-price": BuiltIn(
        "Сервис: другая цена", "Новая цена: квитанция {ticket}",
        "{name}, работа по квитанции {ticket} будет стоить {sum}. Делаем? Ответьте по ссылке {link} или позвоните: {store_phone}",
        "Another price: ticket {ticket}",
        "{name}, the work on ticket {ticket} will cost {sum}. Do you agree? Answer: {link} or {store_phone}",
    ),
    "order-arrived": BuiltIn(
        "Заказ: поступил", "Ваш заказ поступил: № {order}",
        "{name}, ваш заказ № {order} поступил. Ждём вас: {store}, {store_phone}. К оплате: {sum}.",
        "Your order has come: № {order}", "{name}, your order № {order} has come to {store}, {store_phone}. To pay: {sum}.",
    ),
    # Who could be told this one could open the client's page.
    "sign-in": BuiltIn(
        "Код для страницы клиента", "Код для входа на вашу страницу",
        "{code} — код для входа на вашу страницу, {chain}. Никому его не сообщайте.",
        "Your code", "{code} opens your page, {chain}. Tell it to nobody.",
    ),
    "code": BuiltIn(
        "Код для магазина", "Код подтверждения",
        "{code} — ваш код, {chain}. Назовите его продавцу в магазине.",
        "Your code", "{code} is your code, {chain}. Tell it to our seller.",
    ),
    "register": BuiltIn(
        "Код для анкеты клиента", "Код подтверждения",
        "{code} — код для вашей анкеты, {chain}. Введите его на странице анкеты.",
        "Your code", "{code} is your code, {chain}. Type it on the page of the form.",
    ),
    "bonuses-came": BuiltIn(
        "Бонусы: можно списать", "Ваши бонусы",
        "{name}, вам доступны бонусы: {bonuses}, до {until} включительно. Всего на счёте {balance}. {chain}",
        "Your bonuses", "{name}, {bonuses} bonuses can be spent now, until {until}. You have {balance}. {chain}",
    ),
    "bonuses-spent": BuiltIn(
        "Бонусы: списаны", "Списание бонусов",
        "{name}, списано бонусов: {bonuses}. На счёте осталось {balance}. "
        "Если это были не вы, позвоните в магазин. {chain} {store_phone}",
        "Bonuses spent",
        "{name}, {bonuses} bonuses were spent, {balance} are left. If it was not you, call the store. {chain} {store_phone}",
    ),
    "certificate-ends": BuiltIn(
        "Сертификат: скоро кончится", "Ваш сертификат действует до {until}",
        "{name}, сертификат …{code} действует до {until} включительно, на нём {sum}. Ждём вас. {chain} {store_phone}",
        "Your certificate holds until {until}",
        "{name}, your certificate …{code} holds until {until}, {sum} are left on it. We look forward to seeing you. {chain}",
    ),
    "appointment": BuiltIn(
        "Встреча: напоминание", "Ждём вас {due}",
        "{name}, ждём вас {due}: {store}, {store_phone}. Перенести или отменить: {link}",
        "We expect you {due}", "{name}, we expect you {due}: {store}, {store_phone}. Move or cancel: {link}",
    ),
    "evening-moved": BuiltIn(
        "Вечер: перенесён", "«{occasion}»: другое время",
        "{name}, «{occasion}» переносится. Ждём вас {due}: {store}, {store_phone}. Если не сможете, позвоните нам.",
        "“{occasion}” is moved",
        "{name}, our evening “{occasion}” is moved. We expect you {due}: {store}, {store_phone}. If you cannot come, call us.",
    ),
    "evening-cancelled": BuiltIn(
        "Вечер: отменён", "«{occasion}» отменяется",
        "{name}, к сожалению, «{occasion}» ({due}) отменяется. Просим прощения. {store}, {store_phone}",
        "“{occasion}” is cancelled",
        "{name}, we are sorry: our evening “{occasion}” ({due}) is cancelled. {store}, {store_phone}",
    ),
    "review": BuiltIn(
        "Отзыв: один вопрос", "Вам всё понравилось?",
        "{name}, вам всё понравилось? Ответьте, пожалуйста, на один вопрос: {link} {chain}",
        "Is all well?", "{name}, is all well? One question from {chain}: {link}",
    ),
}  # fmt: skip


def template_for(key: str) -> Template:
    """The text that the chain uses for a service message; the built-in one is written down at its first use."""
    return Template.objects.get_or_create(key=key, defaults=_built_in(key))[0]


def _built_in(key: str) -> dict[str, str]:
    built_in = BUILT_IN[key]
    return {
        "title": built_in.title, "channel": Channel.SMS, "nature": Nature.SERVICE, "text": built_in.text,
        "text_en": built_in.text_en,
    }  # fmt: skip


def tell(
    client: Client,
    key: str,
    *,
    occasion_key: str,
    values: Mapping[str, str],
    now: datetime,
    lane: str = Lane.BULK,
    expires: timedelta = LASTS,
) -> Message | None:
    """Queue a service message to go from ``now`` on, by SMS if the client takes SMS and else by e-mail.

    ``values`` fill the fields beyond those of the client's own; a field of which nothing is known is left empty.
    Returns None where there is nowhere to write to, or the occasion was told of already.
    """
    way = ways_of([client]).get(client.pk)
    if not way:
        return None
    message = _message(client, template_for(key), way, occasion_key, values)
    message.lane, message.send_after, message.expires_at = lane, now, now + expires
    return Message.objects.get(occasion_key=occasion_key) if services.queue([message]) else None


class Telling(NamedTuple):
    """What one of many is told: the fields of their text, by the occasion key that makes it once."""

    client: Client
    occasion_key: str
    values: Mapping[str, str]


def tell_all(key: str, told: Sequence[Telling], *, now: datetime, expires_at: datetime) -> int:
    """As ``tell``, for many at once; who cannot be written to is left out. Returns how many are new. Four queries."""
    ways, template = ways_of([one.client for one in told]), template_for(key)
    messages = [
        _message(one.client, template, ways[one.client.pk], one.occasion_key, one.values)
        for one in told if one.client.pk in ways
    ]  # fmt: skip
    for message in messages:
        message.send_after, message.expires_at = now, expires_at
    return services.queue(messages)


def _message(
    client: Client, template: Template, way: tuple[Channel, str], occasion_key: str, values: Mapping[str, str]
) -> Message:
    channel, recipient = way
    subject, text = _words(template, client, channel, values)
    return Message(
        client=client, store=client.home_store, occasion_key=occasion_key, source=template.key, template=template,
        channel=channel, recipient=recipient, language=client.language, subject=subject, text=text,
        segments=texts.length(text).segments if channel == Channel.SMS else 1,
    )  # fmt: skip


def worded(client: Client, key: str, values: Mapping[str, str]) -> str:
    """The text of an SMS as the client would get it; looked at, nothing is written down."""
    template = Template.objects.filter(key=key).first() or Template(key=key, **_built_in(key))
    return _words(template, client, Channel.SMS, values)[1]


def ways_of(clients: Sequence[Client]) -> dict[int, tuple[Channel, str]]:
    """How clients can be written to: channel and recipient of each who can. One query."""
    known = {
        client.pk: [
            (Channel.SMS, client.phone if client.phone and phones.is_mobile(client.phone) else ""),
            (Channel.EMAIL, client.email or ""),
        ]
        for client in clients
    }
    contacts = [to for ways in known.values() for _way, to in ways if to]
    stopped = set(StopEntry.objects.filter(recipient__in=contacts).values_list("recipient", flat=True))
    open_ways = {pk: [(way, to) for way, to in ways if to and to not in stopped] for pk, ways in known.items()}
    return {pk: ways[0] for pk, ways in open_ways.items() if ways}


def _words(template: Template, client: Client, channel: str, values: Mapping[str, str]) -> tuple[str, str]:
    """Subject and text; a template of SMS has no subject, so a letter by it takes the built-in one."""
    known = {**address.values_for(address.addressee_of(client)), **values}
    subject, text = template.wording(client.language)
    if channel == Channel.EMAIL and not subject:
        built_in = BUILT_IN[template.key]
        subject = built_in.subject_en if client.language == "en" else built_in.subject
    filled = " ".join(texts.fill(subject, known).split())[:200] if channel == Channel.EMAIL else ""
    return filled, texts.fill(text, known)
