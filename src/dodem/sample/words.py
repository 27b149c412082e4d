"""What sample people are called, what sample documents order and what sample citizens report."""

SURNAMES = (
    ["Nguyễn"] * 38
    + ["Trần"] * 12
    + ["Lê"] * 10
    + ["Phạm"] * 7
    + ["Huỳnh"] * 5
    + ["Phan"] * 4
    + ["Võ"] * 4
    + ["Đặng"] * 3
    + ["Bùi"] * 3
    + ["Đỗ"] * 2
    + ["Hồ"] * 2
    + ["Ngô"] * 2
    + ["Dương", "Lý", "Đinh", "Trương", "Lâm", "Mai"]
)
MIDDLE = (
    "Văn",
    "Thị",
    "Minh",
    "Thanh",
    "Ngọc",
    "Quốc",
    "Hoàng",
    "Đức",
    "Thu",
    "Kim",
    "Anh",
    "Gia",
    "Bảo",
    "Hữu",
    "Xuân",
    "Phương",
)
GIVEN = (
    "An", "Anh", "Bình", "Châu", "Chi", "Cường", "Dũng", "Duyên", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hiếu", "Hoa",
    "Hùng", "Hương", "Khánh", "Lan", "Linh", "Long", "Mai", "Minh", "My", "Nam", "Nga", "Nhân", "Nhung", "Phong",
    "Phúc", "Phương", "Quân", "Quyên", "Sơn", "Tâm", "Thảo", "Thắng", "Thủy", "Trang", "Trung", "Tuấn", "Vân", "Vinh", "Yến",
)  # fmt: skip

# (programme, owner, what is ordered, what comes of it). Owner: a department's code, or a group of units.
ORDERS: list[tuple[str, str, str, str]] = [
    ("NQ57", "H29.KHCN", "xây dựng danh mục bài toán lớn về khoa học, công nghệ của Thành phố và công bố để đặt hàng", "danh mục được công bố"),
    ("NQ57", "H29.KHCN", "trình cơ chế thử nghiệm có kiểm soát đối với thiết bị bay không người lái phục vụ giao hàng", "tờ trình"),
    ("NQ57", "H29.KHCN", "hoàn thành khảo sát hạ tầng mạng và trang thiết bị tại các đơn vị cấp xã", "báo cáo khảo sát"),
    ("NQ57", "H29.KHCN", "tổ chức vận hành trục chia sẻ dữ liệu dùng chung, bảo đảm giám sát liên tục", "báo cáo vận hành"),
    ("NQ57", "H29.TC", "bố trí đủ dự toán chi cho khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số", "quyết định giao dự toán"),
    ("NQ57", "H29.TC", "rà soát, thu hồi vốn chưa phân bổ và điều chuyển cho nhiệm vụ có khả năng giải ngân", "báo cáo rà soát"),
    ("NQ57", "H29.TC", "hướng dẫn thanh toán theo khối lượng công việc đối với nhiệm vụ chuyển đổi số", "văn bản hướng dẫn"),
    ("NQ57", "H29.CT", "lập danh sách doanh nghiệp công nghiệp sẵn sàng tiếp nhận kết quả nghiên cứu", "danh sách"),
    ("NQ57", "H29.GDDT", "đưa nội dung kỹ năng số vào chương trình bồi dưỡng giáo viên phổ thông", "chương trình bồi dưỡng"),
    ("NQ57", "H29.GDDT", "ký kết chương trình đào tạo nhân lực bán dẫn với các trường đại học", "biên bản ký kết"),
    ("NQ57", "H29.XD", "số hóa bản đồ quy hoạch phân khu và công bố trên cổng thông tin", "bản đồ số"),
    ("NQ57", "H29.DL", "thí điểm bản đồ du lịch số tại khu vực trung tâm", "báo cáo thí điểm"),
    ("NQ57", "H29.NNMT", "lắp đặt mạng cảm biến quan trắc chất lượng nước tại các tuyến kênh chính", "biên bản nghiệm thu"),
    ("NQ57", "H29.YT", "triển khai hồ sơ bệnh án điện tử tại toàn bộ bệnh viện công lập", "báo cáo triển khai"),
    ("ĐA204", "H29.VP", "triển khai phòng họp không giấy tại các cuộc họp định kỳ của Ủy ban nhân dân Thành phố", "báo cáo sử dụng"),
    ("ĐA204", "H29.VP", "chuẩn hóa danh mục báo cáo định kỳ và cắt giảm báo cáo trùng lặp", "danh mục báo cáo"),
    ("ĐA204", "H29.NV", "ban hành bộ tiêu chí đánh giá mức độ chuyển đổi số của cơ quan, đơn vị", "bộ tiêu chí"),
    ("ĐA204", "H29.NV", "tổ chức tập huấn kỹ năng số cho cán bộ, công chức cấp xã", "danh sách tập huấn"),
    ("ĐA204", "H29.NV", "cập nhật hồ sơ cán bộ, công chức, viên chức lên cơ sở dữ liệu dùng chung", "báo cáo cập nhật"),
    ("ĐA204", "H29.TT", "kiểm tra việc cập nhật tiến độ nhiệm vụ trên hệ thống của các sở, ngành", "kết luận kiểm tra"),
    ("ĐA204", "H29.DTTG", "số hóa danh mục cơ sở tín ngưỡng, tôn giáo trên địa bàn", "danh mục số"),
    ("ĐA204", "H29.VHTT", "xây dựng kho dữ liệu di tích, di sản và cấp mã định danh", "kho dữ liệu"),
    ("ĐA06", "H29.CA", "đối soát dữ liệu chủ sử dụng đất với cơ sở dữ liệu quốc gia về dân cư", "biên bản đối soát"),
    ("ĐA06", "H29.CA", "hoàn thành cấp tài khoản định danh điện tử cho công dân đủ điều kiện", "báo cáo kết quả"),
    ("ĐA06", "H29.TP", "số hóa sổ hộ tịch lịch sử và chuyển vào cơ sở dữ liệu hộ tịch điện tử", "biên bản bàn giao"),
    ("ĐA06", "H29.TP", "công bố danh mục thủ tục hành chính không phụ thuộc địa giới hành chính", "quyết định công bố"),
    ("ĐA06", "H29.NNMT", "làm sạch dữ liệu đất đai thuộc nhóm cần bổ sung, chỉnh sửa", "báo cáo làm sạch"),
    ("ĐA06", "H29.NNMT", "kết nối cơ sở dữ liệu đất đai với trục chia sẻ dữ liệu của Thành phố", "biên bản kết nối"),
    ("ĐA06", "H29.YT", "tích hợp sổ sức khỏe điện tử lên ứng dụng định danh quốc gia", "báo cáo tích hợp"),
    ("ĐA06", "H29.CT", "chuẩn hóa dữ liệu hộ kinh doanh và đối chiếu với mã số thuế", "báo cáo chuẩn hóa"),
    ("ĐA06", "79-CX", "rà soát, cập nhật dữ liệu dân cư biến động trên địa bàn", "báo cáo cập nhật"),
    ("ĐA06", "79-CX", "bố trí điểm hỗ trợ người dân thực hiện dịch vụ công trực tuyến", "ảnh và biên bản"),
    ("ĐA06", "79-CX", "số hóa kết quả giải quyết thủ tục hành chính còn hiệu lực", "báo cáo số hóa"),
    ("ĐA204", "79-CX", "hoàn thiện hạ tầng mạng và trang thiết bị công nghệ thông tin theo danh mục được duyệt", "biên bản nghiệm thu"),
    ("ĐA204", "79-CX", "cử cán bộ tham gia tập huấn kỹ năng số theo lịch của Thành phố", "danh sách tham gia"),
    ("NQ57", "79-CX", "thành lập tổ công nghệ số cộng đồng tại khu phố, ấp", "quyết định thành lập"),
]  # fmt: skip

