"""The frame's own views."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from duly.desk.web.page import SIGNED_IN, page
from duly.desk.web.session import SEEN, seconds_left
from duly.kernel.clock import now


@page("POST", right=SIGNED_IN)
def stay(request: HttpRequest) -> HttpResponse:
    """Keep the session alive; answers how many seconds are left."""
    request.session[SEEN] = int(now().timestamp())
    return HttpResponse(str(seconds_left(request)), content_type="text/plain; charset=utf-8")
