from django.urls import path

from purchases import bonus_views, views
from purchases.companions import views as companions
from purchases.correcting import exchange_views
from purchases.correcting import views as correcting
from purchases.orders import views as orders

app_name = "purchases"
urlpatterns = [
    path("sales/", views.receipts, name="receipts"),
    path("sales/new/", views.sell, name="sell"),
    path("sales/bill/", bonus_views.bill, name="bill"),
    path("sales/code/", bonus_views.send_code, name="send_code"),
    path("sales/article/", views.article, name="article"),
    path("sales/<int:pk>/", views.receipt, name="receipt"),
    path("sales/<int:pk>/return/", views.return_pieces, name="return"),
    path("sales/<int:pk>/return/preview/", views.return_preview, name="return_preview"),
    path("sales/<int:pk>/return/undo/", views.undo_return, name="undo_return"),
    path("sales/<int:pk>/correct/", correcting.correct, name="correct"),
    path("sales/<int:pk>/correct/preview/", correcting.correct_preview, name="correct_preview"),
    path("sales/<int:pk>/client/", correcting.find_client, name="find_client"),
    path("sales/<int:pk>/client/attach/", correcting.attach, name="attach"),
    path("sales/<int:pk>/void/", correcting.void, name="void"),
    path("sales/<int:pk>/void/preview/", correcting.void_preview, name="void_preview"),
    path("sales/<int:pk>/restore/", correcting.restore, name="restore"),
    path("sales/<int:pk>/undo/", correcting.undo, name="undo"),
    path("sales/<int:pk>/exchange/", exchange_views.exchange, name="exchange"),
    path("companions/", companions.companions, name="companions"),
    path("companions/<int:pk>/take-out/", companions.take_out, name="take_out_companion"),
    path("companions/<int:pk>/put-back/", companions.put_back, name="put_back_companion"),
    path("orders/", orders.orders, name="orders"),
    path("orders/new/", orders.take, name="take_order"),
    path("orders/<int:pk>/", orders.order, name="order"),
    path("orders/<int:pk>/correct/", orders.correct, name="correct_order"),
    path("orders/<int:pk>/slip/", orders.slip, name="order_slip"),
    path("orders/<int:pk>/move/", orders.move, name="move_order"),
    path("orders/<int:pk>/pay/", orders.pay, name="pay_order"),
    path("orders/<int:pk>/refund/", orders.refund, name="refund_order"),
    path("orders/<int:pk>/sell/", orders.sell, name="sell_order"),
    path("orders/<int:pk>/cancel/", orders.cancel, name="cancel_order"),
]
