"""The word tables by which named things are recognised: endings that say what a thing is, and words that say it is none.

A name is what stands between a boundary (a verb, a connective, a mark) and an ending. A phrase that any plan could
use of its own class (各类平台, 科研院所) is no name.
"""

from __future__ import annotations

import re

RELATIONS = "依托|支持|推动|推进|引进|建设|打造|对接|利用|发挥|深化|开展|组织|实施|加强|举办|参加|承办|创建|推广|建立|构建|引导|鼓励|围绕|联合|发展|落实|贯彻|扩大|用好|成立|设立|组建|培育|新建|搭建|共建|筹建|筹办|改建|扩建|创办|申报|认定|借助|委托|携手|选派|聘请|主办|协办"

# Words before which a name ends when it is read backwards from its ending.
BOUNDARY = re.compile(
    r"(?:加快建设|加快推进|积极组织|积极推动|充分利用|充分发挥|重点推进|大力发展|主动对接|有效对接|通过|以及|围绕|按照|"
    rf"{RELATIONS}|加快|组织|形成|完善|健全|强化|和|与|及|或|向|在|对|以|为|将|把|让|由|的|等|到|是|至|从|并|入|"
    r"\d年|[，、。；：:;,（）《》\s])"
)

# A single character before which a name ends may as well be part of a longer word: the name it leaves is less certain.
ONE_CHARACTER = re.compile("[和与及或向在对以为将把让由的等到是至从并入]")

# Words that contain a boundary and are none.
_WORDS = (
    "规模以上|以色列|以太|以岭|加强版|合作与|参与|普及|华为|有为|行为|人为|对外|对口|应对|针对性|方向|面向|定向|导向|向阳|"
    "和平|和谐|共和|协和|和睦|和信|颐和|仁和|义和|万和|和顺|饱和|在线|存在|潜在|在职|在岗|自由|目的|"
    "高等|中等|初等|平等|等级|等离子|将军|并网|并购|收入|投入|进入|准入|入境|入口|接入|嵌入|国家认定|级认定"
)
# Words that are verbs before an object and part of a name before the noun of a body: 发展研究院, 建设职业技术学院.
_VERBS_IN_NAMES = "建设|发展|联合|开展|推广|合作"
_NOUNS_OF_BODIES = (
    "职业|研究(?!型)|银行|网络|投资|集团|控股|股份|有限|公司|工程|实业|技术学院|学院|大学|规划|开发|改革|资产|兵团"
)
PROTECTED = re.compile(
    rf"{_WORDS}|组织部|发展和改革|工业和信息化|生产建设兵团|(?:建设|发展)银行|发展(?:研究|改革)|"
    rf"(?:城市|城乡|乡村|经济|社会|农业|科技|产业)(?:建设|发展)(?={_NOUNS_OF_BODIES})"
)
# The same after the name of a place, which is part of the body's name; after any other word they are verbs.
VERB_IN_NAME = re.compile(rf"(?:{_VERBS_IN_NAMES})(?={_NOUNS_OF_BODIES})")
LEVEL_OF_PLACE = re.compile("(?:地区|自治[州县旗]|[省市州县区盟旗])$")
PLACE_BEFORE = re.compile("(?:中国|国家|全国|[省市州县区])$")

# What a further part of an institute's name (附属医院, 昌吉分院) cannot contain.
_NO_PART_OF_INSTITUTE = "[的和与及以等向在]|建设|共建|设立|成立|联合|合作|开展|组建|创办|新建|筹建|共同"
INSTITUTE = re.compile(
    r"(?:科学院|工程院|农科院|林科院|社科院|医科院|中科院|研究院|研究所|设计院|勘察院|大学(?!生)|学院|医学院|附属医院|附院|医院)"
    rf"(?:(?:(?!{_NO_PART_OF_INSTITUTE})[\u4e00-\u9fff]){{0,12}}?(?:附院|分院|研究院|研究所|分所|学院|校区|医院|(?:(?!{_NO_PART_OF_INSTITUTE})[\u4e00-\u9fff]){{1,6}}所))*"
)
ENTERPRISE = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|集团|银行|农商行)")
PLATFORM = re.compile(
    r"(?:产业园区?|科技园|创业园|工业园区?|示范园区?|示范区|孵化园|孵化基地|孵化器|众创空间|重点实验室|实验室|平台|数据中心|"
    r"创新中心|研究中心|技术中心|工程中心|信息港|直联点|大科学装置|飞地|示范基地|基地)"
)
TALENT = re.compile(
    r"(?:“[^”“]{0,10}(?:英才|人才|学者|工匠|名师)[^”“]{0,4}”[\u4e00-\u9fff]{0,4}?(?:计划|工程|行动|项目|专项)|"
    r"人才[\u4e00-\u9fff]{0,4}(?:计划|工程|行动|项目|专项)|英才(?:培养|支持|引进|集聚)?(?:计划|工程)|人才飞地(?:模式)?|特派员制度|学者计划|博士后[\u4e00-\u9fff]{0,4}站)"
)
EVENT = re.compile(
    r"(?:座谈会|洽谈会|博览会|交易会|展览会|高交会|[\u4e00-\u9fff]博会|广交会|论坛|峰会|大赛|[\u4e00-\u9fff]大会|活动周|活动月|科技周|科普日|科技节|文化节|"
    r"三下乡|行动(?!方案|计划|指南|纲要)|科技之冬|对接会)"
)
QUOTED_EVENT = re.compile(r"“(?P<name>[^”“]{2,20}?(?:会|节|周|展|大赛|论坛))”")

