from django.urls import path

from crm_site.pages import (
    article_views,
    card_views,
    everybody_views,
    gallery,
    history_views,
    inquiry_views,
    installing,
    quality_views,
    views,
    wording_views,
)

app_name = "pages"
urlpatterns = [
    path("figures/help/", views.figures_help, name="figures_help"),
    path("quality/", quality_views.overview, name="quality"),
    path("quality/cards/", quality_views.cards, name="quality_cards"),
    path("quality/invented/", quality_views.made_up, name="quality_invented"),
    path("quality/invented/settle/", quality_views.settle_made_up, name="settle_invented"),
    path("quality/invented/undo/", quality_views.unsettle_made_up, name="unsettle_invented"),
    path("settings/texts/", wording_views.all_wordings, name="wordings"),
    path("settings/texts/<slug:slug>/", wording_views.wording, name="wording"),
    path("settings/texts/<slug:slug>/take-back/", wording_views.take_wording_back, name="take_wording_back"),
    path("exports/", views.exports, name="exports"),
    path("", views.home, name="home"),
    path("manifest.webmanifest", installing.manifest, name="manifest"),
    path("beginning/put-away/", views.put_beginning_away, name="put_beginning_away"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("search/", views.search, name="search"),
    path("articles/<int:pk>/", article_views.article, name="article"),
    path("inquiries/figures/", inquiry_views.inquiry_figures, name="inquiry_figures"),
    path("clients/", everybody_views.everybody_list, name="everybody"),
    path("clients/task/", everybody_views.give_task, name="give_task"),
    path("clients/<int:pk>/", card_views.card, name="card"),
    path("clients/<int:pk>/parts/<slug:part>/", card_views.card_part, name="card_part"),
    path("clients/<int:pk>/history/", history_views.card_history, name="card_history"),
    path("clients/<int:pk>/history/put-back/", history_views.put_back, name="put_back"),
]
