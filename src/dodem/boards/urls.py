"""The boards: where everyone's day begins, the leader's board, the units, search."""

from django.urls import path

from dodem.boards.views import home, leader, manage, search, units

app_name = "boards"
urlpatterns = [
    path("", home.home, name="home"),
    path("bang/", leader.leader, name="leader"),
    path("tim/", search.search, name="search"),
    path("don-vi/", units.units, name="units"),
    path("don-vi/tep.csv", units.units_csv, name="units_csv"),
    path("don-vi/moi/", manage.add, name="add_unit"),
    path("don-vi/cu/<int:pk>/", units.former, name="former"),
    path("don-vi/<str:code>/", units.unit, name="unit"),
    path("don-vi/<str:code>/quan-ly/", manage.manage, name="manage_unit"),
]
