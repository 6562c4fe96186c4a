"""Team: the week against the people in it, what is at risk, rules, policies, quality, absence."""

from __future__ import annotations

from django.urls import path

from duly.desk.pages.team.assignment import assign_now, end, save_rule, show_rules
from duly.desk.pages.team.people import add_absence, cancel_absence, close_office, open_office, save_person, show_people
from duly.desk.pages.team.policies import save_policy, show_policies, show_policy
from duly.desk.pages.team.quality import save_review, show_quality
from duly.desk.pages.team.week import show
from duly.desk.web.page import by_method

urlpatterns = [
    path("team", show, name="team"),
    path("team/rules", by_method(show_rules, save_rule), name="team-rules"),
    path("team/rules/end", end, name="team-rule-end"),
    path("team/rules/assign", assign_now, name="team-assign"),
    path("team/policies", show_policies, name="team-policies"),
    path("team/policies/<str:kind>", by_method(show_policy, save_policy), name="team-policy"),
    path("team/quality", by_method(show_quality, save_review), name="team-quality"),
    path("team/people", by_method(show_people, save_person), name="team-people"),
    path("team/people/away", add_absence, name="team-away"),
    path("team/people/here", cancel_absence, name="team-here"),
    path("team/people/closed", close_office, name="team-closed"),
    path("team/people/open", open_office, name="team-open"),
]
