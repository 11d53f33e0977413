from django.urls import path

from clients import merge_views, rights_views, views, wearer_views

app_name = "clients"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("matches/", views.matches, name="matches"),
    path("to-complete/", views.to_complete, name="to_complete"),
    path("pairs/", merge_views.pairs, name="pairs"),
    path("pairs/<int:pk>/again/", merge_views.ask_again, name="ask_again"),
    path("merge/<int:first>/<int:second>/", merge_views.merge, name="merge"),
    path("merge/<int:first>/<int:second>/different/", merge_views.tell_apart, name="tell_apart"),
    path("merges/<int:pk>/undo/", merge_views.undo_merge, name="undo_merge"),
    path("<int:pk>/wearers/new/", wearer_views.wearer, name="new_wearer"),
    path("<int:pk>/wearers/<int:wearer_pk>/", wearer_views.wearer, name="wearer"),
    path("<int:pk>/wearers/<int:wearer_pk>/forget/", wearer_views.forget_wearer, name="forget_wearer"),
    path("<int:pk>/wearers/<int:wearer_pk>/remember/", wearer_views.remember_wearer, name="remember_wearer"),
    path("erasures/", rights_views.erasures, name="erasures"),
    path("erasures/<int:pk>/", rights_views.erasure, name="erasure"),
    path("<int:pk>/everything/", rights_views.everything, name="everything"),
    path("<int:pk>/erase/", rights_views.erase, name="erase"),
    path("<int:pk>/other/", merge_views.other_card, name="other_card"),
    path("<int:pk>/same-person/", views.same_person, name="same_person"),
    path("<int:pk>/complete/", views.complete, name="complete"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/consents/", views.consents, name="consents"),
    path("<int:pk>/occasions/", views.occasion, name="occasion"),
    path("occasions/<int:pk>/forget/", views.forget_occasion, name="forget_occasion"),
    path("conflicts/<int:pk>/", views.decide, name="decide"),
]
