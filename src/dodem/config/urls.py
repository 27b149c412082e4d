"""Every address of the centre. Vietnamese paths for people, ``/api/v1/`` for machines."""

from allauth.account import views as account
from allauth.mfa import urls as mfa
from allauth.socialaccount import urls as identities
from allauth.socialaccount.providers.openid_connect import urls as openid
from allauth.usersessions import urls as sessions
from django.urls import include, path
from django.views.i18n import set_language

from dodem.access.web import declared, public, signed_in
from dodem.config.health import healthz
from dodem.pages import views as pages

handler403 = "dodem.pages.views.forbidden"
handler404 = "dodem.pages.views.not_found"
handler500 = "dodem.pages.views.server_error"

ANYONE_SIGNS_IN = public("whoever has an account must be able to sign in")

urlpatterns = [
    path("healthz", public("machines ask whether the centre lives")(healthz), name="healthz"),
    path("ngon-ngu/", public("the language of public pages")(set_language), name="set_language"),
    path("thanh-phan/", signed_in(pages.gallery), name="gallery"),
    path("giao-dien/", public("light or dark, on public pages too")(pages.set_theme), name="set_theme"),
    path(
        "sw.js", public("shows the offline page, nothing else")(pages.service_worker), name="service_worker"
    ),
    path("mat-mang/", public("shown by the browser when the network is gone")(pages.offline), name="offline"),
    path("dang-nhap/", ANYONE_SIGNS_IN(account.login), name="account_login"),
    path("dang-xuat/", ANYONE_SIGNS_IN(account.logout), name="account_logout"),
    path("tai-khoan/xac-nhan/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("tai-khoan/mat-khau/", signed_in(account.password_change), name="account_change_password"),
    path("tai-khoan/phien/", include(declared(sessions.urlpatterns, by=signed_in))),
    path("tai-khoan/xac-thuc/", include(declared(mfa.urlpatterns, by=ANYONE_SIGNS_IN))),
    path("tai-khoan/danh-tinh/", include(declared(identities.urlpatterns, by=ANYONE_SIGNS_IN))),
    path("sso/", include(declared(openid.urlpatterns, by=ANYONE_SIGNS_IN))),
    path("", include("dodem.access.urls")),
    path("", include("dodem.boards.urls")),
    path("", include("dodem.directives.urls")),
    path("", include("dodem.feedback.urls")),
    path("", include("dodem.registers.urls")),
    path("", include("dodem.indicators.urls")),
    path("", include("dodem.pipeline.urls")),
    path("", include("dodem.api.urls")),
]
