from django.urls import path

from campaigns import brought_views, campaign_views, quiet_views, views

app_name = "campaigns"
urlpatterns = [
    path("programs/", views.programs, name="programs"),
    path("programs/new/", views.new_program, name="new_program"),
    path("programs/calendar/", views.calendar, name="calendar"),
    path("programs/<int:pk>/", views.program, name="program"),
    path("programs/<int:pk>/clients/<slug:show>/", views.clients, name="clients"),
    path("campaigns/", campaign_views.campaigns, name="campaigns"),
    path("campaigns/brought/", brought_views.brought, name="brought"),
    path("campaigns/brought/clients/", brought_views.brought_clients, name="brought_clients"),
    path("campaigns/without-advertising/", quiet_views.without_advertising, name="without_advertising"),
    path("campaigns/without-advertising/<int:pk>/end/", quiet_views.end_quiet, name="end_quiet"),
    path("campaigns/new/", campaign_views.new_campaign, name="new_campaign"),
    path("campaigns/<int:pk>/", campaign_views.campaign, name="campaign"),
    path("campaigns/<int:pk>/freeze/", campaign_views.freeze, name="freeze_campaign"),
    path("campaigns/<int:pk>/trial/", campaign_views.send_trial, name="try_campaign"),
    path("campaigns/<int:pk>/clients/<slug:show>/", campaign_views.campaign_clients, name="campaign_clients"),
    path("campaigns/<int:pk>/<slug:name>/", campaign_views.step, name="move_campaign"),
    path("birthdays/", views.birthdays, name="birthdays"),
]
