"""Companies that plans name by brand alone, where no 公司 or 集团 says what they are: 与华为、中国电信合作."""

from __future__ import annotations

import re

# Central enterprises, carriers and companies that every plan may name; none whose name is also an everyday word
# (小米, 美的, 联想) or stands by chance in one (中建 in 集中建设).
_BRANDS = (
    "中国电信(?!业)|中国移动(?!互联|支付|应用|终端|游戏)|中国联通|中国铁塔|中国广电|中国邮政|中国石油(?!大学)|中国石化|中国海油|中石油|中石化|中海油|"
    "中国中车|中国建筑(?!业|学|科|材)|中国能建|中国电建|中国华能|中国大唐|中国华电|中国宝武|中国中铁|中国铁建|中国交建|中国电科|中国商飞|中国航发|"
    "中国信保|中国平安|中国人寿|中国人保|中国银联|国家电网|南方电网|国家电投|中广核|国投集团|航天科工|"
    "华为|阿里巴巴|阿里云|腾讯|百度|京东|字节跳动|美团|科大讯飞|商汤|旷视|海康威视|大华股份|中控技术|比亚迪|宁德时代|吉利汽车|奇瑞|江淮汽车|蔚来|"
    "长城汽车|长安汽车|上汽|广汽|北汽|东风汽车|海尔|海信|格力电器|京东方|中芯国际|中兴通讯|浪潮|紫光|新华三|三一重工|徐工|中联重科|潍柴|金风科技|"
    "隆基绿能|天合光能|晶科能源|阳光电源|药明康德|恒瑞医药|迈瑞医疗|华大基因|宝武|宝钢|鞍钢|首钢|马钢|武钢|包钢|太钢|攀钢|沙钢|酒钢|河钢|本钢|柳钢|"
    "施耐德|西门子|博世|特斯拉|英特尔|微软|思科|奇安信|安恒信息|启明星辰|同花顺|用友|金蝶|东软|神州数码|中软国际|顺丰|菜鸟网络|网易|新浪|携程|滴滴|"
    "大疆|宇树|寒武纪|第四范式|云从科技|依图|达闼|优必选"
)
# Names that stand together are one company (宝武马钢); a place in brackets is a branch (中国电信（安徽）).
BRAND = re.compile(
    rf"(?:{_BRANDS})(?:{_BRANDS}){{0,2}}(?P<branch>（[\u4e00-\u9fff]{{2,4}}）|[\u4e00-\u9fff]{{2,4}}(?:分公司|分行))?"
)
