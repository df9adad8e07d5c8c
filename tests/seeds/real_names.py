"""The people and places that the paper and its references name; the sample must hold none of them."""

PEOPLE = (
    "许彤",
    "冉玫",
    "熊思琴",
    "覃慧",
    "周海霞",
    "何竹仙",
    "肖天琴",
    "王牧华",
    "全晓洁",
    "褚宏启",
    "皮亚杰",
    "王宪钊",
)
PLACES = ("沿河", "铜仁", "长安", "东莞", "官舟", "思渠", "中界", "莞铜", "贵州", "广东", "粤黔")
