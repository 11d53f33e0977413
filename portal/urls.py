from django.urls import path

from portal.views import arrivals, chats, friends, joining, page, push, reviews, topics

app_name = "portal"
urlpatterns = [
    path("r/<uuid:token>/", reviews.review, name="review"),
    path("friend/<str:code>/", friends.friend, name="friend"),
    path("s/", page.status, name="status"),
    path("s/ask/", page.ask, name="status_ask"),
    path("s/ask-by-email/", page.ask_by_email, name="status_by_email"),
    path("s/enter/", page.enter, name="status_enter"),
    path("s/again/", page.again, name="status_again"),
    path("s/price/<int:pk>/", page.answer, name="status_answer"),
    path("s/photos/<int:pk>/", page.photo, name="status_photo"),
    path("s/consent/", page.consent, name="status_consent"),
    path("s/topics/<int:pk>/", topics.turn, name="status_topic"),
    path("s/days/", page.keep_day, name="status_keep_day"),
    path("s/days/<int:pk>/forget/", page.forget_day, name="status_forget_day"),
    path("s/chats/<slug:messenger>/", chats.connect, name="status_connect"),
    path("s/chats/<int:pk>/disconnect/", chats.disconnect, name="status_disconnect"),
    path("s/chats/<int:pk>/again/", chats.connect_again, name="status_connect_again"),
    path("s/push/", push.turn_on, name="status_push"),
    path("s/worker.js", push.worker, name="worker"),
    path("s/app.webmanifest", push.manifest, name="manifest"),
    path("s/question/", page.question, name="status_question"),
    path("s/leave/", page.leave, name="status_leave"),
    path("s/language/", page.language, name="status_language"),
    path("s/join/<int:pk>/", joining.join, name="join"),
    path("s/join/code/", joining.code, name="join_code"),
    path("s/join/code/again/", joining.code_again, name="join_code_again"),
    path("s/join/done/", joining.done, name="join_done"),
    path("s/<str:ticket>/", page.status, name="status_of"),
    path("s/<str:ticket>", page.status, name="status_by_qr"),
    path("arrivals/", arrivals.arrivals_page, name="arrivals"),
    path("arrivals/waiting/", arrivals.waiting, name="waiting"),
    path("arrivals/<int:pk>/", arrivals.arrival, name="arrival"),
    path("arrivals/<int:pk>/take/", arrivals.take, name="take_arrival"),
]
