from django.urls import path

from loyalty import views
from loyalty.certificates import views as certificates
from loyalty.friends import views as friends
from loyalty.offers import views as offers
from loyalty.plastic import views as plastic

app_name = "loyalty"
urlpatterns = [
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/sell/", certificates.sell, name="sell_certificate"),
    path("certificates/<str:code>/", certificates.certificate, name="certificate"),
    path("certificates/<str:code>/cancel/", certificates.cancel, name="cancel_certificate"),
    path("certificates/<str:code>/prolong/", certificates.prolong, name="prolong_certificate"),
    path("clients/<int:pk>/plastic/", plastic.give, name="give_plastic"),
    path("plastic/<int:pk>/block/", plastic.block, name="block_plastic"),
    path("plastic/<int:pk>/again/", plastic.hold_again, name="plastic_again"),
    path("friends/", friends.friends, name="friends"),
    path("friends/terms/", friends.publish, name="publish_friends"),
    path("clients/<int:pk>/friend/", friends.bring, name="bring_friend"),
    path("members/", views.members, name="members"),
    path("coupons/", offers.rights, name="rights"),
    path("coupons/new/", offers.new_right, name="new_right"),
    path("coupons/<int:pk>/", offers.right, name="right"),
    path("coupons/<int:pk>/revoke/", offers.revoke, name="revoke_right"),
    path("coupons/<int:pk>/again/", offers.give_again, name="give_right_again"),
    path("clients/<int:pk>/family/", views.family, name="family"),
    path("clients/<int:pk>/family/join/", views.join, name="join"),
    path("clients/<int:pk>/family/<int:member_pk>/leave/", views.leave, name="leave"),
    path("clients/<int:pk>/family/<int:member_pk>/spend/", views.let_spend, name="let_spend"),
]
