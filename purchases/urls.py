from django.urls import path

from purchases import desk_views, intake_views, passport_views, sale_views, service_views

app_name = "purchases"
urlpatterns = [
    path("sales/", sale_views.receipts, name="receipts"),
    path("sales/new/", sale_views.sell, name="sell"),
    path("sales/article/", sale_views.article, name="article"),
    path("sales/<int:pk>/", sale_views.receipt, name="receipt"),
    path("sales/<int:pk>/return/", sale_views.return_pieces, name="return"),
    path("sales/<int:pk>/return/undo/", sale_views.undo_return, name="undo_return"),
    path("service/", service_views.services_list, name="services"),
    path("service/new/", intake_views.take_in, name="take_in"),
    path("service/visitors/", intake_views.visitor_matches, name="visitor_matches"),
    path("service/pieces/", intake_views.own_pieces, name="own_pieces"),
    path("service/<int:pk>/", service_views.service, name="service"),
    path("service/<int:pk>/move/", desk_views.move, name="move"),
    path("service/<int:pk>/hand-out/", desk_views.hand_out, name="hand_out"),
    path("service/<int:pk>/master/", desk_views.set_master, name="set_master"),
    path("service/<int:pk>/note/", desk_views.add_note, name="add_note"),
    path("service/<int:pk>/photos/", desk_views.add_photos, name="add_photos"),
    path("service/<int:pk>/price/", desk_views.offer, name="offer_price"),
    path("service/<int:pk>/price/answer/", desk_views.answer, name="answer_price"),
    path("service/<int:pk>/send/", desk_views.send, name="send"),
    path("service/<int:pk>/receive/", desk_views.receive, name="receive"),
    path("service/<int:pk>/passport/", passport_views.open_passport, name="open_passport"),
    path("service/photos/<int:pk>/", service_views.photo, name="photo"),
    path("service/<int:pk>/ticket/", service_views.ticket, name="ticket"),
]
