from django.urls import path

from analytics import views

app_name = "analytics"
urlpatterns = [path("returning/", views.returning_page, name="returning")]
