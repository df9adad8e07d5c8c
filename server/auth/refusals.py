"""Why nobody is let in: each with a stable code, what to do about it in both languages, and the 401 of RFC 6750."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from server.refusing import RequestRefused

_REALM = 'Bearer realm="zaoxue"'


class Reason(Enum):
    """What is wrong with a token, in Chinese and English."""

    MALFORMED = (
        "Authorization 应为一项“Bearer 令牌”，令牌为签名的 JWT",
        "Authorization should be one `Bearer TOKEN`, the token a signed JWT",
    )
    ALGORITHM = "令牌的签名算法不被接受", "the token is signed by an algorithm that is not accepted here"
    UNKNOWN_KEY = (
        "令牌的签名密钥不在现用密钥之中（可能已轮换）；请换用新令牌",
        "the token's key is none of those in use (they may have been rotated); get a new token",
    )
    SIGNATURE = "令牌的签名不正确", "the token's signature is wrong"
    ISSUER = "令牌不是由本服务接受的签发方签发的", "the token comes from an issuer that is not accepted here"
    AUDIENCE = "令牌是发给别的服务的", "the token is meant for another service"
    EXPIRED = (
        "令牌已过期；请重新登录，或向管理员要新令牌",
        "the token has expired; sign in again, or ask the administrator for a new one",
    )
    NO_EXPIRY = "令牌没有写明有效期（exp）", "the token does not say when it expires (exp)"
    NOT_YET = (
        "令牌尚未生效；请检查签发方与本机的时钟",
        "the token is not valid yet; check the clocks of its issuer and of this service",
    )
    SUBJECT = "令牌没有写明可用的持有人（sub）", "the token names no holder that can be one here (sub)"

    def __init__(self, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en


class TokenRefused(RequestRefused):
    """A token that came and is not good: never taken as no token."""

    code = "TOKEN_REFUSED"

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.zh, reason.en, status=401, reason=reason.name)
        self.reason = reason

    @property
    def headers(self) -> Mapping[str, str]:
        """The challenge, with the reason for a program."""
        return {"WWW-Authenticate": f'{_REALM}, error="invalid_token", error_description="{self.reason.en}"'}


class TokenMissing(RequestRefused):
    """No token came where one is wanted."""

    code = "TOKEN_MISSING"

    def __init__(self) -> None:
        super().__init__(
            "请出示令牌：在请求头中写“Authorization: Bearer 令牌”；令牌向管理员索取（zaoxue token），或登录身份提供方取得",
            "a token is wanted: send the header `Authorization: Bearer TOKEN`; the administrator makes one "
            "(zaoxue token), or you get it where you sign in",
            status=401,
        )

    @property
    def headers(self) -> Mapping[str, str]:
        """The challenge, without an error: nothing was wrong with what did not come."""
        return {"WWW-Authenticate": _REALM}


class ProviderUnavailable(RequestRefused):
    """The identity provider does not give its keys now, so that no token of its own can be judged."""

    code = "IDENTITY_PROVIDER_UNAVAILABLE"

    def __init__(self, issuer: str) -> None:
        super().__init__(
            f"暂时无法向身份提供方 {issuer} 取得密钥，请稍后重试；原因见服务日志",
            f"the identity provider {issuer} does not give its keys now; try again soon (the service's log says why)",
            status=503,
            issuer=issuer,
        )

    @property
    def headers(self) -> Mapping[str, str]:
        """When to come again, in seconds."""
        return {"Retry-After": "30"}