# (category code prefix is resolved by the definitions) category → what people write
REPORTS: dict[str, list[str]] = {
    "flooding": [
        "Mưa chừng nửa tiếng là đoạn đường trước nhà ngập hơn hai gang tay, nước rút rất chậm.",
        "Miệng cống đầu hẻm bị rác bít kín, nước tràn vào nhà mấy hộ cuối hẻm.",
        "Triều cường tuần này làm nước dâng qua vỉa hè, xe máy chết máy hàng loạt.",
    ],
    "road": [
        "Mặt đường có ổ gà lớn ngay chỗ quẹo, tối hôm qua có người té xe.",
        "Nắp hố ga bị bể, người dân phải cắm cành cây để cảnh báo.",
        "Vỉa hè bị lấn chiếm để xe, người đi bộ phải xuống lòng đường.",
    ],
    "waste": [
        "Rác sinh hoạt chất đống ở góc đường ba ngày chưa thấy thu gom.",
        "Có xe ba gác đổ xà bần trộm vào ban đêm ở bãi đất trống.",
        "Thùng rác công cộng hư nắp, mùi hôi ảnh hưởng trường học bên cạnh.",
    ],
    "lighting": [
        "Dãy đèn đường tắt ba đêm liền, đoạn này hay có giật đồ.",
        "Trụ đèn bị nghiêng, dây điện sà thấp ngang đầu người.",
    ],
    "noise": [
        "Quán ăn hát loa kéo đến gần nửa đêm, nhà có người già không ngủ được.",
        "Công trình thi công bằng máy khoan lúc 5 giờ sáng.",
    ],
    "procedures": [
        "Tôi nộp hồ sơ trực tuyến đã quá ngày hẹn mà chưa có thông báo.",
        "Hệ thống báo lỗi khi thanh toán lệ phí, nộp lại nhiều lần không được.",
        "Cán bộ yêu cầu nộp thêm bản giấy dù đã nộp bản điện tử.",
    ],
    "construction": [
        "Nhà bên cạnh xây lấn ra phần hẻm chung, vật liệu chắn lối đi.",
        "Công trình không che chắn, bụi bay khắp khu phố.",
    ],
    "other": [
        "Trạm xe buýt không có mái che, bảng giờ chạy bị rách.",
        "Cây xanh nghiêng sát mái nhà, mùa mưa này rất lo.",
    ],
}

