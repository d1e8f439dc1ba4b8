"""Verdicts and what was done about them, in words."""

from __future__ import annotations

import pytest

from annotator.app.descriptions.steps import StepDescriber
from annotator.app.descriptions.verdicts import describe_decision, describe_import, describe_outcome, describe_request
from annotator.core.change import Change, Layer, Step
from annotator.core.span import Span
from annotator.core.verdict import Outcome, Verdict, VerdictKind
from annotator.storage.workspace.label_set import load_builtin_labels

TEXT = "Ba khâu đột phá được chọn. Ông Nam nói."
TELLER = StepDescriber(load_builtin_labels(), "en", TEXT)


def verdict(kind: str, *labels: str, who: str = "Lan", outcome: str = "taken") -> Verdict:
    """A verdict on the first sentence."""
    what = VerdictKind(kind), Span(0, 26), TEXT[:26]
    return Verdict("v", *what, labels=labels, reviewer=who, outcome=Outcome(outcome))


def change(after: Verdict, before: Verdict | None = None) -> Change:
    """What brought it about."""
    return Change(Layer.VERDICT, 1, before, after)


@pytest.mark.parametrize(
    ("said", "wish", "done"),
    [
        (verdict("agree"), "Lan agrees", "Applied Lan's agreement"),
        (verdict("agree", "target"), "Lan agrees and adds Target", "Applied Lan's agreement"),
        (verdict("drop", outcome="refused"), "Lan proposes no label", "Declined Lan's proposal to remove the label"),
        (verdict("add", "target"), "Lan wants Target added", "Applied Lan's addition of Target"),
        (verdict("add"), "Lan wants a label added", "Applied Lan's remark"),
        (verdict("change", "opinion"), "Lan proposes Opinion", "Applied Lan's change to Opinion"),
        (verdict("change", outcome="open"), "Lan wants it changed", "Opened again: Lan's remark"),
        (verdict("drop", who=""), "A reviewer proposes no label", "Applied a reviewer's proposal to remove the label"),
    ],
)
def test_a_verdict_and_its_decision(said: Verdict, wish: str, done: str) -> None:
    """Who wants what, with labels by their names; and what was done about it."""
    assert describe_request(said, TELLER.names) == wish
    assert describe_decision(TELLER.names, [change(said)]) == done


def test_the_history_names_the_sentence() -> None:
    """A decision stands with the words that it was about; many at once are counted, and so are their reviewers."""
    one = Step("review", (change(verdict("change", "opinion")),), Span(0, 26))
    assert TELLER.describe(one) == f"Applied Lan's change to Opinion: “{TEXT[:26]}”"
    said = [verdict("agree", who=who) for who in ("Lan", "Hoa", "Nam", "Minh")]
    assert describe_decision(TELLER.names, list(map(change, said))) == "Applied 4 verdicts by Lan, Hoa and 2 others"
    brought = Step("review in", tuple(change(one) for one in said[:2]), Span(0, 26))
    assert TELLER.describe(brought) == f"Verdicts by Lan, Hoa came in: 2: “{TEXT[:26]}”"
    assert describe_import(TELLER.names, [change(said[0])]) == "Verdicts by Lan came in: 1"


def test_what_came_of_it() -> None:
    """Open, or by whom and when; what is not known is left out."""
    assert describe_outcome(verdict("drop", outcome="open"), now="2026-05-13T10:00:00") == "open"
    assert describe_outcome(verdict("drop"), now="2026-05-13T10:00:00") == "applied"
    decided = Verdict(
        "v",
        VerdictKind.DROP,
        Span(0, 1),
        "B",
        outcome=Outcome.REFUSED,
        decided_by="mai",
        decided_at="2026-05-13T09:12:00",
    )
    assert describe_outcome(decided, now="2026-05-13T10:00:00") == "declined by mai, today, 09:12"
