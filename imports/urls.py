from django.urls import path

from imports import views

app_name = "imports"
urlpatterns = [
    path("lists/", views.lists, name="lists"),
    path("lists/<int:pk>/", views.list_page, name="list"),
    path("lists/<int:pk>/columns/", views.columns, name="columns"),
    path("lists/<int:pk>/layout/", views.layout, name="layout"),
    path("lists/<int:pk>/values/", views.values, name="values"),
    path("lists/<int:pk>/decide/", views.settle_page, name="settle_page"),
    path("lists/<int:pk>/rows/<int:number>/decide/", views.settle, name="settle"),
    path("lists/<int:pk>/rows/<int:number>/accept/", views.accept, name="accept"),
    path("lists/<int:pk>/outcomes.<str:kind>", views.outcomes_file, name="outcomes"),
    path("lists/<int:pk>/file/", views.original, name="original"),
    path("lists/<int:pk>/<slug:name>/", views.step, name="step"),
]