ANSWERS = [
    "Đơn vị đã kiểm tra thực tế và xử lý xong, có ảnh kèm theo. Anh, chị vui lòng kiểm tra lại giúp.",
    "Tổ hạ tầng đã đến hiện trường, khắc phục trong ngày. Cảm ơn anh, chị đã báo tin.",
    "Nội dung đã được giải quyết theo quy định; kết quả đã gửi qua tin nhắn cho anh, chị.",
]
PROGRESS = [
    "Đã khảo sát hiện trường, đang bố trí nhân lực.",
    "Đã lập phương án, chờ vật tư.",
]
BOTTLENECKS = [
    "Chưa có hướng dẫn định mức, chờ sở chuyên ngành trả lời.",
    "Đấu thầu lần một không có nhà thầu tham gia.",
    "Thiếu nhân sự chuyên trách công nghệ thông tin.",
    "Dữ liệu nguồn chưa được bàn giao đầy đủ.",
]
RETURNS = ["Báo cáo chưa kèm biên bản nghiệm thu.", "Số liệu chưa khớp với hệ thống, đề nghị đối chiếu lại."]

STREETS = (
    "Lê Lợi", "Nguyễn Trãi", "Trần Hưng Đạo", "Lý Thường Kiệt", "Hai Bà Trưng", "Nguyễn Huệ", "Điện Biên Phủ",
    "Cách Mạng Tháng Tám", "Võ Văn Kiệt", "Phạm Văn Đồng", "Nguyễn Văn Linh", "Quang Trung", "Lạc Long Quân", "Âu Cơ",
)  # fmt: skip

# (procedure code, name, working days allowed, share done fully online, department's code or "79-CX")
PROCEDURES: list[tuple[str, str, int, float, str]] = [
    ("2.000815.000.00.00.H29", "Chứng thực bản sao từ bản chính", 1, 0.55, "79-CX"),
    ("1.001193.000.00.00.H29", "Đăng ký khai sinh", 2, 0.86, "79-CX"),
    ("1.000894.000.00.00.H29", "Đăng ký kết hôn", 3, 0.62, "79-CX"),
    ("1.000656.000.00.00.H29", "Đăng ký khai tử", 2, 0.80, "79-CX"),
    ("1.004873.000.00.00.H29", "Cấp giấy xác nhận tình trạng hôn nhân", 3, 0.88, "79-CX"),
    ("1.004222.000.00.00.H29", "Đăng ký thường trú", 7, 0.90, "79-CX"),
    ("1.001612.000.00.00.H29", "Đăng ký thành lập hộ kinh doanh", 3, 0.93, "79-CX"),
    ("1.010736.000.00.00.H29", "Cấp giấy phép xây dựng nhà ở riêng lẻ", 20, 0.71, "79-CX"),
    ("1.012753.000.00.00.H29", "Đăng ký biến động đất đai", 10, 0.66, "H29.NNMT"),
    ("1.009972.000.00.00.H29", "Thẩm định thiết kế xây dựng", 25, 0.74, "H29.XD"),
    ("2.001610.000.00.00.H29", "Đăng ký thành lập doanh nghiệp", 3, 0.99, "H29.TC"),
    ("1.003562.000.00.00.H29", "Cấp chứng chỉ hành nghề khám bệnh, chữa bệnh", 20, 0.83, "H29.YT"),
    ("2.000488.000.00.00.H29", "Cấp phiếu lý lịch tư pháp", 10, 0.92, "H29.TP"),
    ("1.005098.000.00.00.H29", "Xét công nhận bằng tốt nghiệp", 5, 0.87, "H29.GDDT"),
    ("1.001998.000.00.00.H29", "Cấp giấy phép lao động cho người nước ngoài", 10, 0.81, "H29.NV"),
    ("2.000637.000.00.00.H29", "Cấp giấy phép bán lẻ hàng hóa có điều kiện", 10, 0.90, "H29.CT"),
    ("1.004628.000.00.00.H29", "Cấp thẻ hướng dẫn viên du lịch", 10, 0.95, "H29.DL"),
    ("1.003738.000.00.00.H29", "Cấp giấy phép tổ chức biểu diễn nghệ thuật", 7, 0.89, "H29.VHTT"),
]  # fmt: skip
