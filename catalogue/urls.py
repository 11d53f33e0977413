from django.urls import path

from catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("articles/", views.articles, name="articles"),
    path("articles/<int:pk>/photo/", views.photo, name="photo"),
    path("articles/<int:pk>/photo/keep/", views.keep_photo, name="keep_photo"),
    path("p/<str:token>.jpg", views.shown_photo, name="shown_photo"),
]
