from django.urls import path

from dodem.pipeline import views

app_name = "pipeline"
urlpatterns = [
    path("ban-so-lieu/", views.releases, name="releases"),
    path("ban-so-lieu/<int:number>/", views.release, name="release"),
]
