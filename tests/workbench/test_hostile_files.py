"""Files that are hostile, broken or abandoned: nothing runs, nothing is left, and the workbench goes on."""

from __future__ import annotations

import io
import os
import signal
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sent_files import ROSTER, accept, origins, send

from innograph.visualize.workbench.guard import Limits
from innograph.visualize.workbench.uploading import FOLDER, Uploads, clean_name

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from browser import PageLog
    from playwright.sync_api import Page
    from workbench_server import Workbench, WorkbenchOf

    Sample = Callable[[], Path]


def docx_with_entity() -> bytes:
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", evil)
        archive.writestr("word/document.xml", evil)
    return out.getvalue()


def xlsx_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 100_000_000)
    return out.getvalue()


HOSTILE = {
    "empty.csv": b"",
    "empty.docx": b"",
    "program.exe": b"MZ\x90\x00" + b"\0" * 500,
    "entity.docx": docx_with_entity(),
    "bomb.xlsx": xlsx_bomb(),
    "noise.csv": bytes(range(256)) * 20,
    "broken.pdf": b"%PDF-1.7\nnothing",
    "broken.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 400,
    "utf16-cut.txt": "方案".encode("utf-16")[:-1],
}


class TestHostile:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_what_cannot_be_read_is_told_and_nothing_enters(self, workbench: Workbench, name: str) -> None:
        before = origins(workbench.folder)
        page = send(workbench, name, HOSTILE[name])
        assert page.status_code == 200
        assert 'role="alert"' in page.text
        assert "/accept" not in page.text
        assert "程序出错" not in page.text
        assert os.uname().nodename not in page.text
        assert origins(workbench.folder) == before
        assert workbench.get("/").status_code == 200

    @pytest.mark.parametrize(
        ("said", "name"),
        [
            ("../../../outside.csv", "outside.csv"),
            ("..\\..\\outside.csv", "outside.csv"),
            ("/etc/cron.d/x.csv", "x.csv"),
            ("..", "file"),
            ("a\x00b.csv", "a_b.csv"),
            ("<img src=x onerror=alert(1)>.csv", "_img src=x onerror=alert(1)_.csv"),
            ("C:\\data\\a:b.csv", "a_b.csv"),
            ("." * 5, "file"),
            ("名" * 500 + ".csv", "名" * 66 + ".csv"),
            ("\u202egnp.csv", "_gnp.csv"),
        ],
    )
    def test_names_are_no_paths(self, said: str, name: str) -> None:
        assert clean_name(said) == name

    def test_a_long_name_fits_the_file_system(self, tmp_path: Path) -> None:
        made = clean_name("名" * 500 + ".csv")
        tmp_path.joinpath(made).touch()
        assert made.endswith("名.csv")

    def test_nothing_is_written_outside_its_folder(self, workbench: Workbench) -> None:
        before = {file.name for file in workbench.folder.iterdir()}
        send(workbench, "../../../../tmp/innograph-outside.csv", ROSTER)
        assert {file.name for file in workbench.folder.iterdir()} <= before | {FOLDER}
        assert not os.path.lexists("/tmp/innograph-outside.csv")

    def test_markup_in_names_and_cells_is_text(self, workbench: Workbench, page: Page, page_log: PageLog) -> None:
        payload = "\"><script>document.title='run'</script><img src=x onerror=document.title='run'>"
        quoted = payload.replace('"', '""')
        table = f'企业名称,"{quoted}"\n"{quoted}",91350100M000100Y44\n'
        path = send(workbench, f"{payload}.csv", table).url.path
        page.goto(workbench.url(path))
        assert page.locator("img").count() == 0
        assert "run" not in page.title().split("：")[-1]
        assert page.get_by_text("onerror=document.title='run'").count() > 0
        page_log.assert_clean()

    def test_too_much_is_refused(self, workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
        workbench = workbench_of(sample_workspace(), limits=Limits(body=1))
        with workbench.client(origin=workbench.address) as client:
            answer = client.post("/uploads", files={"file": ("a.csv", b"x" * 2_000_000)})
        assert answer.status_code == 413
        assert "1 MB" in answer.text
        assert not any(workbench.folder.joinpath(FOLDER).glob("*/file/*"))

    def test_forms_without_a_file_are_told(self, workbench: Workbench) -> None:
        with workbench.client(origin=workbench.address) as client:
            empty = client.post("/uploads", files={"file": ("", b"")})
            torn = client.post(
                "/uploads", content=b"--x\r\nnothing", headers={"content-type": "multipart/form-data; boundary=x"}
            )
            other = client.post("/uploads", content=b"{}", headers={"content-type": "application/json"})
        for answer in (empty, torn, other):
            assert answer.status_code == 400
            assert "没有收到文件" in answer.text

    def test_another_site_cannot_upload(self, workbench: Workbench) -> None:
        with workbench.client(origin="http://evil.example") as client:
            assert client.post("/uploads", files={"file": ("a.csv", ROSTER.encode())}).status_code == 403

    def test_what_is_not_there(self, workbench: Workbench) -> None:
        assert workbench.get("/uploads/../../etc/passwd").status_code == 404
        assert workbench.get("/uploads/none").status_code == 404
        assert workbench.post("/uploads/none/accept").status_code == 404


class TestAbandoned:
    def test_after_a_day_they_are_gone(self, tmp_path: Path) -> None:
        uploads = Uploads(tmp_path)
        uploads.folder.mkdir(parents=True)
        kept, old = (self._received(uploads, name) for name in ("a.csv", "b.csv"))
        uploads[old].at -= 24 * 3600 + 1
        assert [one.id for one in uploads.all] == [kept]
        assert len(list(uploads.folder.iterdir())) == 1

    @staticmethod
    def _received(uploads: Uploads, name: str) -> str:
        file = uploads.folder / "received"
        file.write_text("x", encoding="utf-8")
        return uploads.new(name, file).id


def test_another_run_leaves_these_files_alone(tmp_path: Path) -> None:
    first = Uploads(tmp_path)
    first.folder.mkdir(parents=True)
    (first.folder / "received").write_bytes(b"1")
    upload = first.new("a.csv", first.folder / "received")
    second = Uploads(tmp_path)
    second.close()
    assert upload.file.read_bytes() == b"1"
    first.close()
    assert not (tmp_path / ".uploads").exists()


def test_what_a_killed_run_left_goes_after_a_day(tmp_path: Path) -> None:
    for name, hours in (("old", 25), ("new", 23)):
        left = tmp_path / ".uploads" / name
        left.mkdir(parents=True)
        (left / "a.csv").write_bytes(b"1")
        then = time.time() - hours * 3600
        os.utime(left, (then, then))
    Uploads(tmp_path)
    assert [left.name for left in (tmp_path / ".uploads").iterdir()] == ["new"]


def readers() -> list[int]:
    """The processes that read files for this one."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        with suppress(OSError):  # it ended meanwhile
            ours = f"PPid:\t{os.getpid()}\n" in status.read_text()
            if ours and b"innograph.graph.confined" in (status.parent / "cmdline").read_bytes():
                found.append(int(status.parent.name))
    return found


def kill_a_reader() -> None:
    """Kill the process that reads, as a system without memory does, once there is one."""
    for _ in range(600):
        for reader in readers():
            os.kill(reader, signal.SIGKILL)
            return
        time.sleep(0.02)
    raise AssertionError("no process reads")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are looked for as Linux lists them; run it on Linux")
class TestReadInAProcessOfItsOwn:
    """What a file does to its reader does nothing to the workbench."""

    LONG = "企业名称,统一社会信用代码,备注\n" + "".join(f"示例第{n}号有限公司,,\n" for n in range(30_000))

    def test_a_look(self, workbench: Workbench) -> None:
        with ThreadPoolExecutor(1) as sender:
            sent = sender.submit(send, workbench, "名录.csv", self.LONG)
            kill_a_reader()
            told = sent.result(60)
        assert "文件使读取程序崩溃或内存不足。请另存为" in told.text
        assert workbench.get("/uploads").status_code == 200

    def test_the_marked_copy(self, workbench: Workbench) -> None:
        page = send(workbench, "名录.csv", self.LONG)
        with ThreadPoolExecutor(1) as asker:
            asked = asker.submit(workbench.get, f"{page.url.path}/marked.xlsx")
            kill_a_reader()
            told = asked.result(60)
        assert told.status_code == 422
        assert "文件使读取程序崩溃或内存不足" in told.text
        assert workbench.get(page.url.path).status_code == 200


def test_who_accepts_twice_is_led_to_the_same_work(workbench_of: WorkbenchOf, sample_workspace: Sample) -> None:
    workbench = workbench_of(sample_workspace())
    page = send(workbench, "名录.csv", ROSTER)
    with ThreadPoolExecutor(2) as both:
        clicks = [both.submit(accept, workbench, page) for _ in range(2)]
        one, other = (click.result(60) for click in clicks)
    assert one.url == other.url
    assert one.url.path.startswith("/jobs/")
    assert "未成功" not in one.text
    assert origins(workbench.folder) >= {"uploads/名录.csv"}
    assert "uploads/2/名录.csv" not in origins(workbench.folder)
