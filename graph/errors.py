"""The errors innograph raises; everything a user can cause is an :class:`InnographError`.

    InnographError
    ├── UsageError            a value on the command line or in a call is wrong            (exit code 2)
    │   ├── UnknownQuestion, UnknownSample
    │   ├── BadParameter
    │   ├── NothingFound      no thing of that name is in the graph
    │   └── Ambiguous         several are, and innograph does not guess
    ├── WorkspaceError        the folder, its settings or its disk
    │   ├── NoWorkspace, WorkspaceExists, NotAFolder                             (exit code 2)
    │   ├── BadSettings       innograph.toml cannot be used
    │   ├── NoPermission
    │   ├── LedgerLocked      another process is writing
    │   ├── LedgerTooNew      written by a later innograph
    │   ├── LedgerDamaged
    │   └── NoSpace           the disk is full
    ├── InputError            a file that cannot be read at all
    │   ├── NotAPlan
    │   ├── Refused           --strict, and the file has issues
    │   └── SamePlan          another file of that plan is loaded
    ├── OntologyError         an ontology file is wrong, or a record breaks it
    ├── CatalogueError        a question file is wrong
    └── EngineError           the graph engine
        ├── BadStore          no such store                                              (exit code 2)
        │   └── SecretInAddress
        ├── NoPassword        Neo4j needs one                                            (exit code 2)
        ├── CannotConnect
        ├── LoginRefused
        ├── ConnectionLost
        ├── QueryTooLong      a time limit ended it
        └── WriteRefused      a query tried to write

Each class holds its message in Chinese and English; ``str(error)`` is in the language in use.
"""

from __future__ import annotations

from typing import ClassVar

from .text import Text


class InnographError(Exception):
    """Base of all errors that say something to the user.

    Args:
        **values: the fields of the class's :attr:`text`.

    Examples:
        >>> from innograph.graph.text import use_language
        >>> with use_language("en"):
        ...     print(UnknownQuestion(question="wh", near="who"))
        There is no question “wh”. The nearest: who. All of them: innograph questions
    """

    code: ClassVar[str] = "error"
    text: ClassVar[Text] = Text("{message}", "{message}")
    exit_code: ClassVar[int] = 1

    def __init__(self, **values: object) -> None:
        super().__init__(values)
        self.values = values

    def __str__(self) -> str:
        return self.text.format(**self.values)


class UsageError(InnographError):
    """A value given by the caller is wrong."""

    code = "usage"
    exit_code = 2


class UnknownSample(UsageError):
    """No bundled sample has that name."""

    code = "unknown-sample"
    text = Text("没有叫“{name}”的样例，可用：{known}", "There is no sample “{name}”; there are: {known}")


class UnknownQuestion(UsageError):
    """No question has that id."""

    code = "unknown-question"
    text = Text(
        "没有“{question}”这个问题。最接近的有：{near}。全部问题：innograph questions",
        "There is no question “{question}”. The nearest: {near}. All of them: innograph questions",
    )


class BadParameter(UsageError):
    """A parameter is missing, unknown, or of the wrong kind."""

    code = "bad-parameter"
    text = Text(
        "问题“{question}”的参数“{parameter}”：{problem}", "Question “{question}”, parameter “{parameter}”: {problem}"
    )


class NothingFound(UsageError):
    """The graph holds nothing of that name."""

    code = "nothing-found"
    text = Text(
        "图谱中没有叫“{name}”的{kind}。最接近的有：{near}",
        "The graph has no {kind} called “{name}”. The nearest: {near}",
    )


class Ambiguous(UsageError):
    """Several things have that name."""

    code = "ambiguous"
    text = Text(
        "“{name}”可能是{count}个不同的{kind}：{near}。请写全称或编号",
        "“{name}” may be {count} different things ({kind}): {near}. Give the full name or the id",
    )


class WorkspaceError(InnographError):
    """The workspace folder, its settings, or its disk."""

    code = "workspace"


class NoWorkspace(WorkspaceError):
    """No workspace where one is needed."""

    code = "no-workspace"
    exit_code = 2
    text = Text(
        "{folder} 不是工作区（没有 innograph.toml）。新建一个：innograph init 文件夹；或用 -w 指明",
        "{folder} is no workspace (it has no innograph.toml). Make one: innograph init DIR; or name one with -w",
    )


class WorkspaceExists(WorkspaceError):
    """``init`` on a folder that is a workspace already."""

    code = "workspace-exists"
    exit_code = 2
    text = Text("{folder} 已经是工作区，未作改动", "{folder} is a workspace already; nothing was changed")


class NotAFolder(WorkspaceError):
    """A workspace cannot be made there."""

    code = "not-a-folder"
    exit_code = 2
    text = Text(
        "不能在 {folder} 建立工作区（{problem}）。请换一个文件夹",
        "No workspace can be made at {folder} ({problem}). Name another folder",
    )


class BadSettings(WorkspaceError):
    """``innograph.toml`` cannot be used."""

    code = "bad-settings"
    text = Text("{file}：{problem}。请改正后重试", "{file}: {problem}. Mend it and try again")


class NoPermission(WorkspaceError):
    """A folder or file may not be written or read."""

    code = "no-permission"
    text = Text(
        "没有权限：{path}。请检查文件夹的读写权限", "No permission: {path}. Check that you may read and write there"
    )


class LedgerLocked(WorkspaceError):
    """Another process holds the ledger for writing."""

    code = "ledger-locked"
    text = Text(
        "另一个 innograph 正在写入 {file}。等它结束后重试，本次未作任何改动",
        "Another innograph is writing {file}. Try again when it is done; nothing was changed this time",
    )