AREA = re.compile(r"(?:经济带核心区|经济带|经济区|城市群|都市圈|一体化发展示范区)")

GENERIC = re.compile(
    r"^(?:各|一批|一些|若干|多个|相关|有关|国内|国外|区内外|疆内外|省内外|市内外|知名|重点|新型|高水平|优质|专业|特色|公共|服务|创新|研发|"
    r"企业|龙头|产业|科研|技术|综合|线上|线下|该|本|其|此|我市|我省|我州|我区|全市|全省|全州|全区|上述|这些|[一二三四五六七八九十]位一体|”|“产|已建|拟建|"
    r"国家$|自治区$|省$|市$|人才(?:计划|工程|行动|项目|专项)$)"
)
# A level and a class (省级重点实验室) is what a plan wishes for, not what it names.
GENERIC_PLATFORM = re.compile(
    r"^(?:(?:国家|自治区|省|市|州|县|区)级?(?:及?以上)?)+"
    r"(?:重点|示范|企业|产业|科技|科普|科研|创新|创业|工程|技术|研发|研究|服务|公共|新型|综合|双创|实验|[和、与及])*"
    r"(?:产业园区?|科技园|创业园|示范园区?|示范区|孵化园|孵化基地|孵化器|众创空间|实验室|平台|中心|基地)$"
)
GENERIC_WHOLE = re.compile(
    r"^(?:(?:[中小]?学校?|大中小|高等|职业|中等|普通|地方|大型|龙头|骨干|民营|外资|国有|科技型?|公立|县级|基层|三甲)*"
    r"(?:大学|学院|医院|研究院|研究所|公司|集团|银行|科学院|附属医院))$"
)
ACTIVITY_GENERIC = re.compile(
    r"^(?:各|系列|丰富|多种|创新创业|实践|教育|宣传|培训|相关|有关|交流|监督|检查|试点|科技型|决策咨询|市场|经营|生产|业务|募捐|公益)|(?:讲座|报告|咨询|服务|(?<!大)培训|宣讲|试点|示范)$|等$"
)
PROPER = re.compile(r"[“\dA-Za-z]|国家|中国|中科|自治区级|省级|州级|市级")

INDUSTRY_NOUN = r"(?:[\u4e00-\u9fff]{0,6}?(?:产业|领域|行业))"
_VERBS_OF_INDUSTRY = "(?:重点|大力|积极|加快)?(?:发展|聚焦|推进|围绕|瞄准|做强|培育|布局|突出)"
INDUSTRY_SEPARATOR = re.compile("[、和及与]")
INDUSTRY_LIST = re.compile(
    rf"(?:^|[，。；“]|在|{_VERBS_OF_INDUSTRY})(?:{_VERBS_OF_INDUSTRY})?+(?P<list>[\u4e00-\u9fffA-Za-z\d]{{2,12}}(?:、[\u4e00-\u9fffA-Za-z\d]{{2,18}}){{1,12}})等(?P<noun>{INDUSTRY_NOUN})"
)
EXAMPLES = re.compile(
    r"(?P<verb>依托|借助|利用|支持|引进|鼓励|推动|发挥|以)(?P<list>[^，。；“”]{2,80}?)等(?P<noun>[\u4e00-\u9fff]{2,12})"
)
# The words that say that what is listed is a place or body to lean on: 以…为依托, 发挥…作用 say it behind the list.
LEANS_ON = frozenset(["依托", "借助", "利用"])
LEANS_BEHIND = {"以": re.compile("为(?:依托|支撑|载体|平台)"), "发挥": re.compile("作用|优势")}
EXAMPLE_NOUN_OF_BODIES = re.compile(r"^(?!.*行业).*(?:企业|公司|基地|资源|力量|单位|载体)")
# A noun that is counted right behind (超过2家, 实现全覆盖) is an indicator and names nothing.
COUNTED = re.compile(
    r" *(?:数量|总数|个数|人数|数)? *(?:累计)?(?:超过|突破|达到|达|不少于|不低于|\d|实现全覆盖|全覆盖|覆盖率)"
)
COUNTED_LIST = re.compile(
    r"(?P<list>[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8}){1,12})(?P<count>[两二三四五六七八九十]大)(?P<noun>[\u4e00-\u9fff]{1,4}?中心|平台|基地|园区|产业园)"
)
SIZED_PLATFORM = re.compile(
    r"(?<!\d)\d{1,9}+(?:\.\d{1,4}+)?[万亿]?(?:亩|平方米|平方公里)[\u4e00-\u9fff]{2,14}?(?:产业园|园区|基地|示范区)"
)
ACTIVITY_LIST = re.compile(r"(?P<verb>开展|组织|举办|办好)(?P<list>[^，。；“”]{2,60}?)(?:等[\u4e00-\u9fff]{0,12})?活动")
LADDER = re.compile(r"梯[度次]")
DASHES = re.compile("[—–]+")
COOPERATION = re.compile(r"(?<=[^，。；、“”—–])[—–]{1,4}(?P<right>[^，。；、“”—–]{2,22}?)合作")
