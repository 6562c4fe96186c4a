"""Coming in and going out: by address and password, by a link used once, for one of several offices."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponseBase
from django.urls import path

from duly.access.actions import check_attempts, note_attempt, set_password, spend_sign_in_link
from duly.access.backend import DulyBackend
from duly.access.models import User
from duly.access.queries import entities_of
from duly.desk.web.forms import Form
from duly.desk.web.frame import actor_of, signed_in
from duly.desk.web.page import ANYONE, SIGNED_IN, by_method, done, page, safe_path, see_other
from duly.desk.web.render import render
from duly.desk.web.sentences import SENTENCES, sentence_of
from duly.desk.web.session import BY_LINK, begin, came_by_link
from duly.kernel.actor import Actor
from duly.kernel.refusals import BadInput, NotFound, Refused

NOBODY = Actor(0, None, "", frozenset())
SENTENCES.update(
    {
        "access.too_many_attempts": "Too many attempts. Wait {minutes} minutes, then try again.",
        "access.link_not_valid": "This link was used already, or it is too old. Ask whoever sent it for a new one.",
        "access.password_weak": "This password is too easy to guess. {remedy}",
        "access.no_office": "You are not a member of any office. Ask an administrator to invite you.",
        "access.person_switched_off": "This person was switched off. Switch them on again first.",
        "access.person_unclear": "A name and an e-mail address are needed.",
        "access.person_not_switched": "Done already, or they work elsewhere too: take their roles back instead.",
        "access.never_to_oneself": "Nobody changes what they may do themselves. Ask another person.",
        "access.role_not_held": "The role was taken back already.",
    }
)
NOT_RECOGNISED = "This address and password do not belong together."


def where_to(request: HttpRequest) -> str:
    """Return the page to go on with: the form's `next`, never another host and never the sign-in itself."""
    wanted = safe_path(request, request.POST.get("next") or request.GET.get("next") or "")
    return "/today" if wanted.startswith(("/sign-in", "/sign-out")) else wanted


@page("GET", right=ANYONE)
def show(request: HttpRequest) -> HttpResponseBase:
    """Ask for address and password."""
    if actor_of(request) is not None:
        return see_other(where_to(request))
    return ask(request, Form(request, NOBODY))


@page("POST", right=ANYONE)
def enter(request: HttpRequest) -> HttpResponseBase:
    """Sign in; ten failures in a quarter of an hour close the door for a while."""
    form = Form(request, NOBODY)
    email = form.text("email", "E-mail address", at_most=254)
    password = request.POST.get("password", "")
    if not password:
        form.blame("password", "Password", "Fill this in")
    if form.wrong:
        return ask(request, form, 422)
    address = str(request.META.get("REMOTE_ADDR", ""))
    try:
        check_attempts(email, address)
    except Refused as refusal:
        form.refuse(refusal, sentence_of(refusal))
        return ask(request, form, 429)
    user = authenticate(request, email=email, password=password)
    note_attempt(email, address, succeeded=user is not None)
    if not isinstance(user, User):
        form.whole.append(NOT_RECOGNISED)
        return ask(request, form, 422)
    return let_in(request, user)


def ask(request: HttpRequest, form: Form, status: int = 200) -> HttpResponseBase:
    context = {"form": form, "next": where_to(request), "ended": request.GET.get("ended") == "1"}
    return render(request, "sign_in/sign_in.html", context, status=status)


def let_in(
    request: HttpRequest, user: User, entity_id: int | None = None, *, by_link: bool = False
) -> HttpResponseBase:
    """Begin the session, in the entity named or the person's only one; with several they choose."""
    offices = entities_of(user.pk)
    if not offices:
        raise Refused("access.no_office")
    begin(request, user, entity_id or offices[0].id, by_link=by_link)
    request.__dict__.pop("actor", None)
    to = where_to(request)
    if entity_id is None and len(offices) > 1:
        return see_other(f"/sign-in/office?next={to}")
    return see_other(to)


