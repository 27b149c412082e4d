from django.urls import path

from dodem.registers.views import deliveries, findings, sources

app_name = "registers"
urlpatterns = [
    path("du-lieu/", sources.sources, name="sources"),
    path("du-lieu/nguon/<slug:code>/", sources.source, name="source"),
    path("du-lieu/nguon/<slug:code>/nap/", sources.upload, name="upload"),
    path("du-lieu/lan-nap/<slug:key>/", deliveries.delivery, name="delivery"),
    path("du-lieu/lan-nap/<slug:key>/goc/", deliveries.original, name="original"),
    path("du-lieu/ban/<str:key>/", deliveries.version, name="version"),
    path("du-lieu/loi/", findings.findings, name="findings"),
    path("du-lieu/loi.csv", findings.findings_csv, name="findings_csv"),
    path("du-lieu/loi/<int:pk>/", findings.finding, name="finding"),
    path("du-lieu/loi/<int:pk>/ca-nhan/", findings.unmask, name="unmask_finding"),
]
