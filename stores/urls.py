from django.urls import path

from stores import views
from stores.deciding import views as rule_views
from stores.entrance import views as pin_views
from stores.people import views as people_views

app_name = "stores"
urlpatterns = [
    path("store/", views.choose_store, name="choose_store"),
    path("language/", views.choose_language, name="choose_language"),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("look-ups/", views.look_ups, name="look_ups"),
    path("keys/", views.api_keys, name="api_keys"),
    path("keys/<int:pk>/revoke/", views.revoke_api_key, name="revoke_api_key"),
    path("pin/", pin_views.mine, name="pin"),
    path("pin/take-away/", pin_views.take_away, name="take_pin_away"),
    path("pin/share/", pin_views.share, name="share_device"),
    path("switch/", pin_views.switch, name="switch"),
    path("switch/lock/", pin_views.lock, name="lock"),
    path("settings/", rule_views.overview, name="settings"),
    path("settings/undo/", rule_views.undo, name="settings_undo"),
    path("settings/mark/", rule_views.set_mark, name="set_mark"),
    path("settings/people/", people_views.people, name="people"),
    path("settings/people/new/", people_views.new_person, name="new_person"),
    path("settings/people/<int:pk>/", people_views.person, name="person"),
    path("settings/people/<int:pk>/<slug:act>/", people_views.person_act, name="person_act"),
    path("settings/stores/", people_views.stores, name="stores"),
    path("settings/stores/new/", people_views.store, name="new_store"),
    path("settings/stores/<int:pk>/", people_views.store, name="store"),
    path("settings/stores/<int:pk>/days-off/", people_views.day_off, name="day_off"),
    path("settings/<slug:slug>/", rule_views.group, name="settings_group"),
    path("mark/<slug:digest>.png", rule_views.mark, name="mark"),
]
