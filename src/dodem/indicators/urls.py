from django.urls import path

from dodem.indicators.views import catalogue, figures, questions

app_name = "indicators"
urlpatterns = [
    path("chi-so/", catalogue.catalogue, name="catalogue"),
    path("chi-so/hoi-dap/", questions.questions, name="questions"),
    path("chi-so/hoi-dap/<int:pk>/", questions.question, name="question"),
    path("chi-so/hoi-dap/<int:pk>/tra-loi/", questions.answer, name="answer"),
    path("so/cong-bo/<slug:code>/", catalogue.published, name="published"),
    path("so/<int:pk>/", figures.figure, name="figure"),
    path("so/<int:pk>/ban-ghi/", figures.records, name="records"),
    path("so/<int:pk>/ban-ghi.csv", figures.records_csv, name="records_csv"),
    path("so/<int:pk>/dong/<slug:key>/<int:line>/", figures.row, name="row"),
    path("so/<int:pk>/dong/<slug:key>/<int:line>/ca-nhan/", figures.unmask_row, name="unmask_row"),
    path("so/<int:pk>/hoi/", questions.ask, name="ask"),
]
