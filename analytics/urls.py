from django.urls import path

from analytics import figure_views, money_views, review_views, segment_views, views

app_name = "analytics"
urlpatterns = [
    path("returning/", views.returning_page, name="returning"),
    path("returning/print/", views.returning_pdf, name="returning_pdf"),
    path("returning/detail/", views.breakdown, name="breakdown"),
    path("coming-back/", figure_views.coming_back_page, name="coming_back"),
    path("silent/", figure_views.silent_page, name="silent"),
    path("silent/<slug:show>/", figure_views.silent_list, name="silent_list"),
    path("worth/", figure_views.worth_page, name="worth"),
    path("reviews/", review_views.reviews_page, name="reviews"),
    path("people/", figure_views.people_page, name="people"),
    path("desk/", figure_views.desk_page, name="desk"),
    path("figures/<int:pk>/progress/", figure_views.progress, name="progress"),
    path("money/", money_views.money, name="money"),
    path("money/expenses/", money_views.expenses, name="expenses"),
    path("money/expenses/<int:pk>/forget/", money_views.forget_expense, name="forget_expense"),
    path("money/visitors/", money_views.visitors, name="visitors"),
    path("money/calculators/", money_views.calculate, name="calculators"),
    path("ask/", segment_views.ask, name="ask"),
    path("ask/save/", segment_views.save_segment, name="save_segment"),
    path("ask/<int:pk>/", segment_views.open_segment, name="segment"),
    path("ask/<int:pk>/forget/", segment_views.forget_segment, name="forget_segment"),
]
