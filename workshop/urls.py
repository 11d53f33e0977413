from django.urls import path

from workshop.views import desk, intake, offered, passports, requests

app_name = "workshop"
urlpatterns = [
    path("service/", requests.services_list, name="services"),
    path("service/new/", intake.take_in, name="take_in"),
    path("service/visitors/", intake.visitor_matches, name="visitor_matches"),
    path("service/pieces/", intake.own_pieces, name="own_pieces"),
    path("service/<int:pk>/", requests.service, name="service"),
    path("service/<int:pk>/correct/", desk.correct, name="correct"),
    path("service/<int:pk>/move/", desk.move, name="move"),
    path("service/<int:pk>/code/", desk.send_code, name="send_code"),
    path("service/<int:pk>/hand-out/", desk.hand_out, name="hand_out"),
    path("service/<int:pk>/master/", desk.set_master, name="set_master"),
    path("service/<int:pk>/note/", desk.add_note, name="add_note"),
    path("service/<int:pk>/photos/", desk.add_photos, name="add_photos"),
    path("service/<int:pk>/price/", desk.offer, name="offer_price"),
    path("service/<int:pk>/price/answer/", desk.answer, name="answer_price"),
    path("service/<int:pk>/send/", desk.send, name="send"),
    path("service/<int:pk>/receive/", desk.receive, name="receive"),
    path("service/<int:pk>/passport/", passports.open_passport, name="open_passport"),
    path("service/photos/<int:pk>/", requests.photo, name="photo"),
    path("service/<int:pk>/ticket/", requests.ticket, name="ticket"),
    path("settings/desk/services/", offered.overview, name="offered"),
    path("settings/desk/services/<slug:kind>/", offered.term, name="offered_term"),
    path("settings/desk/masters/new/", offered.master, name="new_master"),
    path("settings/desk/masters/<int:pk>/", offered.master, name="master"),
    path("settings/desk/undo/", offered.undo, name="offered_undo"),
]
