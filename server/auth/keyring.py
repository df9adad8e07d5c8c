"""Our own signing keys: a small file, the newest key first, the one before it still good."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc.jwk import OctKey

from graph.embedded.folder import make_once, refusing_bad_folder, sync_folder
from graph.errors import ZaoxueError
from server.keys import content_of
from server.settings import Settings

FILE_NAME = "token-keys.json"
"""Its name in the data folder."""
KEPT = 2
"""Keys that are good at once: a new one, and the one whose tokens may still be about."""
_KEY_BYTES = 32


class KeysUnusable(ZaoxueError):
    """The file with the keys can't be read, or is none."""

    code = "TOKEN_KEYS_UNUSABLE"


@dataclass(slots=True)
class KeyFile:
    """The keys in a file; a change of the file, by whichever process, is seen at the next look."""

    path: Path
    _seen: tuple[int, ...] = ()
    _keys: tuple[OctKey, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> KeyFile:
        """The file that the settings name, else the one in the data folder."""
        return cls(settings.token_keys_file or settings.data / FILE_NAME)

    def good(self) -> tuple[OctKey, ...]:
        """The keys, newest first; none where no file was made yet. Raises KeysUnusable."""
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _unusable(self.path) from error
        seen = (found.st_ino, found.st_mtime_ns, found.st_size)
        if seen != self._seen:
            self._keys, self._seen = _read(self.path), seen
        return self._keys

    def newest(self) -> OctKey:
        """The key that signs; made, readable by its owner alone, where there is none yet.

        Raises KeysUnusable, FolderUnusable.
        """
        if not self.good():
            with refusing_bad_folder(self.path.parent):
                self.path.parent.mkdir(parents=True, exist_ok=True)
                make_once(self.path, _text([_made()]))
        return self.good()[0]

    def rotate(self) -> OctKey:
        """A new key that signs from now on; the one before it stays good, older ones do not.

        Raises KeysUnusable, FolderUnusable.
        """
        if not self.good():
            return self.newest()
        kept = [_made(), *self.good()][:KEPT]
        with refusing_bad_folder(self.path.parent):
            aside = self.path.with_name(f"{self.path.name}.{secrets.token_hex(8)}")
            make_once(aside, _text(kept))
            os.replace(aside, self.path)
            sync_folder(self.path.parent)
        return self.good()[0]


def _made() -> OctKey:
    return OctKey.import_key(secrets.token_bytes(_KEY_BYTES), {"kid": secrets.token_hex(8)})


def _text(keys: list[OctKey]) -> str:
    return json.dumps({"keys": [key.as_dict(private=True) for key in keys]}, indent=1)


def _read(path: Path) -> tuple[OctKey, ...]:
    try:
        entries: Any = json.loads(content_of(path))["keys"]
        keys = tuple(
            OctKey.import_key({name: str(value) for name, value in each.items()}) for each in entries
        )
        is_sound = bool(keys) and all(key.kid and len(key.raw_value) >= _KEY_BYTES for key in keys)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unusable(path) from error
    if not is_sound:
        raise _unusable(path)
    return keys


def _unusable(path: Path) -> KeysUnusable:
    return KeysUnusable(
        f"令牌密钥文件 {str(path)!r} 不可读或内容不对；没有改动。请换上原来的文件；没有的话，删除它，"
        "再用 zaoxue token 签发新令牌，旧令牌随之失效",
        f"the file with the keys of tokens, {str(path)!r}, can't be read or holds no keys; nothing was changed. "
        "Put the old file back; where there is none, delete it and make new tokens by zaoxue token: "
        "those handed out before are no longer taken",
        path=str(path),
    )
