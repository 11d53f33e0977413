from django.urls import path

from imports import views

app_name = "imports"
urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/<int:pk>/", views.list_page, name="list"),
    path("lists/<int:pk>/apply/", views.apply, name="apply"),
    path("lists/<int:pk>/outcomes/", views.outcomes_file, name="outcomes"),
    path("lists/<int:pk>/file/", views.original, name="original"),
]
