"""Words that tie a name to the text, words before which a name ends, and words that only look like either.

A name is what stands between a boundary (a verb, a connective, a mark) and an ending. A phrase that any plan could
use of its own class (各类平台, 科研院所) is no name.
"""

from __future__ import annotations

import re

_RELATIONS = "依托|支持|推动|推进|引进|建设|打造|对接|利用|发挥|深化|开展|组织|实施|加强|举办|参加|承办|创建|推广|建立|构建|引导|鼓励|围绕|联合|发展|落实|贯彻|扩大|用好|成立|设立|组建|培育|新建|搭建|共建|筹建|筹办|改建|扩建|创办|申报|认定|借助|委托|携手|选派|聘请|主办|协办|学习|借鉴|引入|吸引|争创|迭代|联手|牵手|招引|开办|合办|兴办|联办"
RELATION = re.compile(_RELATIONS)
# Verbs that end no name before them but tie none to the text.
_VERBS = (
    "建好|建强|建优|用足|用活|融入|筹备|开设|增设|创设|申办|启动|启用|推出|推行|上线|投用|投运|攻克|签约|实现|擦亮|唱响|"
    "赋能(?=银行|企业|公司|集团|医院|高校|学校)"
)
# Verbs at the head of a clause; behind a noun they are part of its name: 产业升级示范区, 中国联通.
_VERBS_AT_HEAD = "(?:^|(?<=[，。；：])|(?<=用于))(?:升级|改造|联通|接入|运用|拓展|完善|支撑(?!平台|体系|中心|系统|服务)|赋能(?!平台|中心))"

# Words before which a name ends when it is read backwards from its ending.
BOUNDARY = re.compile(
    r"(?:加快建设|加快推进|积极组织|积极推动|充分利用|充分发挥|重点推进|大力发展|主动对接|有效对接|初步建成|推广应用|充分运用|"
    rf"{_VERBS_AT_HEAD}|{_RELATIONS}|{_VERBS}|通过|以及|按照|加快|形成|完善|健全|强化|建成|落地|落户|入选|入驻|争取|布局|优化|提升|提高|整合|统筹|集聚|"
    r"接入|协调(?=[国省市州县区])|基于|用于|对于|关于|位于|来自|包括|聚焦|瞄准|办好|做好|做强|做大|创新(?=[建推])|积极|充分|大力|深入|持续|进一步|主动|"
    r"我[省市州区县国]|[该本](?=[省市州县])|等地|等市|其中|分别|共同|牵头|会同|同步|(?<![大协共合胡不相会立])同(?![济方仁花盾德步类比期时等意级一心])|和|与|及|或|向|在|对|以[上下内外来]|以|为|将|把|让|由|的|等|到|是|至|从|并|入|按|给|"
    r"\d年|年内|[年月][底末]前?|[，、。；：;,（）《》\s＃])"
)

# A single character before which a name ends may as well be part of a longer word: the name it leaves is less certain.
ONE_CHARACTER = re.compile("[和与及或向在对以为将把让由的等到是至从并入按给]")

