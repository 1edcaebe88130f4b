"""Which names are certainly a body's, and of which kind it is."""

from __future__ import annotations

import pytest
from body_samples import CITY

from innograph.graph.bodies import Body, identify, kind_of


class TestKinds:
    @pytest.mark.parametrize(
        ("name", "label"),
        [
            ("之江实验室", "Institute"),
            ("省农科院", "Institute"),
            ("省电力公司", "Enterprise"),
            ("省铁塔公司", "Enterprise"),
            ("市投资集团", "Enterprise"),
            ("国家开发银行某某分行", "Enterprise"),
            ("人行浙江省分行", "Department"),
            ("银保监会", "Department"),
            ("赣江新区管委会", "Department"),
            ("省统筹某某河道整治专项工作组", "Department"),
            ("省统筹某某河道整治工作专班成员单位", "Collective"),
            ("市优化营商环境工作领导小组办公室", "Department"),
            ("城乡建设局", "Department"),
            ("区大数据中心", "Department"),
            ("大西渠镇", "Department"),
            ("各县（市、区）党委和政府", "Collective"),
            ("各市、县（市、区）人民政府", "Collective"),
            ("相关市人民政府", "Collective"),
            ("省级有关单位", "Collective"),
            ("各基础电信企业", "Collective"),
            ("各级国资监管机构", "Collective"),
            ("市属各高校", "Collective"),
            ("驻市高校", "Collective"),
        ],
    )
    def test_names(self, name: str, label: str) -> None:
        assert kind_of(name) == (label, True)

    @pytest.mark.parametrize(
        "prose",
        [
            "构建发展新格局",
            "战略布局",
            "工作部署",
            "国家部委",
            "特事特办",
            "从严查处",
            "美丽乡村",
            "万村",
            "省级工业设计中心",
            "建设创新中心",
            "支持企业建设研究院",
            "推动中国科学院",
            "依托电信",
            "不可移动",
            "建设智能电网",
            "成立市科技创新领导小组",
            "银行要组建服务专班",
            "报市科技局",
            "向省科技厅",
            "由省发改委",
            "核心装备经信局",
            "行业协会",
            "产业联盟",
            "国家重点实验室",
            "国家技术创新中心",
            "高等院校",
            "龙头企业集团",
            "有限公司",
            "公司",
            "各类企业",
            "各项政策",
            "各地要高度重视",
            "各级政府应当",
            "社会各界",
            "组织各类媒体",
            "指导企业向有关部门申请",
            "人行某某中心支行行长",
            "1所",
            "眼病专科",
            "另行通知",
            "市",
            "省内",
        ],
    )
    def test_prose_is_no_certain_body(self, prose: str) -> None:
        assert not kind_of(prose)[1]

    def test_doubt_is_all_that_a_doubtful_name_has(self) -> None:
        assert identify("市蓝天白云", CITY) == Body(
            "Department",
            "Department:652301/蓝天白云",
            "昌吉市蓝天白云",
            "市蓝天白云",
            "蓝天白云",
            "county",
            CITY,
            certain=False,
        )


def test_who_supplies_power_is_an_enterprise() -> None:
    assert [identify(name, CITY).label for name in ("市供电局", "供电局", "市供电所", "市供水局")] == [
        "Enterprise",
        "Enterprise",
        "Enterprise",
        "Department",
    ]


@pytest.mark.parametrize(
    ("name", "certain"),
    [
        ("县经商局", True),
        ("省政府督查室", True),
        ("怀化经开区", True),
        ("南太湖新区", True),
        ("国家级新区", False),
        ("打造产业新区", False),
        ("城市新区", False),
        ("经常性办", False),
    ],
)
def test_names_that_are_certain(name: str, certain: bool) -> None:
    assert kind_of(name)[1] is certain
