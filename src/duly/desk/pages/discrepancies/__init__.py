"""Discrepancies: what does not agree, why, and what settles it."""

from django.urls import path

from duly.desk.pages.discrepancies import acts, allowances, desk, otherwise
from duly.desk.web.page import by_method

urlpatterns = [
    path("discrepancies", desk.show, name="discrepancies"),
    path("discrepancies/look", acts.look, name="discrepancies-look"),
    path("discrepancies/hand-over", acts.hand_over, name="discrepancies-hand-over"),
    path(
        "discrepancies/allowances",
        by_method(allowances.show, allowances.add),
        name="discrepancies-allowances",
    ),
    path("discrepancies/allowances/<int:allowance_id>/end", allowances.end, name="discrepancies-allowance-end"),
    path("discrepancies/<int:case_id>", desk.show_one, name="discrepancy"),
    path("discrepancies/<int:case_id>/pick", acts.pick, name="discrepancy-pick"),
    path("discrepancies/<int:case_id>/ask", acts.ask, name="discrepancy-ask"),
    path("discrepancies/<int:case_id>/wait", acts.wait, name="discrepancy-wait"),
    path("discrepancies/<int:case_id>/undo", acts.take_back, name="discrepancy-undo"),
    path(
        "discrepancies/<int:case_id>/otherwise",
        by_method(otherwise.show, otherwise.settle),
        name="discrepancy-otherwise",
    ),
]
