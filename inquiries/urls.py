from django.urls import path

from inquiries import views

app_name = "inquiries"
urlpatterns = [
    path("inquiries/", views.board, name="board"),
    path("inquiries/new/", views.did_not_buy, name="did_not_buy"),
    path("inquiries/<int:pk>/", views.inquiry, name="inquiry"),
    path("inquiries/<int:pk>/step/", views.step, name="step"),
    path("f/<slug:slug>/", views.web_form, name="web_form"),
]
