from django.urls import path

from crm_site.pages import everybody_views, history_views, quality_views, views

app_name = "pages"
urlpatterns = [
    path("figures/help/", views.figures_help, name="figures_help"),
    path("quality/", quality_views.overview, name="quality"),
    path("quality/cards/", quality_views.cards, name="quality_cards"),
    path("exports/", views.exports, name="exports"),
    path("", views.home, name="home"),
    path("beginning/put-away/", views.put_beginning_away, name="put_beginning_away"),
    path("search/", views.search, name="search"),
    path("clients/", everybody_views.everybody_list, name="everybody"),
    path("clients/task/", everybody_views.give_task, name="give_task"),
    path("clients/<int:pk>/", views.card, name="card"),
    path("clients/<int:pk>/history/", history_views.card_history, name="card_history"),
    path("clients/<int:pk>/history/put-back/", history_views.put_back, name="put_back"),
]
