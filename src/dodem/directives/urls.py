"""Papers under /van-ban/, drafts under /de-xuat/, tasks under /nhiem-vu/."""

from django.urls import path

from dodem.directives.views import directives, review, steps, tasks

app_name = "directives"
urlpatterns = [
    path("van-ban/", directives.directives, name="directives"),
    path("van-ban/them/", directives.add, name="add"),
    path("van-ban/<int:pk>/", directives.directive, name="directive"),
    path("van-ban/<int:pk>/tep/", directives.original, name="original"),
    path("van-ban/<int:pk>/ra-soat/", review.review, name="review"),
    path("van-ban/<int:pk>/ra-soat/them/", review.add, name="add_draft"),
    path("van-ban/<int:pk>/ra-soat/xac-nhan/", review.confirm_all, name="confirm_all"),
    path("de-xuat/<int:pk>/", review.edit, name="edit_draft"),
    path("de-xuat/<int:pk>/xac-nhan/", review.confirm, name="confirm_draft"),
    path("de-xuat/<int:pk>/bo/", review.reject, name="reject_draft"),
    path("de-xuat/<int:pk>/lay-lai/", review.restore, name="restore_draft"),
    path("de-xuat/<int:pk>/tach/", review.split, name="split_draft"),
    path("de-xuat/<int:pk>/gop/", review.merge, name="merge_draft"),
    path("nhiem-vu/", tasks.tasks, name="tasks"),
    path("nhiem-vu/tep.csv", tasks.export, name="export"),
    path("nhiem-vu/moi/", tasks.new, name="new"),
    path("nhiem-vu/<slug:code>/", tasks.task, name="task"),
    path("nhiem-vu/<slug:code>/nhan-viec/", steps.start, name="start"),
    path("nhiem-vu/<slug:code>/cap-nhat/", steps.update, name="update"),
    path("nhiem-vu/<slug:code>/xac-nhan/", steps.close, name="close"),
    path("nhiem-vu/<slug:code>/tra-lai/", steps.send_back, name="return"),
    path("nhiem-vu/<slug:code>/chuyen/", steps.reassign, name="reassign"),
    path("nhiem-vu/<slug:code>/rut/", steps.withdraw, name="withdraw"),
    path("bang-chung/<int:pk>/", tasks.evidence, name="evidence"),
]
