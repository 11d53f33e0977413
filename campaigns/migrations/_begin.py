"""Programs that a new chain begins with, in Russian and English: the compliment is on, so that it greets from its first day; all
others wait to be switched on."""

from django.conf import settings

BIRTHDAY = "Поздравление с днём рождения"
COMPLIMENT = "{name}, с днём рождения! Магазин «{store}» дарит вам скидку 10 % до конца месяца."

# key: (place, trigger, days before, days after, calls, titles, tasks, scripts), each in Russian and English.
PROGRAMS = {
    "care": (
        10, "care", 0, 5, True,
        ("Забота после покупки", "Care after a purchase"),
        ("Забота: всё ли хорошо с покупкой", "Care: is all well with what was bought"),
        (
            "{name}. Поблагодарите за покупку. Спросите, подошли ли размер и посадка, удобен ли замок. "
            "Если что-то не так, пригласите и скажите, что сделаем. Ничего не предлагайте.",
            "{name}. Say thank you. Ask whether the size is right and the clasp easy. "
            "If something is wrong, invite them and say what will be done. Offer nothing.",
        ),
    ),
    "tier": (20, "tier", 0, 0, False, ("Новый уровень", "A new tier"), ("", ""), ("", "")),
    "bonuses": (30, "bonuses", 14, 0, False, ("Бонусы скоро сгорят", "Bonuses end soon"), ("", ""), ("", "")),
    "wearers": (
        40, "wearer", 10, 0, True,
        ("Подарок близким", "A present for somebody close"),
        ("Подарок: {occasion}", "A present: {occasion}"),
        (
            "{name}. Скоро {occasion_day} — {occasion}. Предложите помочь с подарком: отложить два-три украшения к приходу.",
            "{name}. {occasion}, {occasion_day}. Offer to help with a present: put two or three pieces aside for the visit.",
        ),
    ),
    "second": (
        50, "second", 0, 30, True,
        ("Второй визит", "The second visit"),
        ("Пригласить после первой покупки", "Invite after the first purchase"),
        (
            "{name}. Спросите, радует ли украшение. Расскажите, что к нему подходит, и пригласите зайти и примерить.",
            "{name}. Ask whether the piece is a joy. Say what goes with it, and invite them to come and try it on.",
        ),
    ),
    "expected": (
        60, "expected", 14, 0, True,
        ("Перед ожидаемой покупкой", "Before the expected purchase"),
        ("Позвать: обычно приходит в эти дни", "Invite: usually comes about now"),
        (
            "{name}. Посмотрите в карточке вид, металл и размер. Расскажите о новинках и предложите отложить.",
            "{name}. See kind, metal and size on the card. Tell what is new and offer to put it aside.",
        ),
    ),
    "return": (
        70, "return", 0, 92, True,
        ("Вернуть постоянного клиента", "Bring a regular back"),
        ("Позвать: давно не приходит", "Invite: has been away for long"),
        (
            "{name}. Спросите, как носятся украшения. Расскажите о новинках и назовите повод зайти.",
            "{name}. Ask how the pieces wear. Tell what is new and name an occasion to come.",
        ),
    ),
    "silent": (
        80, "silent", 0, 0, True,
        ("Позвать того, кто молчит", "Call who fell silent"),
        ("Позвать: молчит дольше обычного", "Invite: silent for longer than usual"),
        (
            "{name}. Спросите, всё ли понравилось в последний раз. Расскажите о новинках и назовите повод зайти.",
            "{name}. Ask whether all was well the last time. Tell what is new and name an occasion to come.",
        ),
    ),
    "wished": (
        42, "wished", 0, 1, True,
        ("Пришло то, что искали", "What they asked about has come"),
        ("Пришло то, что искали: {occasion}", "What they asked about has come: {occasion}"),
        (
            "{name}. В карточке — что искали и какое изделие пришло. Скажите цену и размер, предложите отложить к примерке.",
            "{name}. The card says what they asked about and what has come. Say price and size, offer to put it aside.",
        ),
    ),
    "asked": (
        44, "asked", 0, 7, True,
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
    "tier": (
        ("{name}, у вас новый уровень: {occasion}. Спасибо, что вы с нами! {store}, {store_phone}",
         "{name}, you have reached a new tier: {occasion}. Thank you for being with us! {store}, {store_phone}"),
        ("Ваш новый уровень", "Your new tier"),
        ("{dear}!\n\nУ вас новый уровень: {occasion}. Он действует уже сегодня.\n\nЖдём вас: магазин «{store}», {store_phone}.",
         "{dear},\n\nYou have reached a new tier: {occasion}. It holds from today.\n\nSee you at {store}, {store_phone}."),
    ),
    "bonuses": (
        ("{name}, ваши {occasion} действуют до {occasion_day}. Ждём вас: {store}, {store_phone}",
         "{name}, your {occasion} end on {occasion_day}. See you at {store}, {store_phone}"),
        ("Ваши бонусы скоро сгорят", "Your bonuses end soon"),
        ("{dear}!\n\nВаши {occasion} действуют до {occasion_day}. Их можно потратить в любом нашем магазине.\n\n"
         "Ждём вас: магазин «{store}», {store_phone}.",
         "{dear},\n\nYour {occasion} end on {occasion_day}. You can spend them in any of our stores.\n\n"
         "See you at {store}, {store_phone}."),
    ),
    "wearers": (
        ("{name}, поможем выбрать подарок для близких и красиво его упакуем. {store}, {store_phone}",
         "{name}, let us help with a present and wrap it for you. {store}, {store_phone}"),
        ("Поможем с подарком", "Let us help with a present"),
        ("{dear}!\n\nПоможем выбрать подарок для близких: подскажем по размеру и вкусу и красиво упакуем.\n\n"
         "Магазин «{store}», {store_phone}.",
         "{dear},\n\nLet us help with a present: we know the size and the taste, and wrap it for you.\n\n{store}, {store_phone}."),
    ),
    "second": (
        ("{name}, к вашему украшению есть подходящая пара. Заходите примерить: {store}, {store_phone}",
         "{name}, there is a match for your piece. Come and try it on: {store}, {store_phone}"),
        ("Пара к вашему украшению", "A match for your piece"),
        ("{dear}!\n\nСпасибо за покупку. У нас есть то, что к ней подходит: заходите примерить.\n\n"
         "Магазин «{store}», {store_phone}.",
         "{dear},\n\nThank you for your purchase. We have what goes with it: come and try it on.\n\n{store}, {store_phone}."),
    ),
    "expected": (
        ("{name}, в магазине «{store}» новые украшения. Отложим для вас к примерке: {store_phone}",
         "{name}, there are new pieces at {store}. We will put some aside for you: {store_phone}"),
        ("Новые украшения", "New pieces"),
        ("{dear}!\n\nВ магазине «{store}» новые украшения. Скажите, что вам ближе, и мы отложим к вашему приходу: {store_phone}.",
         "{dear},\n\nThere are new pieces at {store}. Tell us what you like, and we put it aside for you: {store_phone}."),
    ),
    "return": (
        ("{name}, будем рады видеть вас снова: в магазине «{store}» много нового. {store_phone}",
         "{name}, we would be glad to see you again: there is much that is new at {store}. {store_phone}"),
        ("Будем рады видеть вас снова", "We would be glad to see you again"),
        ("{dear}!\n\nДавно вас не видели. У нас много нового: заходите в магазин «{store}» или позвоните, {store_phone}.",
         "{dear},\n\nWe have not seen you for a while. There is much that is new: come to {store} or call {store_phone}."),
    ),
    "silent": (
        ("{name}, давно вас не видели. Заходите примерить новинки: {store}, {store_phone}",
         "{name}, we have missed you. Come and try on what is new: {store}, {store_phone}"),
        ("Давно вас не видели", "We have missed you"),
        ("{dear}!\n\nДавно вас не видели. Заходите примерить новинки: магазин «{store}», {store_phone}.",
         "{dear},\n\nWe have missed you. Come and try on what is new: {store}, {store_phone}."),
    ),
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


def greet(apps, schema_editor):
    template = apps.get_model("messaging", "Template").objects.create(key="birthday", title=BIRTHDAY, text=COMPLIMENT)
    apps.get_model("campaigns", "Program").objects.create(key="birthday", title=BIRTHDAY, template=template, place=5)


def make_ready(apps, schema_editor):
    Program, Template = apps.get_model("campaigns", "Program"), apps.get_model("messaging", "Template")
    spoken = 0 if settings.LANGUAGE_CODE.startswith("ru") else 1
    for key, (place, trigger, before, after, calls, titles, tasks, scripts) in PROGRAMS.items():
        title, texts = titles[spoken], {}
        if key in TEXTS:
            sms, subjects, letters = TEXTS[key]
            texts["template"] = Template.objects.create(
                key=f"{key}-sms", title=title, channel="sms", text=sms[0], text_en=sms[1]
            )
            texts["email_template"] = Template.objects.create(
                key=f"{key}-email", title=title, channel="email", subject=subjects[0], subject_en=subjects[1],
                text=letters[0], text_en=letters[1],
            )  # fmt: skip
        Program.objects.create(
            key=key, title=title, place=place, trigger=trigger, days_before=before, days_after=after, calls=calls,
            call_reason=tasks[spoken], call_script=scripts[spoken], is_on=False, holdout=10, **texts,
        )  # fmt: skip
