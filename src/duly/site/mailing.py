"""Mail on its way out and back: what the worker sends, and the notices of failure it reads.

Notices of failure (RFC 3464) come in through a folder, `inbox` of the home: let the mail server of the return path's
domain deliver there, one file a message. What was read is moved away, so that nothing is read twice.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from duly.access.queries import entity
from duly.collections.actions.sending import record_bounce as record_letter_bounce
from duly.collections.delivery import send_due as send_letters_due
from duly.formats.mail import Bounce, parse_bounce
from duly.invoicing.actions.delivery import record_bounce
from duly.invoicing.delivery import MailboxFolder, return_path_key, send_due
from duly.kernel.actor import system_actor
from duly.site.home import Home, home_at

LARGEST_NOTICE = 5 * 2**20
log = logging.getLogger("duly.mailing")


def send_documents(entity_id: int) -> int:
    """Send what is due of one entity: by SMTP where DULY_SMTP_URL is set, else into the home's outbox.

    A demo's mail never leaves the machine, whatever is set.
    """
    mailbox = MailboxFolder(home_at().outbox / "mail") if entity(entity_id).is_demo else None
    return send_due(entity_id, transport=mailbox) + send_letters_due(entity_id, transport=mailbox)


def inbox_of(home: Home) -> Path:
    """Return the folder that notices of failure are delivered to."""
    return home.path / "inbox"


def read_bounces(entity_ids: Sequence[int], inbox: Path | None = None) -> int:
    """Read the notices in the inbox; each document named is undelivered from now on. Returns how many documents.

    A notice that names none of ours goes to `inbox/other`, for a person.
    """
    folder = inbox or inbox_of(home_at())
    if not folder.is_dir():
        return 0
    noted = 0
    for file in sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")):
        known = sum(_note(bounce, entity_ids) for bounce in _bounces_in(file))
        noted += known
        aside = folder / ("read" if known else "other")
        aside.mkdir(mode=0o700, exist_ok=True)
        file.rename(aside / file.name)
    return noted


def _bounces_in(file: Path) -> Sequence[Bounce]:
    if file.stat().st_size > LARGEST_NOTICE:
        log.warning("%s is too large for a notice of failure", file.name)
        return ()
    return parse_bounce(file.read_bytes(), key=return_path_key())


def _note(bounce: Bounce, entity_ids: Sequence[int]) -> bool:
    return any(
        record(bounce, by=system_actor(entity_id)) is not None
        for entity_id in entity_ids
        for record in (record_bounce, record_letter_bounce)
    )
