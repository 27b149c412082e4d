"""Sample directives: papers in the administrative form, each sentence an order that tasks are made from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from dodem.sample.story import COMMUNE_LEVEL, Place, Story
from dodem.sample.words import ORDERS

KINDS = [("Thông báo", "TB-UBND"), ("Kế hoạch", "KH-UBND"), ("Chỉ thị", "CT-UBND"), ("Kết luận", "KL-BCĐ")]
COMMUNES_PER_ORDER = 9


@dataclass(frozen=True)
class Order:
    """One sentence of a paper and the units it binds; ``start``..``end`` are characters of its text."""

    start: int
    end: int
    title: str
    deliverable: str
    programme: str
    due_on: date | None
    leads: tuple[Place, ...]
    helpers: tuple[Place, ...]


@dataclass
class Paper:
    number: str
    kind: str
    title: str
    issued_on: date
    text: str = ""
    orders: list[Order] = field(default_factory=list)


def make_papers(story: Story) -> list[Paper]:
    """As many papers as the scale asks for, spread over the year, oldest first."""
    chance = story.chance("papers")
    by_code = {place.code: place for place in story.places}
    span = (story.today - story.begins_on).days
    papers = []
    for index in range(story.scale.directives):
        issued_on = story.begins_on + timedelta(days=round(span * (index + 0.3) / story.scale.directives))
        kind, symbol = KINDS[index % len(KINDS)]
        number = f"{index + 101}/{symbol}"
        paper = Paper(
            number=number,
            kind=kind,
            title=f"{kind} về nhiệm vụ chuyển đổi số tháng {issued_on.month}/{issued_on.year} (dữ liệu mẫu)",
            issued_on=issued_on,
        )
        paper.text = heading(paper)
        wanted, place_in_list = story.scale.tasks_per_directive, 0
        for programme, owner, action, deliverable in chance.sample(ORDERS, k=len(ORDERS)):
            if wanted <= 0:
                break
            leads = owners(story, owner, by_code, chance.sample)
            if not leads:
                continue
            place_in_list += 1
            helpers = tuple(
                place for place in chance.sample(list(story.departments), k=2) if place not in leads
            )[: chance.choice([0, 1, 2])]
            due_on = None if chance.random() < 0.04 else issued_on + timedelta(days=chance.randint(20, 110))
            append_order(paper, place_in_list, programme, owner, action, deliverable, due_on, leads, helpers)
            wanted -= len(leads)
        paper.text += "\n\nGiao Cơ quan thường trực theo dõi, đôn đốc việc thực hiện."
        papers.append(paper)
    return papers


def heading(paper: Paper) -> str:
    day = paper.issued_on
    return (
        "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HỒ CHÍ MINH\n"
        f"Số: {paper.number}\n"
        f"Thành phố Hồ Chí Minh, ngày {day.day:02d} tháng {day.month:02d} năm {day.year}\n\n"
        f"{paper.kind.upper()}\n"
        "Về nhiệm vụ trọng tâm chuyển đổi số (văn bản mẫu, không có giá trị pháp lý)\n\n"
        "Để bảo đảm tiến độ thực hiện các chương trình, Ủy ban nhân dân Thành phố yêu cầu:\n"
    )


def owners(story: Story, owner: str, by_code: dict[str, Place], sample: object) -> tuple[Place, ...]:
    if owner == COMMUNE_LEVEL:
        count = min(COMMUNES_PER_ORDER, len(story.communes))
        return tuple(sample(list(story.communes), k=count))  # type: ignore[operator]
    return (by_code[owner],) if owner in by_code else ()


def append_order(
    paper: Paper,
    number: int,
    programme: str,
    owner: str,
    action: str,
    deliverable: str,
    due_on: date | None,
    leads: tuple[Place, ...],
    helpers: tuple[Place, ...],
) -> None:
    """Add one numbered sentence to the paper and remember where it stands."""
    who = "Ủy ban nhân dân các xã, phường, đặc khu" if owner == COMMUNE_LEVEL else leads[0].name
    with_whom = f" chủ trì, phối hợp với {' và '.join(place.name for place in helpers)}" if helpers else ""
    until = f", hoàn thành trước ngày {due_on:%d/%m/%Y}" if due_on else ", sớm hoàn thành"
    prefix = f"\n{number}. "
    sentence = f"{who}{with_whom} {action} theo {programme_name(programme)}{until}"
    start = len(paper.text) + len(prefix)
    paper.text += f"{prefix}{sentence}."
    paper.orders.append(
        Order(
            start=start,
            end=start + len(sentence),
            title=action[0].upper() + action[1:],
            deliverable=deliverable,
            programme=programme,
            due_on=due_on,
            leads=leads,
            helpers=helpers,
        )
    )


def programme_name(code: str) -> str:
    return {"NQ57": "Nghị quyết 57", "ĐA204": "Đề án 204", "ĐA06": "Đề án 06"}[code]