# Words that contain a boundary and are none.
_WORDS = (
    "规模以上|上合组织|以色列|以太|以岭|参与|普及|华为|有为|行为|人为|对外|对口|应对|针对性|方向|面向|定向|导向|向阳|"
    "和平(?!台)|和谐|共和|协和|和睦|和信|颐和|仁和|义和|万和|和顺|饱和|在线|存在|潜在|在职|在岗|自由|目的|"
    "高等|中等|初等|平等|等级|等离子|将军|并网|并购|收入|投入|进入|准入|入境|入口|嵌入|按摩|供给|"
    "自主(?:创新|可控)|创新发展"
)
# Words that are verbs before an object and part of a name before the noun of a body: 发展研究院, 建设职业技术学院.
_VERBS_IN_NAMES = "建设|发展|联合|开展|推广|合作"
_NOUNS_OF_BODIES = "职业|研究(?!型)|银行|网络|投资|集团|控股|股份|有限|公司|工程|实业|技术学院|学院|大学|规划|开发|改革|资产|兵团|示范区|先导区|试验区"
_FIELDS_BEFORE_VERBS = "城市|城乡|乡村|经济|社会|农业|科技|产业"
# Every alternative begins with a character of its own, which the engine looks for first.
PROTECTED = re.compile(
    rf"{_WORDS}|组织部|发展和改革|工业和信息化|生产建设兵团|建设银行|发展银行|发展(?:研究|改革|示范区|试验区|先导区)|"
    + "|".join(f"{field}(?:建设|发展)(?={_NOUNS_OF_BODIES})" for field in _FIELDS_BEFORE_VERBS.split("|"))
    # 某某发展（江西）有限公司, 某某联动发展有限公司: no verb has a legal form for its object.
    + r"|(?:发展|建设|推广|联合|开展)(?=(?:（[\u4e00-\u9fff]{2,6}）)?(?:有限|股份有限))"
    # 联合实验室, 联合攻关平台; 材料技术与工程研究所.
    + "|联合(?=实验室|(?:研究|研发|创新|攻关|培养|实训|育种)(?:中心|平台|基地))"
    + "|[与和](?<=[术学理质源料械态境业持测].)(?=(?:工程|技术|信息|健康|环境|资源|应用|材料|物理|地球物理|生物|湖泊|地理|生态|遥感|水利|农业|经济|科学)[\u4e00-\u9fff]{0,6}?(?:研究所|研究院(?!所)|研究中心))"
    # A short bracket inside a name: 中国移动（福建）大数据产业园.
    + r"|（[\u4e00-\u9fff]{2,4}）(?=[\u4e00-\u9fff])"
)
# The same after the name of a place, which is part of the body's name; after any other word they are verbs.
VERB_IN_NAME = re.compile(rf"(?:{_VERBS_IN_NAMES})(?={_NOUNS_OF_BODIES})")
LEVEL_OF_PLACE = re.compile("(?:地区|自治[州县旗]|[省市州县区盟旗])$")
PLACE_BEFORE = ("中国", "国家", "全国", "省", "市", "州", "县", "区")
# 苏州先进材料与绿色制造实验室: two fields behind a place, one body.
TWO_FIELDS = re.compile(
    "(?:(?![与和及])[\u4e00-\u9fff]){1,6}(?<=材料|制造|能源|生物|医药|信息|电子|智能|装备|化工|环境|资源|健康|工程|科学|技术|海洋|农业|食品|安全)"
    "(?P<joint>[与和])(?P<rest>[\u4e00-\u9fff]{2,10}?)(?:实验室|研究院|研究所|研究中心|创新中心|技术中心)"
)
# 某市铁路与轨道交通集团有限公司: the same in the name of a company, which the legal form at its end tells.
FIELD_OF_COMPANY = re.compile(
    "(?:铁路|公路|交通|航空|港口|机场|水务|水利|供水|城市|城建|文化|旅游|体育|环境|环保|能源|资源|电力|农业|林业|粮食|商贸|物流|教育|健康|产业|科技|信息|数据){1,3}$"
)
# 和田 in 新疆大学和田学院: a place although 大学 stands before it, for a body's noun follows.
NOUN_OF_BODY = re.compile("学院|分院|校区|分校|医院|大学|师范|师专|职业|分公司|分行|支行")

# What a further part of an institute's name (附属医院, 昌吉分院) cannot contain.
_NO_PART_OF_INSTITUTE = "[的和与及以等向在同]|建设|共建|设立|成立|建立|打造|培养|引进|支持|联合|合作|开展|组建|创办|新建|筹建|共同|联手|牵手|联办|合办|开办|兴办|开设|增设|创设"
INSTITUTE = re.compile(
    r"(?:科学院|工程院|农科院|林科院|社科院|医科院|中科院|农垦科学院|研究总院|研究院|研究所|设计院|勘察院|勘测院|信通院|科研院(?!所)|科研所|农科所|林科所|光机所|"
    r"大学(?![生城])|学院|医学院|附属医院|附院|医院|师专|高专)"
    rf"(?:(?:(?!{_NO_PART_OF_INSTITUTE})[\u4e00-\u9fff]){{0,12}}?(?:附院|分院|研究院|研究所|分所|学院|校区|医院|(?:(?!{_NO_PART_OF_INSTITUTE})[\u4e00-\u9fff]){{1,6}}(?:所|物质院|天文台|植物园)))*"
)
ENTERPRISE = re.compile(
    r"(?:有限责任公司|股份有限公司|有限公司|集团公司|分公司|公司|集团|农商银行|银行|农商行|信用联社|农信社|合作社(?<!供销合作社)(?<!信用合作社)(?!员)|供电局)"
    r"(?:[\u4e00-\u9fff]{2,4}分行)?"
)