@page("GET", right=ANYONE)
def show_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show one button; only its POST uses the link up, so that programs which follow links do not."""
    if settings.DULY_DEMO:
        return use_link(request, token)
    return render(request, "sign_in/link.html", {"next": where_to(request)})


@page("POST", right=ANYONE)
def spend_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Sign in by the link; who has no password yet is offered to set one."""
    return use_link(request, token)


def use_link(request: HttpRequest, token: str) -> HttpResponseBase:
    found = spend_sign_in_link(token)
    user = DulyBackend().get_user(found.user_id)
    if user is None:
        raise Refused("access.link_not_valid")
    answer = let_in(request, user, found.entity_id, by_link=True)
    if not settings.DULY_DEMO and not user.has_usable_password():
        return see_other("/sign-in/password")
    return answer


@page("GET", right=SIGNED_IN)
def show_offices(request: HttpRequest) -> HttpResponseBase:
    """Let a person of several offices choose the one to work in."""
    user: Any = request.user
    context = {"offices": entities_of(user.pk), "next": where_to(request), "here": signed_in(request).entity_id}
    return render(request, "sign_in/office.html", context)


@page("POST", right=SIGNED_IN)
def choose_office(request: HttpRequest) -> HttpResponseBase:
    """Go on in another office of the same person."""
    user: Any = request.user
    chosen = request.POST.get("entity", "")
    mine = {str(office.id): office for office in entities_of(user.pk)}
    if chosen not in mine:
        raise NotFound("access.entity_unknown", entity=chosen)
    begin(request, user, mine[chosen].id, by_link=came_by_link(request))
    return see_other(where_to(request))


@page("GET", right=SIGNED_IN)
def show_password(request: HttpRequest) -> HttpResponseBase:
    """Ask for a new password."""
    return ask_password(request, Form(request, signed_in(request)))


@page("POST", right=SIGNED_IN)
def save_password(request: HttpRequest) -> HttpResponseBase:
    """Set the person's own password; their other sessions end. Who came by a link need not know the old one."""
    user: Any = request.user
    form = Form(request, signed_in(request))
    first, again = request.POST.get("password", ""), request.POST.get("password_again", "")
    current = request.POST.get("current_password", "")
    if asks_for_old(request) and not user.check_password(current):
        form.blame("current_password", "Your password now", "This is not your password")
    if first != again:
        form.blame("password_again", "The same again", "The two differ")
    if not form.wrong:
        try:
            set_password(user.pk, first, name=user.name, email=user.email)
        except BadInput as refusal:
            form.blame("password", "New password", str(refusal.facts.get("remedy", sentence_of(refusal))))
    if form.wrong:
        return ask_password(request, form, 422)
    user.refresh_from_db()
    update_session_auth_hash(request, user)
    # Once is enough: the next change in this session needs the password just set.
    request.session[BY_LINK] = False
    return done(request, "/today", "Your new password is set. Other sessions of yours have ended.")


def asks_for_old(request: HttpRequest) -> bool:
    """Whether a new password needs the old one beside it."""
    user: Any = request.user
    return bool(user.has_usable_password()) and not came_by_link(request)


def ask_password(request: HttpRequest, form: Form, status: int = 200) -> HttpResponseBase:
    user: Any = request.user
    context = {"form": form, "has_one": user.has_usable_password(), "asks_for_old": asks_for_old(request)}
    return render(request, "sign_in/password.html", context, status=status)


@page("POST", right=ANYONE)
def leave(request: HttpRequest) -> HttpResponseBase:
    """End the session and have the browser forget what it kept of it."""
    logout(request)
    response = see_other("/sign-in")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


urlpatterns = [
    path("sign-in", by_method(show, enter), name="sign-in"),
    path("sign-in/office", by_method(show_offices, choose_office), name="sign-in-office"),
    path("sign-in/password", by_method(show_password, save_password), name="sign-in-password"),
    path("sign-in/<str:token>", by_method(show_link, spend_link), name="sign-in-link"),
    path("sign-out", leave, name="sign-out"),
]
