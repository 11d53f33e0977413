from django.urls import path

from clients.views import cards, contacts, merging, rights, wearers

app_name = "clients"
urlpatterns = [
    path("register/", cards.register, name="register"),
    path("matches/", cards.matches, name="matches"),
    path("meant/", cards.meant, name="meant"),
    path("to-complete/", cards.to_complete, name="to_complete"),
    path("pairs/", merging.pairs, name="pairs"),
    path("pairs/<int:pk>/again/", merging.ask_again, name="ask_again"),
    path("merge/<int:first>/<int:second>/", merging.merge, name="merge"),
    path("merge/<int:first>/<int:second>/different/", merging.tell_apart, name="tell_apart"),
    path("merges/<int:pk>/undo/", merging.undo_merge, name="undo_merge"),
    path("<int:pk>/wearers/new/", wearers.wearer, name="new_wearer"),
    path("<int:pk>/wearers/<int:wearer_pk>/", wearers.wearer, name="wearer"),
    path("<int:pk>/wearers/<int:wearer_pk>/forget/", wearers.forget_wearer, name="forget_wearer"),
    path("<int:pk>/wearers/<int:wearer_pk>/remember/", wearers.remember_wearer, name="remember_wearer"),
    path("<int:pk>/contacts/new/", contacts.contact, name="new_contact"),
    path("<int:pk>/contacts/<int:contact_pk>/", contacts.contact, name="contact"),
    path("<int:pk>/contacts/<int:contact_pk>/main/", contacts.make_main, name="make_contact_main"),
    path("<int:pk>/contacts/<int:contact_pk>/remove/", contacts.remove, name="remove_contact"),
    path("<int:pk>/contacts/<int:contact_pk>/bring-back/", contacts.bring_back, name="bring_contact_back"),
    path("erasures/", rights.erasures, name="erasures"),
    path("erasures/<int:pk>/", rights.erasure, name="erasure"),
    path("<int:pk>/everything/", rights.everything, name="everything"),
    path("<int:pk>/erase/", rights.erase, name="erase"),
    path("<int:pk>/other/", merging.other_card, name="other_card"),
    path("<int:pk>/same-person/", cards.same_person, name="same_person"),
    path("<int:pk>/complete/", cards.complete, name="complete"),
    path("<int:pk>/edit/", cards.edit, name="edit"),
    path("<int:pk>/consents/", cards.consents, name="consents"),
    path("<int:pk>/about-data/", cards.about_data, name="about_data"),
    path("<int:pk>/occasions/", cards.occasion, name="occasion"),
    path("occasions/<int:pk>/forget/", cards.forget_occasion, name="forget_occasion"),
    path("conflicts/<int:pk>/", cards.decide, name="decide"),
]
