from django.urls import path

from purchases import views

app_name = "purchases"
urlpatterns = [
    path("sales/", views.receipts, name="receipts"),
    path("sales/new/", views.sell, name="sell"),
    path("sales/article/", views.article, name="article"),
    path("sales/<int:pk>/", views.receipt, name="receipt"),
    path("sales/<int:pk>/return/", views.return_pieces, name="return"),
    path("sales/<int:pk>/return/undo/", views.undo_return, name="undo_return"),
]
