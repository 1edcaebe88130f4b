"""Named things as plans of other offices write them; sentences made for these tests."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innograph.graph.regions import region_table
from innograph.loaders.document import Span, document_of_lines
from innograph.loaders.plan.names.reader import read_named
from innograph.loaders.plan.structure.outline import sentences

HOME = region_table()["652301"]


def names(text: str, *categories: str) -> list[str]:
    document = document_of_lines("a", text)
    mentions = read_named(document, sentences(document, Span(0, len(text)))).mentions
    return [m.name for m in mentions if m.category in categories or (not categories and m.category != "Region")]


def test_the_bare_name_of_a_county_is_a_place_at_home() -> None:
    text = "建设德清农产品冷链物流中心和合作创新中心。"
    document = document_of_lines("a", text)
    at_home = read_named(document, [Span(0, len(text))], region_table()["330521"]).mentions
    assert [m.name for m in at_home if m.category == "Platform"] == ["德清农产品冷链物流中心"]
    assert names(text, "Platform") == []


def cooperations(text: str, *, at_home: bool = False) -> list[tuple[str, str, str, str]]:
    document = document_of_lines("a", text)
    found = read_named(document, [Span(0, len(text))], HOME if at_home else None)
    return [(c.kind, c.left.name, c.right.name, c.subject) for c in found.cooperations]


def tiers(text: str) -> list[tuple[str, ...]]:
    document = document_of_lines("a", text)
    return [ladder.tiers for ladder in read_named(document, [Span(0, len(text))]).ladders]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("对接汉江银行、中国进出口银行和农业发展银行下调费率。", ["汉江银行", "中国进出口银行", "农业发展银行"]),
        ("支持晋安农商行利用再贷款。", ["晋安农商行"]),
        ("省融资再担保有限公司减半收费。", ["省融资再担保有限公司"]),
        ("引进华为、腾讯建设研发中心。", ["华为", "腾讯"]),
        ("推进中国联通（福建）数据基地建设。", ["中国联通（福建）"]),
        ("鼓励中国信保福建分公司提供保障。", ["中国信保福建分公司"]),
        ("支持山河智造、远方光能等龙头企业扩产。", ["山河智造", "远方光能"]),
        ("以东湖重工、长风机电为龙头，延伸链条。", ["东湖重工", "长风机电"]),
        ("依托天成牧业、水木等科普教育基地开展研学。", ["天成牧业", "水木"]),
        ("推动长风机电联合新疆大学开展攻关。", ["长风机电"]),
        ("学习宁波小橙子云服务模式。", ["宁波小橙子"]),
        ("支持汽车、家电等龙头企业上云。", []),
        ("引导股份制商业银行、承办银行和中型企业集团到场。", []),
        ("利用人民银行再贷款，设立场景公司。", []),
        ("支持桐城市绿源农机专业合作社扩产。", ["桐城市绿源农机专业合作社"]),
        ("发展桐城市蔬菜专业合作社、供销合作社和“公司+合作社”。", []),
        ("依托商会、学校、研究机构等力量。", []),
        ("依托温泉疗养、湿地观光等资源优势。", []),
        ("推动海洋渔业、冷链物流等领域配送企业结对。", []),
        ("推动5G、工业网关等技术在企业应用。", []),
        ("支持龙头企业与新疆大学合作。", []),
        ("支持无锡和泰电子有限公司扩产。", ["无锡和泰电子有限公司"]),
        ("推动合肥和远江电子有限公司合作。", ["远江电子有限公司"]),
        ("走访无锡、合肥和远江电子有限公司。", ["远江电子有限公司"]),
        ("支持远江电子有限公司帮扶中国某某研究所。", ["远江电子有限公司"]),
        ("支持无锡仿生机械创新中心有限公司扩产。", ["无锡仿生机械创新中心有限公司"]),
    ],
)
def test_enterprises(text: str, expected: list[str]) -> None:
    assert names(text, "Enterprise") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持新疆大学和田学院建设。", ["新疆大学和田学院"]),
        ("依托国家桥梁发展研究中心开展评估。", ["国家桥梁发展研究中心"]),
        ("与中国热带茶叶研究院、中国科学院苏州纳米所洽谈。", ["中国热带茶叶研究院", "中国科学院苏州纳米所"]),
        ("对接清华、上海交大和安徽农大。", ["清华", "上海交大", "安徽农大"]),
        ("支持宁波材料所设立分支机构。", ["宁波材料所"]),
        ("推动州人民医院同华西医院合作。", ["州人民医院", "华西医院"]),
        ("落户岳麓山地理实验室。", ["岳麓山地理实验室"]),
        ("支持高等院校、职业学院、附属医院、农业大学和产业技术研究院发展。", []),
        ("国家标准研究中心、国家检测中心布点。", []),
        ("落实《某某大学发展规划》。", []),
        ("二级以上公立医院全部接入。", []),
        ("对接中国科学院苏州冶金技术与工程研究所。", ["中国科学院苏州冶金技术与工程研究所"]),
        ("依托湖北清江实验室攻关。", ["湖北清江实验室"]),
        ("联合江阴市水产科研所攻关。", ["江阴市水产科研所"]),
        ("与楚水大学、苏北职业技术学院联办杨梅产业学院。", ["楚水大学", "苏北职业技术学院", "杨梅产业学院"]),
        ("支持远江电子有限公司联手中国科学院声学研究所。", ["中国科学院声学研究所"]),
        ("支持远江电子有限公司帮扶中国声光研究所。", ["中国声光研究所"]),
        ("筹建徐州智能装备与储能材料江苏省实验室。", ["徐州智能装备与储能材料江苏省实验室"]),
        ("推动江苏省实验室体系建设，支持徐州企业与南京大学合作。", ["南京大学"]),
    ],
)
def test_institutes(text: str, expected: list[str]) -> None:
    assert names(text, "Institute") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依托齐鲁大数据中心，建立齐鲁大数据中心农业分平台。", ["齐鲁大数据中心", "齐鲁大数据中心农业分平台"]),
        ("建设国家级工业互联网直联点。", ["国家级工业互联网直联点"]),
        ("建设中国移动（福建）大数据产业园。", ["中国移动（福建）大数据产业园"]),
        ("共建长三角现代农业一体化发展示范区。", ["长三角现代农业一体化发展示范区"]),
        ("充分利用闽政通、政务网等平台。", ["闽政通"]),
        ("推进赣江新区、合肥高新区、石河子经济技术开发区建设。", ["合肥高新区", "石河子经济技术开发区"]),
        ("支持高新区和省级开发区发展。", []),
        ("依托清江大学建设低温铸造中试基地。", ["低温铸造中试基地"]),
        ("联合苏北工学院共建轻质合金联合实验室。", ["轻质合金联合实验室"]),
        ("支持企业建设轻质合金联合实验室和中试基地。", []),
        (
            "接入“云海·链网”超级节点（武汉）和标识解析二级节点（陶瓷行业）。",
            ["“云海·链网”超级节点（武汉）", "标识解析二级节点（陶瓷行业）"],
        ),
        ("接入国家水土保持监测系统，争取国家开放申报系统。", ["国家水土保持监测系统"]),
        ("推进莫干山高新区、苏北高端装备加工园区建设。", ["莫干山高新区", "苏北高端装备加工园区"]),
        ("建设省级专家工作站、国家区域医疗中心、国际消费中心城市。", []),
        ("推动“魔方社区”等开源平台开放。", ["魔方社区"]),
        ("打造“六港”智慧物流平台。", ["“六港”智慧物流平台"]),
        ("发挥全省农村产权综合交易服务平台作用。", ["全省农村产权综合交易服务平台"]),
        ("依托国家低温铸造应用（渔业）中试基地。", ["国家低温铸造应用（渔业）中试基地"]),
        ("建设一批区县特色型冷链调度平台。", []),
        ("建设区域级冷链调度综合服务平台。", []),
        ("全省农业大数据综合服务平台覆盖面提高。", []),
        ("建设7个省级冷链装备创新中心。", []),
        ("打造全球优质水产示范基地。", []),
        ("发挥协会独特渠道优势和平台作用。", []),
        ("推动农户上云上平台。", []),
        ("打造“开源社区+数据空间+数据交易平台”一体化体系。", []),
        ("建设“5G+工业互联网”应用示范基地。", []),
        ("接入江苏科研仪器共享网，依托常州锂电配套园。", ["江苏科研仪器共享网", "常州锂电配套园"]),
        ("建设余姚抽水蓄能电站、无锡边缘计算节点。", ["余姚抽水蓄能电站", "无锡边缘计算节点"]),
        ("建好义乌数字大市场，升级常州邮轮母港。", ["义乌数字大市场", "常州邮轮母港"]),
        ("建设长三角水稻种质资源库常州分库、太湖生命岛。", ["长三角水稻种质资源库常州分库", "太湖生命岛"]),
        ("打造九龙湖科创区、远江航天港研学基地。", ["九龙湖科创区", "远江航天港研学基地"]),
        (
            "对接国家技术交易西部中心、国家海水稻创新中心常州中心。",
            ["国家技术交易西部中心", "国家海水稻创新中心常州中心"],
        ),
        ("用好中德创新合作平台、上合组织农业技术合作园。", ["中德创新合作平台", "上合组织农业技术合作园"]),
        ("支持江苏大学共建先进纤维联合攻关平台。", ["先进纤维联合攻关平台"]),
        ("升级危险化学品全流程智慧监管系统。", ["危险化学品全流程智慧监管系统"]),
        ("建设内河航道遥感监测数据中心，推广“楚才码”。", ["内河航道遥感监测数据中心", "楚才码"]),
        ("建立危险化学品全流程智慧监管系统，建设大数据中心，推广“一人一码”。", []),
        ("建设一批创新区和配套园，融入全国统一大市场，完善批发市场布局。", []),
        ("推进江苏光伏电站开发，完善江苏数据资源库管理，发展江苏东部中心城市。", []),
        ("推动杭州市场监管改革，加快江苏省实验室布局，改善中老年健康平台。", []),
    ],
)
def test_platforms(text: str, expected: list[str]) -> None:
    assert names(text, "Platform") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("纳入新时代“楚水英才计划”等人才计划。", ["楚水英才计划"]),
        ("实施“云岭登峰计划”，引进高层次人才。", ["云岭登峰计划"]),
        ("推行科技副总，落实科技特派员制度。", ["科技副总", "科技特派员制度"]),
        ('实施"楚水名师"培养计划，选派科技特派员30人次。', ["“楚水名师”培养计划", "科技特派员"]),
        ("开展“千名学子归楚”专项行动和万名工匠培训工程。", ["“千名学子归楚”专项行动", "万名工匠培训工程"]),
        ("申报国家人才计划和各类人才工程。", []),
        ("实施“村村通计划”，改善道路。", []),
        ("实施“百舸计划”和“楚水青松”专项，探索以赛引才。", ["百舸计划", "“楚水青松”专项"]),
        ("推进“果秀才”培育工程，实施“登云”支持计划引进博士。", ["“果秀才”培育工程", "“登云”支持计划"]),
        ("实施“百舸计划”，新建码头3座。", []),
        ("实施“雏鹰”企业培育计划和“四大工程”，完善人才体系。", []),
        ("设立博士后科研工作站，到年底前实现行政村科技特派员全覆盖。", ["博士后科研工作站"]),
    ],
)
def test_talent_programmes(text: str, expected: list[str]) -> None:
    assert names(text, "TalentProgram") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("利用世界农机大会等平台推介。", ["世界农机大会"]),
        ("参加中国国际进口博览会、广交会。", ["中国国际进口博览会", "广交会"]),
        ("开展文化之春、三下乡、科技活动周等活动。", ["文化之春", "三下乡", "科技活动周"]),
        ("开展科普大篷车进校园、春耕大走访等活动。", ["科普大篷车进校园", "春耕大走访"]),
        ("依托“百行千企”融资专项行动。", ["“百行千企”融资专项行动"]),
        ("组织“百园千企行”活动。", ["“百园千企行”活动"]),
        ("开展“安全生产月”、全国低碳日和“楚水采茶季”宣传。", ["安全生产月", "全国低碳日", "楚水采茶季"]),
        ("坚持“创新发展”，推行“首问日”，设立“一委一会”，法定节假日除外。", []),
        ("全国统一工作日、国家法定节假日照常服务。", []),
        ("组织读书沙龙、校企专题对接会、各类技能大赛等活动。", []),
        ("开展跨流域合作、驻点招商等水产活动。", []),
        ("各部门采取统一行动，提交会议审议。", []),
        ("绿色铸造提标行动。", []),
        ("实施“互联网+”行动。", []),
        ("落实《关于某某三年行动的意见》。", []),
        ("举办余姚杨梅节、四明山樱花节和宁波时装周。", ["余姚杨梅节", "四明山樱花节", "宁波时装周"]),
        ("办好无锡人才创业周，承办第三届常州车展。", ["无锡人才创业周", "第三届常州车展"]),
        ("组织贫困地区开展培训，参加本地展会，办好各环节，组织企业参展。", []),
        ("常州杨梅节期间加强周边环境治理。", []),
    ],
)
def test_events(text: str, expected: list[str]) -> None:
    assert names(text, "Event") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支持合肥、芜湖发展。", ["合肥市", "芜湖市"]),
        ("加强与沪苏浙的合作，融入长三角。", ["上海市", "江苏省", "浙江省", "长三角"]),
        (
            "推进赣江新区、合肥高新区、石河子经济技术开发区建设。",
            ["赣江新区", "合肥市"],
        ),
        ("建设丝绸之路经济带核心区。", ["丝绸之路经济带核心区"]),
        ("支持朝阳区和高新区发展。", []),
        ("支持北京市朝阳区发展。", ["北京市", "北京市朝阳区"]),
        ("支持江西银行和北京大学发展。", []),
    ],
)
def test_regions(text: str, expected: list[str]) -> None:
    assert names(text, "Region") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("发展壮大文化旅游、健康养老、现代物流三大产业。", ["文化旅游", "健康养老", "现代物流"]),
        ("聚焦集成电路、新型显示等领域攻关。", ["集成电路", "新型显示"]),
        ("以纺织服装、绿色食品为主导产业。", ["纺织服装", "绿色食品"]),
        ("推动市内陶瓷、铸造等重点行业改造。", ["陶瓷", "铸造"]),
        ("用工较多的家政服务、托育看护等行业。", ["家政服务", "托育看护"]),
        ("大力发展云计算、物联网等新一代信息技术产业。", ["云计算", "物联网"]),
        ("做大做强葡萄酒、番茄和棉花产业。", ["葡萄酒", "番茄", "棉花"]),
        ("大力发展现代畜牧业。", ["现代畜牧业"]),
        ("培育茶叶和菌菇加工、中药饮片等产业。", ["中药饮片"]),
        ("在巡检过程、设备报修、能耗核算等领域应用。", []),
        ("培育创药、醇基燃料、干花快速成形等赛道。", ["创药", "醇基燃料"]),
        ("推动设计研发、经营管理等产品的产业化。", []),
        ("大力发展特色产业、优势产业。", []),
        ("开展蚕桑洽谈、驻点招商等产业活动。", []),
    ],
)
def test_industries(text: str, expected: list[str]) -> None:
    assert names(text, "Industry") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "推动江南大学与某某食品有限公司共建酿造联合实验室。",
            [("校企", "江南大学", "某某食品有限公司", "酿造联合实验室")],
        ),
        ("支持新疆农科院和昌吉市签约。", [("院地", "新疆农科院", "昌吉市", "")]),
        ("推动东湖重工有限公司联合长风机电有限公司攻关。", [("企企", "东湖重工有限公司", "长风机电有限公司", "")]),
        (
            "推动新疆大学、石河子大学与华为合作。",
            [("校企", "新疆大学", "华为", ""), ("校企", "石河子大学", "华为", "")],
        ),
        (
            "推动中国科学院与新疆大学、华为技术有限公司开展育种合作。",
            [("校院", "中国科学院", "新疆大学", "育种"), ("院企", "中国科学院", "华为技术有限公司", "育种")],
        ),
        ("深化中国农科院—三明市茶叶合作。", [("院地", "中国农科院", "三明市", "茶叶")]),
        ("推动中国科学院和中国农科院向昌吉市集聚。", []),
        ("鼓励企业与高校合作。", []),
        ("支持大型企业与新疆大学合作。", []),
        ("访问新疆大学与华为。", []),
    ],
)
def test_cooperations(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert cooperations(text) == expected


def test_the_side_left_unsaid_is_the_plans_own_region() -> None:
    text = "加强与中国农科院、三明市等单位的合作。"
    assert cooperations(text) == []
    assert cooperations(text, at_home=True) == [("院地", "昌吉市", "中国农科院", ""), ("地地", "昌吉市", "三明市", "")]
    assert cooperations("鼓励企业与新疆大学合作。", at_home=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("形成初创企业→科技型企业→领军企业的链条。", [("初创企业", "科技型企业", "领军企业")]),
        ("构建“微型企业—小型企业—规上企业—上市企业”成长链。", [("微型企业", "小型企业", "规上企业", "上市企业")]),
        ("推动科技型中小企业、高新技术企业、领军企业梯次培育。", [("科技型中小企业", "高新技术企业", "领军企业")]),
        ("由初创企业到科技型企业到瞪羚企业逐级提升。", [("初创企业", "科技型企业", "瞪羚企业")]),
        ("形成选种试种—示范种植—大田推广的链条。", []),
        ("支持小微企业、外贸企业、高校发展。", []),
        ("服务小微企业—大型企业。", []),
    ],
)
def test_ladders(text: str, expected: list[tuple[str, ...]]) -> None:
    assert tiers(text) == expected


def test_a_name_too_long_to_be_one_is_none() -> None:
    assert names("甲" * 40 + "有限公司。") == []


PIECES = st.lists(
    st.sampled_from(
        [
            *"“”（）《》、，。—→与和同的在等以为大市区",
            "依托", "推动", "学习", "发展", "聚焦", "共建", "合作", "联合", "开展", "活动", "梯度", "逐级", "主导产业", "等产业",
            "等企业", "等平台", "等科普教育基地", "某某", "新疆", "北京", "朝阳区", "沪苏浙", "杭州", "桐乡", "和田学院", "新疆大学",
            "中科院", "华为", "中国电信", "（安徽）", "云服务模式", "有限公司", "银行", "平台", "实验室", "人才计划", "博览会",
            "初创企业", "新材料", "1万亩", "产业园", "三大", "数据中心", "\n",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


@settings(deadline=timedelta(seconds=2))
@given(PIECES | st.text(max_size=200))
def test_every_name_is_written_in_its_sentence(text: str) -> None:
    document = document_of_lines("a", text)
    spans = sentences(document, Span(0, len(text)))
    found = read_named(document, spans, HOME)
    for mention in found.mentions:
        assert mention.span in spans
        assert 0 < mention.confidence <= 1
        written = document.folded[mention.span.start : mention.span.end]
        assert mention.name in written or (mention.category == "Region" and region_table().split_head(mention.name))
    for cooperation in found.cooperations:
        assert cooperation.left.name != cooperation.right.name
        assert set(cooperation.kind) <= set("校院企地")
    assert all(len(ladder.tiers) > 2 for ladder in found.ladders)


@pytest.mark.parametrize(
    "piece",
    ["“", "”甲", "（甲", "《甲", "、甲等企业", "企业—", "企业→", "与北京", "北京、", "北京与合作", "学习北京甲", "三大中心", "1亩",
     "“甲”活动", "开展甲、", "沪苏", "杭州—桐乡—", "聚焦甲、乙", "以甲为", "企业、", "企业逐级", "华为（安徽）", "推动某甲与清华大学",
     "依托甲平台", "北京高新区", "与某公司合作", "国家研究中心", "中科院甲所", "“甲会”", "全国甲日", "千人", "甲节点（", "联合实验室", "共建甲联合实验室", "大学", "甲\""],
)  # fmt: skip
def test_reading_takes_linear_time(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        document = document_of_lines("a", text)
        start = time.process_time()
        read_named(document, [Span(0, len(text))], HOME)
        return time.process_time() - start

    small, large = (min(seconds(times) for _ in range(2)) for times in (500, 3000))
    assert large < 20 * small + 0.2
