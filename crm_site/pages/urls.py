from django.urls import path

from crm_site.pages import views

app_name = "pages"
urlpatterns = [
    path("figures/help/", views.figures_help, name="figures_help"),
    path("exports/", views.exports, name="exports"),
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("clients/<int:pk>/", views.card, name="card"),
]
