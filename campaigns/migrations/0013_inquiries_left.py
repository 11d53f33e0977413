"""Programs about inquiries, ready to be switched on, with their words in Russian and English; both are off."""

from django.conf import settings
from django.db import migrations, models

# key: (place, days after, titles, tasks, scripts), each in Russian and English.
PROGRAMS = {
    "wished": (
        42, 1,
        ("Пришло то, что искали", "What they asked about has come"),
        ("Пришло то, что искали: {occasion}", "What they asked about has come: {occasion}"),
        (
            "{name}. В карточке — что искали и какое изделие пришло. Скажите цену и размер, предложите отложить к примерке.",
            "{name}. The card says what they asked about and what has come. Say price and size, offer to put it aside.",
        ),
    ),
    "asked": (
        44, 7,
        ("Спросили и не купили", "Asked and did not buy"),
        ("Вернуться к обращению: {occasion}", "Come back to an inquiry: {occasion}"),
        (
            "{name}. В карточке — что искали. Спросите, нужно ли ещё, предложите два-три варианта и время для примерки.",
            "{name}. The card says what they asked about. Ask whether they still want it, offer two or three and an hour to try on.",
        ),
    ),
}  # fmt: skip
# key: SMS, subject and letter, each in Russian and English.
TEXTS = {
    "wished": (
        ("{name}, у нас появилось то, что вы искали. Отложим для вас к примерке: {store}, {store_phone}",
         "{name}, what you were looking for has come. We will put it aside for you: {store}, {store_phone}"),
        ("Появилось то, что вы искали", "What you were looking for has come"),
        ("{dear}!\n\nУ нас появилось то, что вы искали. Скажите, когда вам удобно зайти, и мы отложим к примерке.\n\n"
         "Магазин «{store}», {store_phone}.",
         "{dear},\n\nWhat you were looking for has come. Tell us when it suits you, and we put it aside.\n\n"
         "{store}, {store_phone}."),
    ),
    "asked": (
        ("{name}, вы выбирали украшение в магазине «{store}». Поможем подобрать и отложим к примерке: {store_phone}",
         "{name}, you were choosing a piece at {store}. Let us help, and put some aside for you: {store_phone}"),
        ("Поможем выбрать украшение", "Let us help you choose"),
        ("{dear}!\n\nВы выбирали украшение и пока не нашли своё. Расскажите, что ищете, и мы подберём варианты к вашему приходу.\n\n"
         "Магазин «{store}», {store_phone}.",
         "{dear},\n\nYou were choosing a piece and have not found yours yet. Tell us what you are looking for, and we put some aside"
         " for your visit.\n\n{store}, {store_phone}."),
    ),
}  # fmt: skip


def begin(apps, schema_editor):
    Program, Template = apps.get_model("campaigns", "Program"), apps.get_model("messaging", "Template")
    spoken = 0 if settings.LANGUAGE_CODE.startswith("ru") else 1
    for key, (place, after, titles, tasks, scripts) in PROGRAMS.items():
        if Program.objects.filter(key=key).exists():  # a chain's own, of a day of the card
            continue
        title, (sms, subjects, letters) = titles[spoken], TEXTS[key]
        template, _is_new = Template.objects.get_or_create(
            key=f"{key}-sms", defaults={"title": title, "channel": "sms", "text": sms[0], "text_en": sms[1]}
        )
        letter = {"subject": subjects[0], "subject_en": subjects[1], "text": letters[0], "text_en": letters[1]}
        email_template, _is_new = Template.objects.get_or_create(
            key=f"{key}-email", defaults={"title": title, "channel": "email", **letter}
        )
        Program.objects.create(
            key=key, title=title, place=place, trigger=key, days_after=after, calls=True, call_reason=tasks[spoken],
            call_script=scripts[spoken], is_on=False, holdout=10, template=template, email_template=email_template,
        )  # fmt: skip


class Migration(migrations.Migration):

    under_traffic = "two programs and four texts are written into tables of a few dozen rows"

    dependencies = [
        ('campaigns', '0012_days_of_programs'),
        ('clients', '0010_messengers_looked_at'),
        ('messaging', '0014_what_was_wrong_looked_at'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='program',
            name='program_trigger_known',
        ),
        migrations.AlterField(
            model_name='historicalprogram',
            name='trigger',
            field=models.CharField(choices=[('day', 'a day of the card'), ('care', 'some days after a purchase'), ('second', 'some days after the first purchase, without a second'), ('expected', 'before the day on which the client is expected'), ('silent', 'the client fell silent'), ('return', 'a regular has been away for so many days'), ('bonuses', 'bonuses end'), ('tier', 'a tier of loyalty is reached'), ('wearer', 'a day of somebody the client buys for'), ('asked', 'an inquiry is left without a next step'), ('wished', 'what the client asked about has come')], db_default='day', default='day', max_length=8, verbose_name='set going by'),
        ),
        migrations.AlterField(
            model_name='program',
            name='trigger',
            field=models.CharField(choices=[('day', 'a day of the card'), ('care', 'some days after a purchase'), ('second', 'some days after the first purchase, without a second'), ('expected', 'before the day on which the client is expected'), ('silent', 'the client fell silent'), ('return', 'a regular has been away for so many days'), ('bonuses', 'bonuses end'), ('tier', 'a tier of loyalty is reached'), ('wearer', 'a day of somebody the client buys for'), ('asked', 'an inquiry is left without a next step'), ('wished', 'what the client asked about has come')], db_default='day', default='day', max_length=8, verbose_name='set going by'),
        ),
        migrations.AddConstraint(
            model_name='program',
            constraint=models.CheckConstraint(condition=models.Q(('trigger__in', ['day', 'care', 'second', 'expected', 'silent', 'return', 'bonuses', 'tier', 'wearer', 'asked', 'wished'])), name='program_trigger_known'),
        ),
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
