from django.urls import path

from purchases import intake_views, sale_views, service_views

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
    path("service/<int:pk>/move/", service_views.move, name="move"),
    path("service/<int:pk>/ticket/", service_views.ticket, name="ticket"),
]
