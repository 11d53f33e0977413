from django.urls import path

from analytics.views import asking, calls, details, figures, loyalty, money, reviews, targets, terms

app_name = "analytics"
urlpatterns = [
    path("returning/", figures.returning_page, name="returning"),
    path("returning/print/", figures.returning_pdf, name="returning_pdf"),
    path("returning/mondays/", figures.on_mondays, name="on_mondays"),
    path("returning/detail/", figures.breakdown, name="breakdown"),
    path("coming-back/", details.coming_back_page, name="coming_back"),
    path("silent/", details.silent_page, name="silent"),
    path("silent/<slug:show>/", details.silent_list, name="silent_list"),
    path("worth/", details.worth_page, name="worth"),
    path("calls/", calls.calls_page, name="calls"),
    path("calls/<slug:show>/", calls.calls_behind, name="calls_behind"),
    path("reviews/", reviews.reviews_page, name="reviews"),
    path("people/", details.people_page, name="people"),
    path("occasions/", details.occasions_page, name="occasions"),
    path("goes-together/", details.companions_page, name="companions"),
    path("holidays/", details.holidays_page, name="holidays"),
    path("desk/", details.desk_page, name="desk"),
    path("figures/<int:pk>/progress/", details.progress, name="progress"),
    path("money/", money.money, name="money"),
    path("money/expenses/", money.expenses, name="expenses"),
    path("money/expenses/<int:pk>/forget/", money.forget_expense, name="forget_expense"),
    path("money/visitors/", money.visitors, name="visitors"),
    path("money/calculators/", money.calculate, name="calculators"),
    path("loyalty/", loyalty.loyalty_page, name="loyalty"),
    path("loyalty/rows/<slug:show>/", loyalty.loyalty_rows, name="loyalty_rows"),
    path("loyalty/terms/", terms.terms, name="terms"),
    path("targets/", targets.targets_page, name="targets"),
    path("targets/<int:pk>/note/", targets.note_stray, name="note_stray"),
    path("ask/", asking.ask, name="ask"),
    path("ask/save/", asking.save_segment, name="save_segment"),
    path("ask/<int:pk>/", asking.open_segment, name="segment"),
    path("ask/<int:pk>/forget/", asking.forget_segment, name="forget_segment"),
]
