from django.urls import path

from messaging import views

app_name = "messaging"
urlpatterns = [
    path("messages/", views.outbox, name="outbox"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/templates/<int:pk>/", views.template, name="template"),
    path("messages/meter/", views.meter, name="meter"),
]
