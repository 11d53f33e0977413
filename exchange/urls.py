from django.urls import path, re_path

from exchange import one_c
from exchange.views import goods, hooks, pulling, sources

app_name = "exchange"
urlpatterns = [
    # 1C follows no redirects: with the stroke or without it is the same.
    re_path(r"^1c/?$", one_c.exchange, name="one_c"),
    path("exchange/", sources.sources, name="sources"),
    path("exchange/sources/<int:pk>/key/", sources.new_key, name="new_key"),
    path("exchange/keys/<int:pk>/revoke/", sources.revoke_key, name="revoke_key"),
    path("exchange/meaning/", sources.say_meaning, name="say_meaning"),
    path("exchange/card/", sources.give_card, name="give_card"),
    path("exchange/files/", goods.files, name="files"),
    path("exchange/files/<int:pk>/", goods.file, name="file"),
    path("exchange/files/<int:pk>/prices/", goods.choose_prices, name="choose_prices"),
    path("exchange/webhooks/", hooks.hooks, name="hooks"),
    path("exchange/webhooks/<int:pk>/", hooks.hook, name="hook"),
    path("exchange/webhooks/<int:pk>/secret/", hooks.new_secret, name="new_secret"),
    path("exchange/webhooks/<int:pk>/switch/", hooks.switch, name="switch_hook"),
    path("exchange/webhooks/calls/<int:pk>/again/", hooks.send_again, name="send_again"),
    path("exchange/moysklad/", pulling.pulls, name="pulls"),
    path("exchange/moysklad/<int:pk>/switch/", pulling.switch, name="switch_pull"),
    path("exchange/documents/", sources.documents, name="documents"),
    path("exchange/documents/<int:pk>/", sources.document, name="document"),
    path("exchange/documents/<int:pk>/decide/", sources.decide, name="decide"),
    path("exchange/documents/<int:pk>/put-aside/", sources.put_aside, name="put_aside"),
    path("exchange/documents/<int:pk>/take-up/", sources.take_up, name="take_up"),
]
