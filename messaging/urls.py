from django.urls import path

from messaging import errand_views, gateway_views, proof_views, public_views, template_views, views

app_name = "messaging"
urlpatterns = [
    path("messages/", views.outbox, name="outbox"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/<int:pk>/decide/", views.decide, name="decide"),
    path("messages/replies/", views.replies, name="replies"),
    path("messages/templates/", template_views.templates, name="templates"),
    path("messages/templates/new/", template_views.new_template, name="new_template"),
    path("messages/templates/<int:pk>/", template_views.template, name="template"),
    path("messages/meter/", template_views.meter, name="meter"),
    path("errands/", errand_views.to_do, name="errands"),
    path("errands/<int:pk>/close/", errand_views.close, name="close_errand"),
    path("errands/<int:pk>/reopen/", errand_views.reopen, name="reopen_errand"),
    path("clients/<int:pk>/hold/", views.hold, name="hold"),
    path("holds/<int:pk>/end/", views.end_hold, name="end_hold"),
    path("clients/<int:pk>/prove/<slug:field>/send/", proof_views.send_proof, name="send_proof"),
    path("clients/<int:pk>/prove/<slug:field>/", proof_views.take_proof, name="take_proof"),
    path("gateways/", gateway_views.gateways, name="gateways"),
    path("gateways/route/", gateway_views.save_route, name="save_route"),
    path("gateways/budget/<slug:lane>/", gateway_views.save_budget, name="save_budget"),
    path("gateways/trial/", gateway_views.try_out, name="try_out"),
    path("gateways/balance/<slug:name>/", gateway_views.balance, name="balance"),
    path("receipts/kannel/<uuid:token>/", public_views.kannel_receipt, name="kannel_receipt"),
    path("receipts/smsc/<slug:secret>/", public_views.smsc_callback, name="smsc"),
    path("replies/kannel/<slug:secret>/", public_views.kannel_reply, name="kannel_reply"),
    path("u/<str:token>/", public_views.unsubscribe, name="unsubscribe"),
]
