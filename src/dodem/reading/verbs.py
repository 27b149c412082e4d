"""The verbs of administrative work, and the adverbs that stand before them, in alphabetical order."""


def _vocabulary(table: str) -> str:
    return "|".join(" ".join(words.split()) for words in table.split("|"))


ACTIONS = _vocabulary(
    """
    ban hành | biên soạn | biểu dương | bàn giao | bám sát | báo cáo | bãi bỏ | bảo trì | bảo vệ | bảo đảm |
    bố trí | bồi dưỡng | bổ nhiệm | bổ sung | bứt phá | chi trả | chia sẻ | cho phép | chuyển | chuyển đổi |
    chuẩn bị | chuẩn hoá | chuẩn hóa | chăm lo | chăm sóc | chấm dứt | chấn chỉnh | chấp hành | chỉ đạo |
    chỉ định | chỉnh lý | chỉnh trang | chịu trách nhiệm | chọn | chốt | chủ trì | cung cấp | cân đối | công
    bố | công khai | cưỡng chế | cải cách | cải thiện | cải tiến | cải tạo | cảnh báo | cấp | cấp phép | cập
    nhật | cắt bỏ | cắt giảm | cụ thể | cụ thể hóa | củng cố | cử | di chuyển | di dời | duy trì | dừng | dự
    báo | ghi nhận | giao | giám sát | giải ngân | giải phóng | giải quyết | giải trình | giảm | giới thiệu
    | giữ | giữ vững | góp ý | gương mẫu | gắn | gửi | hiện đại hoá | hiện đại hóa | hoàn chỉnh | hoàn thiện
    | hoàn thuế | hoàn thành | hoàn trả | hoàn tất | hoạch định | huy động | hình thành | hướng dẫn | hạn
    chế | hỗ trợ | hợp tác | khai báo | khai thác | khai trương | khen thưởng | khoanh vùng | khuyến khích |
    khuyến nghị | khám | khôi phục | không được | không để | khơi dậy | khơi thông | khảo nghiệm | khảo sát
    | khắc phục | khởi công | khởi động | kiến nghị | kiến tạo | kiểm soát | kiểm tra | kiện toàn | kê khai
    | ký | ký kết | kết hợp | kết nối | lan tỏa | liên kết | liên thông | luân chuyển | làm | làm giàu | làm
    rõ | làm sạch | lãnh đạo | lưu trữ | lưu ý | lấy ý kiến | lập | lắp đặt | lồng ghép | lựa chọn | minh
    bạch | mua sắm | mời gọi | mở | mở rộng | nghiêm túc | nghiên cứu | nghiệm thu | ngăn chặn | ngừng |
    nhân rộng | nhập | niêm yết | nuôi dưỡng | nâng | nâng cao | nâng cấp | nêu cao | nắm | nộp | phát hiện
    | phát huy | phát triển | phát động | phân bổ | phân công | phân cấp | phân loại | phân tích | phê duyệt
    | phòng chống | phòng ngừa | phòng, chống | phấn đấu | phối hợp | phổ biến | phổ cập | phục vụ | phủ |
    phủ sóng | quan tâm | quy hoạch | quyết liệt | quyết toán | quyết tâm | quyết định | quán triệt | quản
    lý | rà soát | rút | rút kinh nghiệm | rút ngắn | sơ kết | sơ tán | sắp xếp | số hoá | số hóa | sử dụng
    | sửa chữa | sửa đổi | tham gia | tham mưu | thanh lý | thanh toán | thanh tra | thay thế | thay đổi |
    theo dõi | thiết kế | thiết lập | thu | thu gom | thu hút | thu hồi | thu thập | thành lập | tháo gỡ |
    thí điểm | thích ứng | thông báo | thông qua | thúc đẩy | thương mại hóa | thẩm tra | thẩm định | thể
    chế hóa | thống kê | thống nhất | thử nghiệm | thực hiện | thực hành | tinh gọn | tiêm | tiến hành |
    tiếp nhận | tiếp thu | tiết kiệm | tra cứu | trang bị | trao đổi | triển khai | truyền thông | tránh |
    trình | trả lời | trồng | tuyên truyền | tuyển | tuyển chọn | tuyển dụng | tuân thủ | tái cơ cấu | tái
    cấu trúc | tái thiết | tìm | tích hợp | tính toán | tôn vinh | tăng | tăng cường | tư vấn | tạm dừng |
    tạo | tạo điều kiện | tạo đột phá | tận dụng | tập huấn | tập hợp | tập trung | tối ưu | tổ chức | tổng
    hợp | tổng kết | tổng rà soát | tự kiểm tra | vươn | vận chuyển | vận hành | vận động | xem lại | xem
    xét | xác minh | xác thực | xác định | xây | xây dựng | xóa bỏ | xúc tiến | xử lý | xử phạt | yêu cầu |
    áp dụng | đi đầu | điều chỉnh | điều tra | đo lường | đo đạc | đào tạo | đánh giá | đánh số | đính chính
    | đóng góp | đóng vai trò | đôn đốc | đăng ký | đăng tải | đơn giản hóa | đưa | đưa vào | đảm bảo | đấu
    thầu | đầu tư | đẩy mạnh | đẩy nhanh | đặt hàng | đề ra | đề xuất | định hướng | đối chiếu | đối soát |
    đồng bộ | đồng bộ hóa | đổi mới | động viên | ưu tiên | ủy quyền | ứng dụng | ứng phó
    """
)
ADVERBS = _vocabulary(
    """
    chịu trách nhiệm | chủ trì | chủ động | còn | có giải pháp | có kế hoạch | có trách nhiệm | căn cứ |
    cũng | cương quyết | cần | cần phải | gấp rút | hàng năm | hàng quý | hàng tháng | hằng năm | hằng quý |
    hằng tháng | hằng tuần | không | không ngừng | khẩn trương | kiên quyết | kịp thời | linh hoạt | lập tức
    | mạnh dạn | ngay | nghiêm túc | nhanh chóng | nhất là | nỗ lực | phải | phối hợp | quyết liệt | sẽ |
    sớm | thường xuyên | thật sự | thực sự | tiếp tục | toàn diện | trước mắt | trực tiếp | tuyệt đối | tích
    cực | tập trung | tối đa | từng bước | đang | định kỳ | đồng bộ | đồng thời | ưu tiên
    """
)
