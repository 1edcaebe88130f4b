"""Files that are sent to a workbench as its forms send them, and what comes of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from innograph import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    from workbench_server import Workbench

PLAN = """示例县科技创新行动方案
一、重点任务
（一）建设创新平台。到2025年建设平台2个以上。
牵头单位：县科技局
配合单位：县财政局
（二）培育企业。到2025年培育企业731家以上。
牵头单位：县工信局
"""
# The last digit of the second code does not go with the others: 3 would.
ROSTER = """企业名称,统一社会信用代码,备注
甲云科技有限公司,91350100M000100Y43,
乙禾农业有限公司,91350100M000100Y44,
丙材料有限公司,,老企业
"""
OWN_ROSTER = """公司,统一代码,联系电话,落户地方
甲云科技有限公司,91350100M000100Y43,13800000000,一
乙禾农业有限公司,91350100M000100Y44,13800000001,二
"""


def send(workbench: Workbench, name: str, data: bytes | str) -> httpx.Response:
    """Send a file as the form does, and return the page that it leads to."""
    content = data.encode() if isinstance(data, str) else data
    with workbench.client(origin=workbench.address) as client:
        return settled(client, client.post("/uploads", files={"file": (name, content)}, follow_redirects=True))


def settled(client: httpx.Client, answer: httpx.Response) -> httpx.Response:
    """Return what a page becomes that goes on by itself while something is looked at or loaded."""
    for _ in range(600):
        if "data-running" not in answer.text:
            return answer
        time.sleep(0.1)
        answer = client.get(answer.url)
    raise AssertionError("it still goes on")


def accept(workbench: Workbench, page: httpx.Response, **form: str) -> httpx.Response:
    """Load the upload of a page, and return the page of the finished job."""
    with workbench.client(origin=workbench.address) as client:
        return settled(client, client.post(f"{page.url.path}/accept", data=form, follow_redirects=True))


def origins(folder: Path) -> set[str]:
    with Workspace(folder) as workspace:
        return {source.origin for source in workspace.status().sources}


def said(folder: Path, origin: str, kind: str) -> set[str]:
    """The ids of one type that a source speaks of."""
    with Workspace(folder) as workspace:
        source = next(one for one in workspace.status().sources if one.origin == origin)
        return {subject for type_, subject, _ in workspace.said_by(source) if type_ == kind}
