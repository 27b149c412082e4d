"""Every page of the site and who looks at it: what the sweep for accessibility visits."""

from __future__ import annotations

from dataclasses import dataclass

CITIZEN = ""
LEADER, OFFICE, STEWARD, INSPECTOR, ADMIN = "lanhdao", "thuongtruc", "dulieu", "thanhtra", "quantri"
HEAD, OFFICER, WARD_STEWARD = "truong.26740", "canbo.26740", "solieu.26740"


@dataclass(frozen=True)
class Place:
    """A page. ``start`` may name a mark that ``leave_behind`` made; ``link`` is taken from there (CSS)."""

    who: str
    start: str
    link: str = ""
    is_main: bool = False

    def __str__(self) -> str:
        return f"{self.who or 'citizen'} {self.start} {self.link}".strip()


PLACES = [
    # Citizens, and whoever has not signed in
    Place(CITIZEN, "/dang-nhap/"),
    Place(CITIZEN, "/phan-anh/"),
    Place(CITIZEN, "/phan-anh/gui/", is_main=True),
    Place(CITIZEN, "/phan-anh/tra-ma/?ma={code}"),
    Place(CITIZEN, "/phan-anh/quyen-rieng-tu/"),
    Place(CITIZEN, "/phan-anh/theo-doi/{secret}/", is_main=True),
    Place(CITIZEN, "/phan-anh/theo-doi/{secret}/da-nhan/"),
    Place(CITIZEN, "/phan-anh/theo-doi/{secret}/rut/"),
    Place(CITIZEN, "/mat-mang/"),
    Place(CITIZEN, "/khong-co-trang-nay/"),
    Place(CITIZEN, "/api/v1/docs"),
    # Leaders
    Place(LEADER, "/bang/", is_main=True),
    Place(LEADER, "/don-vi/"),
    Place(LEADER, "/don-vi/26740/", is_main=True),
    Place(LEADER, "/don-vi/26740/", 'a[href^="/don-vi/cu/"]'),
    Place(LEADER, "/tim/?q=ben+nghe"),
    Place(LEADER, "/chi-so/"),
    Place(LEADER, "{figure}", is_main=True),
    Place(LEADER, "/chi-so/", 'a.num[href^="/so/cong-bo/"]'),
    Place(LEADER, "{figure}ban-ghi/"),
    Place(LEADER, "{figure}ban-ghi/", 'tbody th a[href*="/dong/"]'),
    Place(LEADER, "{figure}hoi/"),
    Place(LEADER, "/chi-so/hoi-dap/"),
    Place(LEADER, "{question}"),
    Place(LEADER, "/ban-so-lieu/"),
    Place(LEADER, "/ban-so-lieu/", "tbody th a"),
    Place(LEADER, "/phan-anh/hang-doi/"),
    # The standing office
    Place(OFFICE, "/van-ban/"),
    Place(OFFICE, "/van-ban/them/"),
    Place(OFFICE, "/van-ban/", "tbody [data-row]"),
    Place(OFFICE, "{review}", is_main=True),
    Place(OFFICE, "/nhiem-vu/"),
    Place(OFFICE, "/nhiem-vu/", "tbody [data-row]"),
    Place(OFFICE, "{waiting}", is_main=True),
    Place(OFFICE, "/nhiem-vu/moi/"),
    Place(OFFICE, "/don-vi/moi/"),
    Place(OFFICE, "/don-vi/26740/quan-ly/"),
    # A unit
    Place(HEAD, "/nhiem-vu/"),
    Place(OFFICER, "{waiting}"),
    Place(OFFICER, "/phan-anh/hang-doi/?tab=don-vi"),
    Place(OFFICER, "/phan-anh/viec/{code}/", is_main=True),
    # Data
    Place(STEWARD, "/du-lieu/"),
    Place(STEWARD, "/du-lieu/nguon/dossiers/", is_main=True),
    Place(STEWARD, "/du-lieu/nguon/dossiers/nap/"),
    Place(STEWARD, "/du-lieu/nguon/dossiers/", "#deliveries tbody th a"),
    Place(STEWARD, "/du-lieu/nguon/dossiers/", 'a[href^="/du-lieu/ban/"]'),
    Place(STEWARD, "{delivery}goc/"),
    Place(STEWARD, "/du-lieu/loi/"),
    Place(STEWARD, "/du-lieu/loi/", "tbody th a"),
    # Inspection and administration
    Place(INSPECTOR, "/nhat-ky/"),
    Place(INSPECTOR, "/quan-tri/vi-sao/"),
    Place(ADMIN, "/quan-tri/nguoi-dung/"),
    Place(ADMIN, "/quan-tri/nguoi-dung/moi/"),
    Place(ADMIN, "/quan-tri/nguoi-dung/canbo.26740/"),
    Place(ADMIN, "/quan-tri/api/"),
    Place(ADMIN, "/quan-tri/api/moi/"),
    # One's own account
    Place(WARD_STEWARD, "/tai-khoan/"),
    Place(WARD_STEWARD, "/tai-khoan/mat-khau/"),
    Place(WARD_STEWARD, "/tai-khoan/xac-nhan/"),
    Place(WARD_STEWARD, "/tai-khoan/phien/"),
    Place(WARD_STEWARD, "/tai-khoan/danh-tinh/"),
    Place(WARD_STEWARD, "/tai-khoan/xac-thuc/"),
    Place(WARD_STEWARD, "/tai-khoan/xac-thuc/totp/activate/"),
    Place(WARD_STEWARD, "/thanh-phan/"),
]
