from django.urls import path

from portal.views import page, reviews
from purchases import views
from workshop.views import desk, intake, passports, requests

app_name = "purchases"
urlpatterns = [
    path("sales/", views.receipts, name="receipts"),
    path("sales/new/", views.sell, name="sell"),
    path("sales/article/", views.article, name="article"),
    path("sales/<int:pk>/", views.receipt, name="receipt"),
    path("sales/<int:pk>/return/", views.return_pieces, name="return"),
    path("sales/<int:pk>/return/undo/", views.undo_return, name="undo_return"),
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
    path("r/<uuid:token>/", reviews.review, name="review"),
    path("s/", page.status, name="status"),
    path("s/ask/", page.ask, name="status_ask"),
    path("s/ask-by-email/", page.ask_by_email, name="status_by_email"),
    path("s/enter/", page.enter, name="status_enter"),
    path("s/again/", page.again, name="status_again"),
    path("s/price/<int:pk>/", page.answer, name="status_answer"),
    path("s/consent/", page.consent, name="status_consent"),
    path("s/days/", page.keep_day, name="status_keep_day"),
    path("s/days/<int:pk>/forget/", page.forget_day, name="status_forget_day"),
    path("s/question/", page.question, name="status_question"),
    path("s/leave/", page.leave, name="status_leave"),
    path("s/language/", page.language, name="status_language"),
    path("s/<str:ticket>/", page.status, name="status_of"),
    path("s/<str:ticket>", page.status, name="status_by_qr"),
]
