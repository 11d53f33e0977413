"""Built-in texts that a base wrote down before they were put better; a text of the chain's own stays."""

from django.db import migrations

SAID = {
    "service-ready": (
        "{name}, всё готово по квитанции {ticket}. Ждём вас: {store}. К оплате {sum}. {link}",
        "{name}, по квитанции {ticket} всё готово. Ждём вас: {store}. К оплате: {sum}. {link}",
    ),
    "service-waits": (
        "{name}, ваше изделие по квитанции {ticket} готово и ждёт вас: {store}, {store_phone}. {link}",
        "{name}, по квитанции {ticket} всё готово и ждёт вас: {store}, {store_phone}. {link}",
    ),
    "service-price": (
        "{name}, работа по квитанции {ticket} будет стоить {sum}. Согласны? Ответьте: {link} или {store_phone}",
        "{name}, работа по квитанции {ticket} будет стоить {sum}. Делаем? Ответьте по ссылке {link} или позвоните: {store_phone}",
    ),
    "sign-in": (
        "{code} — код для вашей страницы, {chain}. Никому его не говорите.",
        "{code} — код для входа на вашу страницу, {chain}. Никому его не сообщайте.",
    ),
    "review": (
        "{name}, всё ли хорошо? Один вопрос от {chain}: {link}",
        "{name}, вам всё понравилось? Ответьте, пожалуйста, на один вопрос: {link} {chain}",
    ),
}


def say_better(apps, schema_editor):
    texts = apps.get_model("messaging", "Template").objects
    for key, (was, now) in SAID.items():
        texts.filter(key=key, text=was).update(text=now)
    texts.filter(key="code", title="Код для стойки").update(title="Код для магазина")


class Migration(migrations.Migration):

    dependencies = [('messaging', '0002_errand_steps')]

    operations = [migrations.RunPython(say_better, migrations.RunPython.noop)]
