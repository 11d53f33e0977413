from django.urls import path

from crm_site.backups import views

app_name = "backups"
urlpatterns = [
    path("backups/", views.copies, name="copies"),
    path("backups/make/", views.make, name="make"),
    path("sending/", views.sending_page, name="sending"),
    path("sending/open/", views.open_sending, name="open_sending"),
]
