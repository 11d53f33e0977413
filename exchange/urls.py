from django.urls import path, re_path

from exchange import one_c
from exchange.views import goods as goods_views
from exchange.views import hooks as hook_views
from exchange.views import pulling as pull_views
from exchange.views import sources as views

app_name = "exchange"
urlpatterns = [
    # 1C follows no redirects: with the stroke or without it is the same.
    re_path(r"^1c/?$", one_c.exchange, name="one_c"),
    path("exchange/", views.sources, name="sources"),
    path("exchange/sources/<int:pk>/key/", views.new_key, name="new_key"),
    path("exchange/keys/<int:pk>/revoke/", views.revoke_key, name="revoke_key"),
    path("exchange/meaning/", views.say_meaning, name="say_meaning"),
    path("exchange/card/", views.give_card, name="give_card"),
    path("exchange/files/", goods_views.files, name="files"),
    path("exchange/files/<int:pk>/", goods_views.file, name="file"),
    path("exchange/files/<int:pk>/prices/", goods_views.choose_prices, name="choose_prices"),
    path("exchange/webhooks/", hook_views.hooks, name="hooks"),
    path("exchange/webhooks/<int:pk>/", hook_views.hook, name="hook"),
    path("exchange/webhooks/<int:pk>/secret/", hook_views.new_secret, name="new_secret"),
    path("exchange/webhooks/<int:pk>/switch/", hook_views.switch, name="switch_hook"),
    path("exchange/webhooks/calls/<int:pk>/again/", hook_views.send_again, name="send_again"),
    path("exchange/moysklad/", pull_views.pulls, name="pulls"),
    path("exchange/moysklad/<int:pk>/switch/", pull_views.switch, name="switch_pull"),
    path("exchange/documents/", views.documents, name="documents"),
    path("exchange/documents/<int:pk>/", views.document, name="document"),
    path("exchange/documents/<int:pk>/decide/", views.decide, name="decide"),
    path("exchange/documents/<int:pk>/put-aside/", views.put_aside, name="put_aside"),
    path("exchange/documents/<int:pk>/take-up/", views.take_up, name="take_up"),
]
