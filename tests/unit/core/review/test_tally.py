from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.review.tally import Tally
from annotator.core.span import Span
from annotator.core.verdict import Outcome, Verdict, VerdictKind

LABELS = st.lists(st.sampled_from(["target", "breakthrough", "opinion"]), unique=True, max_size=3).map(tuple)


def said(kind: VerdictKind, stood: tuple[str, ...], labels: tuple[str, ...] = ()) -> Verdict:
    """What a reviewer says about a sentence with the labels ``stood``."""
    return Verdict("v", kind, Span(0, 5), "words", labels=labels, labels_seen=stood)


def tally(*verdicts: Verdict) -> Tally:
    """The counts."""
    made = Tally()
    made.count(verdicts)
    return made


def test_each_label_has_its_share() -> None:
    """Of those judged, how many reviewers agreed with; what they wanted instead; what they added."""
    counted = tally(
        said(VerdictKind.AGREE, ("target",)),
        said(VerdictKind.AGREE, ("target",)),
        said(VerdictKind.CHANGE, ("target",), ("opinion",)),
        said(VerdictKind.DROP, ("target", "opinion")),
        said(VerdictKind.ADD, (), ("breakthrough",)),
        said(VerdictKind.CHANGE, ("opinion",)),
    )
    target = counted.labels["target"]
    assert (target.reviewed, target.agreed, target.dropped, target.agreement) == (4, 2, 1, 0.5)
    assert target.changed == Counter({"opinion": 1})
    assert (counted.labels["breakthrough"].added, counted.labels["breakthrough"].agreement) == (1, None)
    assert (counted.total, counted.remarks) == (6, 1)
    assert counted.outcomes == Counter({Outcome.OPEN: 6})


def test_a_label_that_stays_in_a_change_is_agreed_with() -> None:
    """Of two labels one is kept and the other goes."""
    counted = tally(said(VerdictKind.CHANGE, ("target", "opinion"), ("target",)))
    assert (counted.labels["target"].agreed, counted.labels["opinion"].changed) == (1, Counter({"-": 1}))


@given(st.lists(st.builds(said, st.sampled_from(VerdictKind), LABELS, LABELS), max_size=20))
def test_every_verdict_is_counted_once(verdicts: list[Verdict]) -> None:
    """Each label of a judged sentence is agreed with, changed or dropped, and no share leaves 0 to 1."""
    counted = tally(*verdicts)
    assert counted.total == len(verdicts)
    for key, label in counted.labels.items():
        said_of_it = [one for one in verdicts if key in one.labels_seen and one.kind is not VerdictKind.ADD]
        judged = [one for one in said_of_it if one.kind is not VerdictKind.CHANGE or one.labels]
        assert label.reviewed == len(judged)
        assert label.agreement is None or 0 <= label.agreement <= 1
