"""The secret that signs cursors: the file that was named, or one made in the data folder."""

from __future__ import annotations

import secrets
from pathlib import Path

from graph.embedded.folder import make_once, refusing_bad_folder
from graph.errors import ZaoxueError
from server.keys import SECRET_BYTES, content_of
from server.settings import Settings

FILE_NAME = "cursor-secret"
"""Its name in the data folder."""


class SecretUnusable(ZaoxueError):
    """The file with the secret is no file, or too short to sign with."""

    code = "SECRET_UNUSABLE"


def cursor_secret(settings: Settings) -> bytes:
    """The secret, at least 32 bytes; the same at every start on the same data folder or file.

    Made on first use, readable by its owner alone. Replicas beside each other need one file for all.
    Raises: SecretUnusable, FolderUnusable.
    """
    if settings.secret_file is not None:
        return _secret_in(settings.secret_file)
    path = settings.data / FILE_NAME
    with refusing_bad_folder(settings.data):
        settings.data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            make_once(path, secrets.token_hex(SECRET_BYTES))
    return _secret_in(path)


def _secret_in(path: Path) -> bytes:
    try:
        secret = content_of(path)
    except (OSError, ValueError):
        secret = b""
    if len(secret) < SECRET_BYTES:
        raise SecretUnusable(
            f"分页签名的密钥文件 {str(path)!r} 不可读，或不足 {SECRET_BYTES} 字节；没有改动。"
            "请换上原来的文件；没有的话，删除它后重新启动会生成新密钥，旧的分页位置随之失效",
            f"the file with the secret that signs cursors, {str(path)!r}, can't be read or holds less than "
            f"{SECRET_BYTES} bytes; nothing was changed. Put the old file back; where there is none, delete it and "
            "start anew: another secret is made, and cursors handed out before are no longer taken",
            path=str(path),
        )
    return secret
