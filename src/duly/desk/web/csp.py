"""The headers that keep a page to itself: nonce-only scripts, Trusted Types, no frames, no caches.

Every HTML response carries its own nonce as `request.csp_nonce`; htmx (extension hx-csp) acts only on
elements that
repeat it in `hx-nonce`, so markup that slipped into a page by way of data stays dead.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'nonce-{nonce}'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types htmx duly",
    ]
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def nonce_of(request: HttpRequest) -> str:
    """Return this response's nonce; made on first use so that it also exists where the middleware is
    absent.
    """
    known = getattr(request, "csp_nonce", None)
    if known is None:
        known = secrets.token_urlsafe(16)
        request.csp_nonce = known  # type: ignore[attr-defined]
    return str(known)


class ContentSecurityPolicyMiddleware:
    """Set the policy on pages, and plain protection on everything else (downloads keep working in PDF
    viewers).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        nonce = nonce_of(request)
        response = self.get_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        is_page = response.headers.get("Content-Type", "text/html").startswith("text/html")
        policy = POLICY.format(nonce=nonce) if is_page else "frame-ancestors 'none'"
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
