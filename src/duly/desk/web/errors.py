"""When the answer is no: refusals as a page or a message, confirmations, and the pages for 400, 403, 404
and 500.

Each says what was not saved, keeps what was typed, and carries a reference number that also stands in the
log.
"""

from __future__ import annotations

import logging
import secrets
import sys

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from duly.access.queries import proposal
from duly.desk.web.frame import Toast, actor_of, tell
from duly.desk.web.render import asks_part, message_only, render
from duly.desk.web.sentences import SENTENCES, facts_shown, heading_of, sentence_of, who_can
from duly.kernel.refusals import BadInput, NeedsConfirmation, NotAllowed, NotFound, Proposed, Refused

log = logging.getLogger("duly.desk")
# Never written back into a page: secrets, and what the framework itself added.
NEVER_SHOWN = ("csrfmiddlewaretoken", "password", "code", "token", "secret", "next")
CONFIRMED = "confirmed"


def reference() -> str:
    """Return a short number that ties what a person saw to a line of the log."""
    return f"{secrets.randbelow(10**8):08d}"[:4] + "-" + f"{secrets.randbelow(10**4):04d}"


def status_of(refusal: Refused) -> int:
    """Return the HTTP status that means the same as a refusal."""
    kinds = ((NotAllowed, 403), (NotFound, 404), (BadInput, 422), (NeedsConfirmation, 409))
    return next((status for kind, status in kinds if isinstance(refusal, kind)), 409)


def refused_page(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Show a refusal: to htmx after an act as a message beside the untouched page, else as a page of its
    own.
    """
    if isinstance(refusal, Proposed):
        return sent_for_approval(request, refusal)
    actor = actor_of(request)
    language = actor.language if actor else "en"
    number, sentence = reference(), sentence_of(refusal, language)
    log.info("refused %s %s %s (reference %s)", request.method, request.path, refusal.code, number)
    can = who_can(refusal, actor)
    if isinstance(refusal, NeedsConfirmation) and request.method == "POST":
        return _confirmation(request, refusal, sentence)
    if asks_part(request) and request.method == "POST":
        note = f"Ask {' or '.join(can[:3])}." if can else f"Nothing was changed. Reference {number}."
        return message_only(request, Toast(sentence, "bad", note=note), status=status_of(refusal))
    return render(
        request,
        "error.html",
        {
            "heading": heading_of(refusal),
            "sentence": sentence,
            "details": facts_shown(refusal, language),
            "who": can,
            "typed": typed_text(request),
            "number": number,
            "status": status_of(refusal),
        },
        status=status_of(refusal),
    )


def sent_for_approval(request: HttpRequest, refusal: Proposed) -> HttpResponse:
    """Show what was sent for approval, with a message that says who decides."""
    refusal = surely_kept(request, refusal)
    who = " or ".join(list(refusal.facts["who"])[:3])  # type: ignore[call-overload]
    log.info("proposed %s %s as proposal %s", request.method, request.path, refusal.facts["proposal"])
    tell(request, Toast(f"Sent for approval to {who}.", "ok", note=str(refusal.facts["summary"])))
    response = HttpResponseRedirect(f"/approvals/{refusal.facts['proposal']}")
    response.status_code = 303
    return response


def surely_kept(request: HttpRequest, refusal: Proposed) -> Proposed:
    """Return the proposal, kept once more where a page that does several acts together took the row back."""
    actor = actor_of(request)
    assert actor is not None, "only who is signed in proposes"
    try:
        proposal(actor.entity_id, int(str(refusal.facts["proposal"])))
    except NotFound:
        return (refusal.again() if refusal.again else None) or refusal
    return refusal


def typed_text(request: HttpRequest) -> list[tuple[str, str]]:
    """Return what the person had typed, so that it can be copied when the page could not be kept."""
    if request.method != "POST":
        return []
    return [
        (name.replace("_", " ").capitalize(), value)
        for name, value in request.POST.items()
        if isinstance(value, str) and value.strip() and not any(word in name for word in NEVER_SHOWN)
    ]


def _confirmation(request: HttpRequest, refusal: Refused, sentence: str) -> HttpResponse:
    fields = [(name, str(value)) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in fields if name not in ("csrfmiddlewaretoken", CONFIRMED)]
    actor = actor_of(request)
    facts = facts_shown(refusal, actor.language if actor else "en")
    back = request.headers.get("HX-Current-URL") or request.headers.get("Referer") or "/today"
    context = {"sentence": sentence, "details": facts, "kept": kept, "confirmed": CONFIRMED, "back": back}
    return render(request, "confirm.html", context, status=409)


def confirmed(request: HttpRequest) -> bool:
    """Return whether the person has already answered yes to a NeedsConfirmation of this form."""
    return request.POST.get(CONFIRMED) == "yes"


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the page for 400 (`handler400`)."""
    return _broken(
        request,
        400,
        "This request could not be read",
        "Go back, check the address or the form, and try again.",
    )


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the page for 403 (`handler403`)."""
    return _broken(request, 403, "Not allowed", "Your rights do not cover this.")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the page for 404 (`handler404`)."""
    return _broken(
        request,
        404,
        "Not found",
        SENTENCES["desk.page_gone"] + " It may have moved, or belong to another office.",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Show the page for a form whose token does not fit (`CSRF_FAILURE_VIEW`)."""
    return _broken(request, 403, "Not saved", SENTENCES["desk.form_expired"])


def broken(request: HttpRequest) -> HttpResponse:
    """Show the page for 500 (`handler500`): generic words; the log has the details under that number."""
    # Whatever broke may have been the database: this page asks it nothing.
    request.actor = None  # type: ignore[attr-defined]
    request.__dict__.pop("session", None)
    sentence = "Something broke on our side. Nothing of this step was saved; what came before is safe."
    return _broken(request, 500, "Not saved", sentence)


def _broken(request: HttpRequest, status: int, heading: str, sentence: str) -> HttpResponse:
    number = reference()
    report = log.error if status == 500 else log.info
    report(
        "%s %s %s (reference %s)",
        status,
        request.method,
        request.path,
        number,
        exc_info=sys.exc_info() if status == 500 else None,
    )
    if asks_part(request) and request.method == "POST":
        toast = Toast(f"{heading}. {sentence}", "bad", note=f"Reference {number}.")
        return message_only(request, toast, status=status)
    typed = typed_text(request)
    context = {"heading": heading, "sentence": sentence, "number": number, "status": status, "typed": typed}
    return render(request, "error.html", context | {"details": [], "who": []}, status=status)
