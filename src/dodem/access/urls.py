"""Accounts, roles and the ledger."""

from django.urls import path

from dodem.access.views import account, ledger, people, verdict

app_name = "access"
urlpatterns = [
    path("tai-khoan/", account.account, name="account"),
    path("tai-khoan/phien/<int:pk>/ket-thuc/", account.end_session, name="end_session"),
    path("quan-tri/nguoi-dung/", people.people, name="people"),
    path("quan-tri/nguoi-dung/moi/", people.add_person, name="add_person"),
    path("quan-tri/nguoi-dung/<str:username>/", people.person, name="person"),
    path("quan-tri/nguoi-dung/<str:username>/vai-tro/", people.grant, name="grant"),
    path("quan-tri/nguoi-dung/<str:username>/vai-tro/<int:pk>/thu-hoi/", people.revoke, name="revoke"),
    path("quan-tri/nguoi-dung/<str:username>/hoat-dong/", people.set_active, name="set_active"),
    path("quan-tri/nguoi-dung/<str:username>/mat-khau/", people.reset_password, name="reset_password"),
    path("quan-tri/vi-sao/", verdict.verdict, name="verdict"),
    path("nhat-ky/", ledger.ledger, name="ledger"),
    path("nhat-ky/tep.csv", ledger.ledger_file, name="ledger_file"),
    path("nhat-ky/kiem-tra/", ledger.check_ledger, name="check_ledger"),
]
