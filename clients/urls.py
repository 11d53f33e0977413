from django.urls import path

from clients import views

app_name = "clients"
urlpatterns = [
    path("register/", views.register, name="register"),
    path("matches/", views.matches, name="matches"),
    path("to-complete/", views.to_complete, name="to_complete"),
    path("<int:pk>/same-person/", views.same_person, name="same_person"),
    path("<int:pk>/complete/", views.complete, name="complete"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/consents/", views.consents, name="consents"),
    path("<int:pk>/occasions/", views.occasion, name="occasion"),
    path("occasions/<int:pk>/forget/", views.forget_occasion, name="forget_occasion"),
    path("conflicts/<int:pk>/", views.decide, name="decide"),
]
