from django.urls import path

from inquiries import views
from inquiries.appointments import guest_views
from inquiries.appointments import views as appointments

app_name = "inquiries"
urlpatterns = [
    path("inquiries/", views.board, name="board"),
    path("inquiries/new/", views.did_not_buy, name="did_not_buy"),
    path("inquiries/<int:pk>/", views.inquiry, name="inquiry"),
    path("inquiries/<int:pk>/step/", views.step, name="step"),
    path("appointments/", appointments.day, name="appointments"),
    path("appointments/new/", appointments.new, name="new_appointment"),
    path("appointments/<int:pk>/", appointments.appointment, name="appointment"),
    path("appointments/<int:pk>/move/", appointments.move, name="move_appointment"),
    path("appointments/<int:pk>/settle/", appointments.settle, name="settle_appointment"),
    path("appointments/stores/<int:pk>/", appointments.reception, name="reception"),
    path("a/<str:token>/", guest_views.choose_hour, name="choose_hour"),
    path("f/<slug:slug>/", views.web_form, name="web_form"),
]
