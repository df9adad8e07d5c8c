"""What a caller hears when an engine refuses, is busy or is gone, and which of these are tried again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    ConnectionAcquisitionTimeoutError,
    ConstraintError,
    DatabaseError,
    Forbidden,
    IncompleteCommit,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.errors import ZaoxueError

LOST_SECONDS = 2.5
"""How long a lost engine is tried again before the caller hears of it."""
BUSY_SECONDS = 10.0
"""How long a write that lost against another is tried again."""
CONFLICT_TRIES = 6
"""How often a write is tried that breaks a constraint: after a concurrent MERGE the second is right."""
FAILURE_TRIES = 3
"""How often an engine's own failure is tried: ArcadeDB answers so while it stops."""


_MAYBE_WRITTEN_ZH = "提交时与图数据库失去联系，修改可能已写入；用同一个幂等键重试不会重复写入"
_MAYBE_WRITTEN_EN = (
    "the graph engine was lost during the commit and the change may have been written; "
    "sent again under the same idempotency key it is not written twice"
)
_PERHAPS_WRITTEN = (
    "可能已写入；用同一个幂等键（导入则用同一个文件）重试不会重复写入",
    "it may have been written (the same idempotency key, or the same workbook, is not written twice)",
)


@dataclass(frozen=True, slots=True)
class Holder:
    """The process that writes at the moment, and since when (UTC)."""

    pid: int
    since: str


class Unavailable(ZaoxueError):
    """The engine can't be reached or doesn't answer; `retry_after_seconds` says when to ask again.

    `outcome_unknown` is true when the line broke during a commit: only an idempotency key tells then.
    """

    code = "UNAVAILABLE"

    def __init__(self, *, outcome_unknown: bool = False) -> None:
        super().__init__(
            _MAYBE_WRITTEN_ZH if outcome_unknown else "图数据库暂时无法连接，请稍后重试",
            _MAYBE_WRITTEN_EN
            if outcome_unknown
            else "the graph engine can't be reached at the moment, please try again",
            retry_after_seconds=2,
            outcome_unknown=outcome_unknown,
        )
        self.outcome_unknown = outcome_unknown


class Busy(ZaoxueError):
    """Other writes kept changing the same things; nothing was written, the same request may be sent again.

    `holder` is whose turn at writing it was all the time, where that is known.
    """

    code = "BUSY"

    def __init__(self, holder: Holder | None = None) -> None:
        zh, en = "", ""
        if holder is not None:
            zh = f"（进程 {holder.pid} 自 {holder.since} 起一直在写）"
            en = f" (process {holder.pid} has been writing since {holder.since})"
        super().__init__(
            f"同时有其他修改正在进行{zh}，没有写入，请重试",
            f"other changes to the same data are under way{en}; nothing was written, please try again",
            retry_after_seconds=1,
            **({} if holder is None else {"pid": holder.pid, "since": holder.since}),
        )


class Conflict(ZaoxueError):
    """A uniqueness constraint refused the write at every try; nothing was written."""

    code = "CONFLICT"

    def __init__(self) -> None:
        super().__init__(
            "已有同样编号的记录，没有写入",
            "a record with the same key exists already; nothing was written",
        )


class EngineFailed(ZaoxueError):
    """The engine answered and could not carry the statement out (a full disk, a fault of its own)."""

    code = "ENGINE_FAILED"

    def __init__(self, engine_code: str | None, *, outcome_unknown: bool = False) -> None:
        zh, en = _PERHAPS_WRITTEN if outcome_unknown else ("没有写入", "nothing was written")
        super().__init__(
            f"图数据库执行失败，{zh}；请查看引擎日志与磁盘空间",
            f"the engine could not carry this out, {en}; see its log and the free disk space",
            engine_code=engine_code,
            outcome_unknown=outcome_unknown,
        )
        self.outcome_unknown = outcome_unknown


class FolderGone(ZaoxueError):
    """The data folder was removed, moved or replaced while its engine runs: what is written has no place."""

    code = "FOLDER_GONE"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"数据目录 {str(folder)!r} 在使用中被移走、删除或替换；不再写入。请停止服务，放回原来的目录或恢复备份后再启动",
            f"the data folder {str(folder)!r} was moved, removed or replaced while in use; nothing more is written to "
            "it. Stop the service, put the folder or a backup back, and start again",
            folder=str(folder),
        )


class AddressRefused(ZaoxueError):
    """The engine at this address does not let us in: address, user, password or database is wrong."""

    code = "ENGINE_REFUSED"

    def __init__(self, uri: str, cause: Exception) -> None:
        super().__init__(
            f"图数据库 {uri!r} 拒绝连接：请检查地址、用户名、密码和数据库名",
            f"the graph engine at {uri!r} refuses: check the address, the user, the password and the database",
            uri=uri,
            cause=type(cause).__name__,
        )


def refusal_of(error: Exception, uri: str) -> ZaoxueError | None:
    """What a driver's `error` means for the caller; None for a mistake in our own statement."""
    match error:
        case IncompleteCommit():
            return Unavailable(outcome_unknown=True)
        case ServiceUnavailable() | SessionExpired() | ConnectionAcquisitionTimeoutError():
            return Unavailable()
        case AuthError() | Forbidden() | ConfigurationError():
            return AddressRefused(uri, error)
        case ClientError(code="Neo.ClientError.Database.DatabaseNotFound"):
            return AddressRefused(uri, error)
        case ConstraintError():
            return Conflict()
        case ClientError(code="Neo.ClientError.Statement.EntityNotFound" as code):
            # No mistake of ours: the record was deleted meanwhile, or lost by a damaged file.
            return EngineFailed(code)
        case ClientError(code=code) if str(code).startswith("Neo.ClientError.Transaction."):
            # The engine dropped the transaction by itself: ArcadeDB answers so where the disk is full.
            return EngineFailed(code)
        case TransientError(code=code):
            return Unavailable() if "Unavailable" in str(code) else Busy()
        case DatabaseError(code=code):
            return EngineFailed(code)
    return None


def is_worth_retrying(refusal: ZaoxueError, tries: int, elapsed_seconds: float) -> bool:
    """Whether the same work may succeed when it is run again now."""
    match refusal:
        case Unavailable(outcome_unknown=outcome_unknown):
            return not outcome_unknown and elapsed_seconds < LOST_SECONDS
        case Busy():
            return elapsed_seconds < BUSY_SECONDS
        case Conflict():
            return tries < CONFLICT_TRIES
        case EngineFailed(outcome_unknown=outcome_unknown):
            return not outcome_unknown and tries < FAILURE_TRIES
    return False
