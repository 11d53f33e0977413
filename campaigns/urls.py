from django.urls import path

from campaigns.views import brought as brought_views
from campaigns.views import club as club_views
from campaigns.views import door as door_views
from campaigns.views import evenings as evening_views
from campaigns.views import letters as letter_views
from campaigns.views import once as campaign_views
from campaigns.views import paper as paper_views
from campaigns.views import programs as views
from campaigns.views import quiet as quiet_views

app_name = "campaigns"
urlpatterns = [
    path("programs/", views.programs, name="programs"),
    path("programs/new/", views.new_program, name="new_program"),
    path("programs/calendar/", views.calendar, name="calendar"),
    path("programs/<int:pk>/", views.program, name="program"),
    path("programs/<int:pk>/coming/", views.coming, name="coming"),
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
    path("campaigns/<int:pk>/letter/", letter_views.compose, name="compose"),
    path("campaigns/<int:pk>/letter/look/", letter_views.look, name="look_at_letter"),
    path("campaigns/<int:pk>/letter/<slug:digest>/", letter_views.preview, name="preview_letter"),
    path("campaigns/<int:pk>/paper/", paper_views.letters, name="paper"),
    path("campaigns/<int:pk>/paper/take/", paper_views.take, name="take_paper"),
    path("campaigns/<int:pk>/paper/<uuid:batch>/posted/", paper_views.posted, name="posted"),
    path("campaigns/<int:pk>/paper/<uuid:batch>/<slug:name>.pdf", paper_views.sheet, name="sheet"),
    path("campaigns/<int:pk>/clients/<slug:show>/", campaign_views.campaign_clients, name="campaign_clients"),
    path("campaigns/<int:pk>/<slug:name>/", campaign_views.step, name="move_campaign"),
    path("evenings/", evening_views.evenings, name="evenings"),
    path("evenings/new/", evening_views.new_evening, name="new_evening"),
    path("evenings/invite/", evening_views.choose_evening, name="choose_evening"),
    path("evenings/<int:pk>/", evening_views.evening, name="evening"),
    path("evenings/<int:pk>/edit/", evening_views.edit_evening, name="edit_evening"),
    path("evenings/<int:pk>/cancel/", evening_views.cancel_evening, name="cancel_evening"),
    path("evenings/<int:pk>/invite/", evening_views.invite, name="invite"),
    path("evenings/<int:pk>/invite/<int:client>/", evening_views.invite_client, name="invite_client"),
    path("evenings/<int:pk>/answers/<int:number>/", evening_views.answer, name="answer"),
    path("evenings/<int:pk>/guests.pdf", evening_views.guest_list, name="guest_list"),
    path("evenings/<int:pk>/door/", door_views.at_the_door, name="door"),
    path("evenings/<int:pk>/door/<int:number>/came/", door_views.came, name="came"),
    path("evenings/<int:pk>/door/<int:number>/undo/", door_views.did_not_come, name="did_not_come"),
    path("evenings/<int:pk>/door/let-in/<int:client>/", door_views.let_in, name="let_in"),
    path("evenings/<int:pk>/door/strangers/<slug:way>/", door_views.stranger, name="stranger"),
    path("clubs/", club_views.all_clubs, name="clubs"),
    path("clubs/new/", club_views.new_club, name="new_club"),
    path("clubs/<int:pk>/", club_views.club, name="club"),
    path("clubs/<int:pk>/edit/", club_views.edit_club, name="edit_club"),
    path("clubs/<int:pk>/admit/", club_views.admit, name="admit"),
    path("clubs/<int:pk>/add/<int:client>/", club_views.add_to_club, name="add_to_club"),
    path("clubs/<int:pk>/leave/<int:client>/", club_views.leave_club, name="leave_club"),
    path("clubs/<int:pk>/undo/<int:number>/", club_views.undo_member, name="undo_member"),
    path("birthdays/", views.birthdays, name="birthdays"),
]
