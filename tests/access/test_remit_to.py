"""Where customers pay to is never changed by one person: somebody asks, another decides, all owners hear of it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from duly.access.actions import set_remit_to
from duly.access.actions.proposals import accept_proposal
from duly.access.actions.remit_to import change_remit_to
from duly.invoicing.notices import send_notices
from duly.kernel.refusals import BadInput, NotAllowed, Proposed, Refused
from tests.payments.scenario_money import one
from tests.scenario import Office

DAY = date(2026, 3, 9)
NEW = {"iban": "DE44500105175407324931", "bic": "INGDDEFFXXX", "bank_name": "ING"}


def bank_of(office: Office) -> dict[str, str]:
    return dict(json.loads(one("select bank::text from access_entity where id = %s", office.entity_id)))


class Box:
    """A mailbox that keeps what it is given."""

    def __init__(self) -> None:
        self.mails: list[tuple[tuple[str, ...], str]] = []

    def send(self, mail: object) -> str:
        self.mails.append((mail.recipients, str(mail.message["Subject"])))  # type: ignore[attr-defined]
        return "250"

    def close(self) -> None:
        """Nothing to let go of."""


@pytest.mark.parametrize("who", ["owner", "coordinator"])
def test_nobody_changes_it_alone(office: Office, who: str) -> None:
    with pytest.raises(Proposed):
        change_remit_to(NEW, reason="new house bank", today=DAY, by=getattr(office, who))

    assert bank_of(office) == {}


def test_a_second_person_decides_and_the_owners_are_told(office: Office) -> None:
    set_remit_to({"iban": "DE02120300000000202051", "bic": "", "bank_name": ""}, by=office.system)
    with pytest.raises(Proposed) as asked:
        change_remit_to(NEW, reason="new house bank", today=DAY, by=office.owner)

    accept_proposal(int(str(asked.value.facts["proposal"])), by=office.accountant)

    assert bank_of(office) == NEW
    box = Box()
    assert send_notices(office.entity_id, transport=box) == 1
    owner = one("select email from access_user where id = %s", office.owner.user_id)
    assert box.mails == [((owner,), "Our own bank details on documents were changed")]
    assert send_notices(office.entity_id, transport=box) == 0


def test_the_installation_itself_does_not_change_it_nor_does_a_specialist(office: Office) -> None:
    with pytest.raises(NotAllowed):
        change_remit_to(NEW, reason="new house bank", today=DAY, by=office.system)
    with pytest.raises(NotAllowed):
        change_remit_to(NEW, reason="new house bank", today=DAY, by=office.specialist)


@pytest.mark.parametrize("bank", [{"iban": "DE00"}, {"iban": NEW["iban"], "link": "x"}, {}])
def test_an_account_that_does_not_prove_itself_is_refused(office: Office, bank: dict[str, str]) -> None:
    with pytest.raises((BadInput, Refused), match=r"remit_to\.account_unclear"):
        change_remit_to(bank, reason="new house bank", today=DAY, by=office.owner)
