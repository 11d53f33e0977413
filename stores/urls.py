from django.urls import path

from stores import views

app_name = "stores"
urlpatterns = [
    path("store/", views.choose_store, name="choose_store"),
    path("language/", views.choose_language, name="choose_language"),
    path("theme/", views.choose_theme, name="choose_theme"),
    path("keys/", views.api_keys, name="api_keys"),
    path("keys/<int:pk>/revoke/", views.revoke_api_key, name="revoke_api_key"),
]
