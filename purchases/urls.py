from django.urls import path

from purchases import sale_views, service_views, status_views

app_name = "purchases"
urlpatterns = [
    path("sales/", sale_views.receipts, name="receipts"),
    path("sales/new/", sale_views.sell, name="sell"),
    path("sales/article/", sale_views.article, name="article"),
    path("sales/<int:pk>/", sale_views.receipt, name="receipt"),
    path("sales/<int:pk>/return/", sale_views.return_pieces, name="return"),
    path("sales/<int:pk>/return/undo/", sale_views.undo_return, name="undo_return"),
    path("service/", service_views.services_list, name="services"),
    path("service/new/", service_views.take_in, name="take_in"),
    path("service/visitors/", service_views.visitor_matches, name="visitor_matches"),
    path("service/<int:pk>/", service_views.service, name="service"),
    path("service/<int:pk>/move/", service_views.move, name="move"),
    path("service/<int:pk>/ticket/", service_views.ticket, name="ticket"),
    path("s/", status_views.status, name="status"),
    path("s/ask/", status_views.ask, name="status_ask"),
    path("s/ask-by-email/", status_views.ask_by_email, name="status_by_email"),
    path("s/enter/", status_views.enter, name="status_enter"),
    path("s/again/", status_views.again, name="status_again"),
    path("s/price/<int:pk>/", status_views.answer, name="status_answer"),
    path("s/consent/", status_views.consent, name="status_consent"),
    path("s/days/", status_views.keep_day, name="status_keep_day"),
    path("s/days/<int:pk>/forget/", status_views.forget_day, name="status_forget_day"),
    path("s/question/", status_views.question, name="status_question"),
    path("s/leave/", status_views.leave, name="status_leave"),
    path("s/language/", status_views.language, name="status_language"),
    path("s/<str:ticket>/", status_views.status, name="status_of"),
    path("s/<str:ticket>", status_views.status, name="status_by_qr"),
]
