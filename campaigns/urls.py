from django.urls import path

from campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("programs/", views.programs, name="programs"),
    path("programs/new/", views.new_program, name="new_program"),
    path("programs/<int:pk>/", views.program, name="program"),
    path("programs/<int:pk>/clients/<slug:show>/", views.clients, name="clients"),
    path("birthdays/", views.birthdays, name="birthdays"),
]
