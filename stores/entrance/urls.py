"""The pages of allauth that Carat has: no sign-up, no reset by mail."""

from allauth.account import views
from django.urls import include, path

from stores.entrance.accounts import sessions

urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("sessions/", sessions, name="usersessions_list"),
    path("2fa/", include("allauth.mfa.urls")),
]