# What a plan says of a class and not of one thing; a name made of nothing else before its ending is none.
_CLASS = (
    "各级|各类|各|国内外|国内|国外|境外|外国|跨国|全球|世界|省内外|省内|市内|区内外|疆内外|疆内|所在地|异地|域外|知名|著名|重点|龙头|骨干|大型|中型|小型|大中型|"
    "大中小|中小学|中小微|中小|小微|优质|优秀|优势|头部|领军|链主|链上|民营|民办|外资|国有|国资|央属|省属|市属|地方|本地|当地|上市|科技型|高科技|科技|"
    "高新技术|高新|创新型|创新|创业|专业化|专业|综合性|综合|基础|电信|互联网|软件|信息化|信息|技术|网络|运营|投资|发展|建设|控股|股份|有限|"
    "集团|责任|工程|工业|农业|农村|商业|村镇|合作|政策性|开发性|全国性|股份制|大型|保险|再担保|担保|融资|证券|信托|基金|租赁|金融|服务|物流|电商|"
    "物业|旅游|文化|文旅|平台型|平台|场景|征信|数据|数字|大数据|智能|高等|职业|中等|普通|高校|本科|高职|技工|医科|中医药|中医|师范|理工|财经|"
    "电力|人民|附属|第[一二三四五六七八九十]|儿童|妇幼|三甲|三级|二级|县级|市级|省级|州级|区级|国家级|自治区级|公立|基层|定点|社区|海洋|新型|研发|科研|"
    "研究型|研究|产业技术|产业|应用型|应用|双一流|一流|高水平|共建|联合|现代|特色|独立|开放|老年|配套|同期|贷款|主办|开户|承办|外贸|进出口(?!银行)|出口|企业|"
    "学校|大|中|小|子|分|总|母|两|多|若干|多家|一批|[一二三四五六七八九十\\d]+[家所个]|家|所|个|[和、与及或]|型|类|级|制造业|生产|加工|制造|能源|环保|央企|国企|行业|领域|检测|检验|咨询|农民|农机|种植|养殖|经济|土地|党支部|领办|村集体|示范|社会化|"
    "航运|航空|海运|船运|船务|货运|客运|货代|快递|公交|运输|水务|供水|供热|燃气|房地产|"
    "粮食|水稻|小麦|玉米|大豆|蔬菜|水果|果蔬|茶叶|生猪|畜禽|奶牛|肉牛|肉羊|水产|中药材|花卉|林业|粮油|油茶|食用菌"
)
_STEM_OF_CLASS = re.compile(f"(?:{'|'.join(sorted(_CLASS.split('|'), key=len, reverse=True))})*+")

GENERIC = re.compile(
    r"^(?:各|一批|一些|若干|多个|相关|有关|国内|国外|区内外|疆内外|省内外|市内外|省内|市内|区内|州内|知名|重点|新型|高水平|优质|专业|特色|公共|服务|创新|研发|更多|"
    r"企业|龙头|产业|科研|技术|综合|线上|线下|该|本|其|此|我市|我省|我州|我区|全市|全省|全州|全区|上述|这些|[一二三四五六七八九十]位一体|”|“产|已建|拟建|一[个套系]|"
    r"\d+[个家所座批项]|[个家所座]|国家$|自治区$|省$|市$|(?:(?:国家|自治区|省|市|州|县|区)级?)?(?:重大|重点)?人才(?:计划|工程|行动|项目|专项)$)"
)


def is_class(stem: str) -> bool:
    """Whether nothing but words for a class stand before a name's ending: 大型企业 before 集团, 全国性商业 before 银行.

    Examples:
        >>> is_class("全国性商业"), is_class("江西"), is_class("国家开发")
        (True, False, False)
    """
    return _STEM_OF_CLASS.fullmatch(stem) is not None
