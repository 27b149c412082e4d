"""Addresses of reports: for everyone, for the sender by a secret link, and for officers."""

from django.urls import path

from dodem.feedback.views import case, public, queue, submit, track

app_name = "feedback"
urlpatterns = [
    path("phan-anh/", public.home, name="home"),
    path("phan-anh/du-lieu-mo.csv", public.open_data, name="open_data"),
    path("phan-anh/quyen-rieng-tu/", public.privacy, name="privacy"),
    path("phan-anh/gui/", submit.submit, name="submit"),
    path("phan-anh/don-vi/", submit.proposal, name="proposal"),
    path("phan-anh/tra-ma/", track.look_up, name="look_up"),
    path("phan-anh/theo-doi/<slug:secret>/", track.track, name="track"),
    path("phan-anh/theo-doi/<slug:secret>/da-nhan/", submit.received, name="received"),
    path("phan-anh/theo-doi/<slug:secret>/cham/", track.rate, name="rate"),
    path("phan-anh/theo-doi/<slug:secret>/phan-anh-lai/", track.reopen, name="reopen"),
    path("phan-anh/theo-doi/<slug:secret>/bo-sung/", track.inform, name="inform"),
    path("phan-anh/theo-doi/<slug:secret>/rut/", track.withdraw, name="withdraw"),
    path("phan-anh/theo-doi/<slug:secret>/anh/<int:pk>/", track.photo, name="sender_photo"),
    path("phan-anh/hang-doi/", queue.queue, name="queue"),
    path("phan-anh/hang-doi.csv", queue.queue_csv, name="queue_csv"),
    path("phan-anh/hang-doi/gop/", queue.join, name="join"),
    path("phan-anh/viec/<slug:code>/", case.show, name="case"),
    path("phan-anh/viec/<slug:code>/tra-loi/", case.answer, name="answer"),
    path("phan-anh/viec/<slug:code>/tu-choi/", case.decline, name="decline"),
    path("phan-anh/viec/<slug:code>/chuyen/", case.transfer, name="transfer"),
    path("phan-anh/viec/<slug:code>/phan-cong/", case.assign, name="assign"),
    path("phan-anh/viec/<slug:code>/kenh-khac/", case.refer, name="refer"),
    path("phan-anh/viec/<slug:code>/khieu-nai/", case.complaint, name="complaint"),
    path("phan-anh/viec/<slug:code>/nguoi-gui/", case.reveal, name="reveal"),
    path("phan-anh/viec/<slug:code>/anh/<int:pk>/", case.photo, name="photo"),
]
