"""Collections: the board, one account, dunning runs, policies, stop lists, law packs, agencies, expected cash."""

from django.urls import path

from duly.desk.pages.collections import acts, board, forms, policies, runs
from duly.desk.web.page import by_method

AT = "collections/accounts/<number>"
urlpatterns = [
    path("collections", board.show, name="collections"),
    path("collections/refresh", board.refresh, name="collections-refresh"),
    path("collections/forecast", board.forecast, name="collections-forecast"),
    path(AT, board.one, name="collections-account"),
    path(f"{AT}/contact", by_method(forms.ask_contact, forms.contact), name="collections-contact"),
    path(f"{AT}/promise", by_method(forms.ask_promise, forms.promise), name="collections-promise"),
    path(f"{AT}/dispute", by_method(forms.ask_dispute, forms.dispute), name="collections-dispute"),
    path(f"{AT}/plan", by_method(forms.ask_plan, forms.plan), name="collections-plan"),
    path(f"{AT}/stop", by_method(forms.ask_stop, forms.stop), name="collections-stop"),
    path(f"{AT}/agency", by_method(forms.ask_agency, forms.agency), name="collections-agency"),
    path(f"{AT}/statement", acts.send_statement, name="collections-statement"),
    path("collections/disputes/<int:dispute_id>/close", acts.close, name="collections-dispute-close"),
    path("collections/promises/<int:promise_id>/withdraw", acts.withdraw, name="collections-promise-withdraw"),
    path("collections/promises/<int:promise_id>/see", acts.see, name="collections-promise-see"),
    path("collections/plans/<int:plan_id>/cancel", acts.cancel, name="collections-plan-cancel"),
    path("collections/stops/<int:stop_id>/lift", acts.lift, name="collections-stop-lift"),
    path("collections/handovers/<int:handover_id>/recall", acts.call_back, name="collections-recall"),
    path("collections/runs", runs.show_all, name="dunning-runs"),
    path("collections/runs/plan", runs.plan, name="dunning-plan"),
    path("collections/runs/<int:run_id>", runs.show, name="dunning-run"),
    path("collections/runs/<int:run_id>/left-out", runs.left_out, name="dunning-left-out"),
    path("collections/runs/<int:run_id>/take-out", runs.out, name="dunning-take-out"),
    path("collections/runs/<int:run_id>/put-back", runs.back, name="dunning-put-back"),
    path("collections/runs/<int:run_id>/release", runs.release, name="dunning-release"),
    path("collections/runs/<int:run_id>/cancel", runs.cancel, name="dunning-cancel"),
    path("collections/letters/<int:letter_id>.pdf", runs.letter, name="dunning-letter"),
    path("collections/policies", policies.show, name="dunning-policies"),
    path("collections/policies/<segment>", by_method(policies.ask, policies.save), name="dunning-policy"),
    path(
        "collections/policies/<segment>/words/<int:step>",
        by_method(policies.ask_words, policies.save_words),
        name="dunning-words",
    ),
    path("collections/stops", policies.stop_list, name="collections-stops"),
    path("collections/laws", policies.laws, name="collections-laws"),
    path("collections/laws/<int:law_id>/switch", policies.switch, name="collections-law-switch"),
    path("collections/agencies", by_method(policies.ask_agencies, policies.add), name="collections-agencies"),
    path("collections/losses", by_method(policies.losses, policies.propose), name="collections-losses"),
]
