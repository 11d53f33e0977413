from django.urls import path

from messaging.views import errands, gateways, letters, outbox, proofs, public, templates

app_name = "messaging"
urlpatterns = [
    path("messages/", outbox.outbox, name="outbox"),
    path("messages/<int:pk>/", outbox.message, name="message"),
    path("messages/<int:pk>/decide/", outbox.decide, name="decide"),
    path("messages/replies/", outbox.replies, name="replies"),
    path("messages/templates/", templates.templates, name="templates"),
    path("messages/templates/new/", templates.new_template, name="new_template"),
    path("messages/templates/<int:pk>/", templates.template, name="template"),
    path("messages/meter/", templates.meter, name="meter"),
    path("errands/", errands.to_do, name="errands"),
    path("errands/<int:pk>/close/", errands.close, name="close_errand"),
    path("errands/<int:pk>/reopen/", errands.reopen, name="reopen_errand"),
    path("errands/<int:pk>/take/", errands.take, name="take_errand"),
    path("errands/<int:pk>/put-back/", errands.put_back, name="put_errand_back"),
    path("errands/<int:pk>/give/", errands.give, name="give_errand"),
    path("errands/share/", errands.share_out, name="share_errands"),
    path("clients/<int:pk>/pause/", outbox.pause, name="pause"),
    path("pauses/<int:pk>/end/", outbox.end_pause, name="end_pause"),
    path("clients/<int:pk>/prove/<slug:field>/send/", proofs.send_proof, name="send_proof"),
    path("clients/<int:pk>/prove/<slug:field>/", proofs.take_proof, name="take_proof"),
    path("gateways/", gateways.gateways, name="gateways"),
    path("gateways/route/", gateways.save_route, name="save_route"),
    path("gateways/budget/<slug:lane>/", gateways.save_budget, name="save_budget"),
    path("gateways/trial/", gateways.try_out, name="try_out"),
    path("gateways/balance/<slug:name>/", gateways.balance, name="balance"),
    path("receipts/kannel/<uuid:token>/", public.kannel_receipt, name="kannel_receipt"),
    path("receipts/smsc/<slug:secret>/", public.smsc_callback, name="smsc"),
    path("replies/kannel/<slug:secret>/", public.kannel_reply, name="kannel_reply"),
    path("u/<str:token>/", public.unsubscribe, name="unsubscribe"),
    path("u/<str:token>/topics/", public.choose_topics, name="choose_topics"),
    path("l/<str:token>/", letters.letter, name="letter"),
]
