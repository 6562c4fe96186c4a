"""Reading the match desk and why a line was matched."""

from duly.matching.queries.desk import LineDetail, desk, line_detail, tabs
from duly.matching.queries.explain import Explanation, explain

__all__ = ["Explanation", "LineDetail", "desk", "explain", "line_detail", "tabs"]