class LedgerTooNew(WorkspaceError):
    """The ledger was written by a later version."""

    code = "ledger-too-new"
    text = Text(
        "{file} 由更新的 innograph 写成（台账版本 {found}，本程序只认到 {known}）。请升级 innograph",
        "{file} was written by a later innograph (ledger version {found}; this one knows up to {known}). Upgrade innograph",
    )


class LedgerDamaged(WorkspaceError):
    """The ledger file is not what it should be."""

    code = "ledger-damaged"
    text = Text(
        "{file} 不见了、已损坏或不是台账（{problem}）。把它移走，对这个文件夹执行 innograph init，再载入 sources/ 里的文件",
        "{file} is missing, damaged or no ledger ({problem}). Move it away, run innograph init on this folder again, and"
        " load the files kept in sources/",
    )


class NoSpace(WorkspaceError):
    """The disk is full."""

    code = "no-space"
    text = Text(
        "磁盘已满，无法写入 {path}。腾出空间后重试，已有数据未受影响",
        "The disk is full: cannot write {path}. Make room and try again; what was there is unharmed",
    )


class InputError(InnographError):
    """A file that cannot be read at all.

    Args:
        file: the file's name.
        problem: what is wrong, as a :class:`Text`.
        hint: what to do about it, as a :class:`Text`.
    """

    code = "input"
    text = Text("{file}：{problem}。{hint}", "{file}: {problem}. {hint}")


class NotAPlan(InputError):
    """The text was read but holds nothing that a plan holds."""

    code = "not-a-plan"


class Refused(InputError):
    """``--strict``, and the file has issues."""

    code = "refused"


class SamePlan(InputError):
    """Another file of the same plan is loaded: together they would contradict each other."""

    code = "same-plan"


class OntologyError(InnographError):
    """An ontology file is wrong, or a record does not fit the ontology."""

    code = "ontology"
    text = Text("{where}：{problem}", "{where}: {problem}")


class CatalogueError(InnographError):
    """A question file is wrong."""

    code = "catalogue"
    text = Text("{file}:{line}：{problem}", "{file}:{line}: {problem}")


class EngineError(InnographError):
    """The graph engine could not do what was asked."""

    code = "engine"
    text = Text("图引擎：{problem}", "Graph engine: {problem}")


class GraphChanged(EngineError):
    """Another process changed the graph while it was being read."""

    code = "graph-changed"
    text = Text("图谱刚刚更新，请重试", "The graph has just been changed. Try again")


class BadStore(EngineError):
    """The store address is not one innograph knows."""

    code = "bad-store"
    exit_code = 2
    text = Text(
        "不认识的存储“{store}”。可用：kglite（内置），或 neo4j://主机:7687、bolt://主机:7687（口令放在环境变量 NEO4J_PASSWORD 中）",
        "Unknown store “{store}”. Use kglite (embedded), or neo4j://host:7687 or bolt://host:7687"
        " (with the password in the environment as NEO4J_PASSWORD)",
    )


class SecretInAddress(BadStore):
    """The store address holds a user or password, which would end up in logs and histories."""

    code = "secret-in-address"
    text = Text(
        "存储地址里不要写用户名或口令，它们会留在日志和命令历史里。请放在环境变量 NEO4J_USER 和 NEO4J_PASSWORD 中",
        "Do not write a user or password in the store address: logs and histories would keep them."
        " Put them in the environment as NEO4J_USER and NEO4J_PASSWORD",
    )


class NoPassword(EngineError):
    """A Neo4j store, and no password to log in with."""

    code = "no-password"
    exit_code = 2
    text = Text(
        "连接 Neo4j（{store}）需要口令。请把它放在环境变量 NEO4J_PASSWORD 中（用户名放在 NEO4J_USER 中，默认 neo4j）",
        "Neo4j at {store} needs a password. Put it in the environment as NEO4J_PASSWORD (and the user as NEO4J_USER;"
        " neo4j if there is none)",
    )


class CannotConnect(EngineError):
    """No server answers."""

    code = "cannot-connect"
    text = Text(
        "连不上 Neo4j（{store}）。请检查地址、端口和服务器是否已启动",
        "Cannot reach Neo4j at {store}. Check the address, the port, and that the server is running",
    )


class LoginRefused(EngineError):
    """Wrong user or password."""

    code = "login-refused"
    text = Text(
        "Neo4j（{store}）拒绝登录用户 {user}。请检查环境变量 NEO4J_USER 和 NEO4J_PASSWORD",
        "Neo4j at {store} refused the login of {user}. Check NEO4J_USER and NEO4J_PASSWORD in the environment",
    )


class ConnectionLost(EngineError):
    """The server went away in the middle."""

    code = "connection-lost"
    text = Text(
        "与 Neo4j（{store}）的连接中断，写入未完成。服务器恢复后再执行一次 innograph build，会接着完成且不重复",
        "The connection to Neo4j at {store} was lost before the work was done. When the server is back, run innograph build"
        " again: it completes, without duplicates",
    )


class QueryTooLong(EngineError):
    """A time limit ended the query."""

    code = "query-too-long"
    text = Text("查询超过 {seconds} 秒，已停止", "The query took longer than {seconds} s and was stopped")


class QueryTooLarge(EngineError):
    """A memory limit ended the query."""

    code = "query-too-large"
    text = Text(
        "查询占用的内存过多，已停止。请缩小范围，或加上 LIMIT",
        "The query took too much memory and was stopped. Ask for less, or add a LIMIT",
    )


class WriteRefused(EngineError):
    """A query tried to write."""

    code = "write-refused"
    text = Text("查询只能读取，不能写入", "Questions may only read, not write")
