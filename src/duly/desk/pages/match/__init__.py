"""The match desk: money in the bank tied to what people owe, a key a line."""

from django.urls import path

from duly.desk.pages.match import acts, desk, items
from duly.desk.web.page import by_method

urlpatterns = [
    path("match", desk.show, name="match"),
    path("match/accept-exact", acts.accept_all, name="match-accept-exact"),
    path("match/propose", acts.look, name="match-propose"),
    path("match/<int:line_id>", desk.show_line, name="match-line"),
    path("match/<int:line_id>/accept", acts.accept_one, name="match-accept"),
    path("match/<int:line_id>/refuse", acts.refuse_one, name="match-refuse"),
    path("match/<int:line_id>/on-account", acts.on_account, name="match-on-account"),
    path("match/<int:line_id>/place", acts.place_other, name="match-place"),
    path("match/<int:line_id>/undo", acts.take_back, name="match-undo"),
    path("match/<int:line_id>/items", by_method(items.choose, items.apply), name="match-items"),
    path("match/<int:line_id>/find", items.find, name="match-find"),
    path("match/<int:line_id>/deposit", by_method(items.deposits, items.deposit), name="match-deposit"),
]
