"""A new chain prints its messages, spends no more than a day of greetings by mistake, and offers its readers four topics."""

BULK_SEGMENTS = 10_000
TOPICS = (
    ("new", "Новинки", "Новые коллекции и изделия", "New arrivals", "New collections and pieces"),
    ("offers", "Предложения", "Скидки и особые условия", "Offers", "Discounts and special terms"),
    ("evenings", "Вечера", "Показы, встречи и закрытые примерки", "Evenings", "Shows, meetings and private fittings"),
    ("care", "Уход за изделиями", "Как носить, хранить и чистить", "Care", "How to wear, keep and clean"),
)


def open_routes(apps, schema_editor):
    route, budget = apps.get_model("messaging", "Route"), apps.get_model("messaging", "Budget")
    for channel in ("sms", "email"):
        route.objects.create(channel=channel, gateway="console", is_on=True, position=9)
    budget.objects.create(lane="bulk", segments=BULK_SEGMENTS)
    budget.objects.create(lane="urgent")


def offer_topics(apps, schema_editor):
    topics = apps.get_model("messaging", "Topic").objects
    for place, (key, title, words, title_en, words_en) in enumerate(TOPICS, start=1):
        topics.create(key=key, title=title, words=words, title_en=title_en, words_en=words_en, place=place * 10)
