"""How long the text of a large sidecar takes to make after one change, and to read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from floors import at_most, cost, note, percentile, run_rounds

from annotator.core.annotation import Annotation
from annotator.core.annotation_set import AnnotationSet
from annotator.core.change import Change, Layer
from annotator.core.span import Span
from annotator.storage.sidecar.reader import parse_sidecar
from annotator.storage.sidecar.sidecar import DocumentRecord, Sidecar
from annotator.storage.sidecar.writer import SidecarWriter

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

COUNT = 10_000
TEXT = "Đến năm 2030, tỷ trọng kinh tế số trong GRDP đạt trên 30%, thu nhập bình quân đầu người đạt 5.000 USD."
STEP = 2 * len(TEXT)


def large_sidecar() -> Sidecar:
    """A sidecar with 10,000 annotations and as many sentences marked *nothing here*."""
    annotations = [
        Annotation(
            id=f"k{number:05x}",
            span=Span(number * STEP, number * STEP + len(TEXT)),
            labels=("target",),
            text=TEXT,
            before="180 - 190 nghìn tỷ đồng. ",
            after="\n\nĐể đạt được mục tiêu trên,",
            fields={"indicator": "tỷ trọng kinh tế số", "comparator": ">", "value": 30, "unit": "%", "by": 2030},
            made="2026-05-13T09:12:44+07:00",
            changed="2026-05-13T09:13:02+07:00",
        )
        for number in range(COUNT)
    ]
    nothing = [Span(number * STEP + len(TEXT) + 1, (number + 1) * STEP - 1) for number in range(COUNT)]
    record = DocumentRecord("lang-son.txt", "Lạng Sơn", "ab" * 32, COUNT * STEP, 2 * COUNT)
    return Sidecar(record, AnnotationSet.of(annotations, nothing=nothing))


def quote(place: int) -> str:
    """The words at a place."""
    return TEXT[place % 60 :][:32]


class Typist:
    """A person who tags a sentence, again and again."""

    def __init__(self) -> None:
        self.sidecar = large_sidecar()
        self.writer = SidecarWriter()
        self.writer.render(self.sidecar, quote=quote)
        self._turn = 0

    def tag(self) -> None:
        """Give a sentence that was marked *nothing here* a label."""
        self._turn += 1
        place = self._turn * 37 % COUNT * STEP + len(TEXT) + 1
        end = self.sidecar.decisions.nothing.find(place)
        if end is None:
            return
        text = TEXT[: end - place]
        made = Annotation(id=f"n{self._turn}", span=Span(place, end), labels=("opinion",), text=text)
        changes = [Change(Layer.NOTHING, place, end, None), Change(Layer.ANNOTATION, place, None, made)]
        self.sidecar = replace(self.sidecar, decisions=self.sidecar.decisions.apply(changes))

    def save(self) -> str:
        """The text of the sidecar as it is now."""
        return self.writer.render(self.sidecar, quote=quote)


def test_text_after_one_change_among_ten_thousand(benchmark: BenchmarkFixture) -> None:
    """The text of a large sidecar is joined from pieces, of which one is new."""
    typist = Typist()
    times = []
    for _ in range(40):
        typist.tag()
        times.append(cost(typist.save))
    median = 1000 * percentile(times, 0.5)
    note(
        benchmark,
        "text of 10,000 annotations after one change",
        measured=f"{median:.1f} ms",
        goals=[at_most(median, 15, "ms")],
    )
    run_rounds(benchmark, typist.save, setup=typist.tag, rounds=20)


def test_first_text_of_ten_thousand(benchmark: BenchmarkFixture) -> None:
    """Every annotation is written once."""
    sidecar = large_sidecar()
    run_rounds(benchmark, lambda: SidecarWriter().render(sidecar, quote=quote), rounds=3)


def test_read_ten_thousand(benchmark: BenchmarkFixture) -> None:
    """The tags of a large document are read."""
    data = SidecarWriter().render(large_sidecar(), quote=quote).encode()
    found: list[int] = []
    seconds = cost(lambda: found.append(len(parse_sidecar(data, name="x.yaml").decisions.annotations)))
    assert found == [COUNT]
    note(
        benchmark,
        "read 10,000 annotations and as many marks",
        measured=f"{seconds:.1f} s",
        goals=[at_most(seconds, 2, "s")],
    )
    run_rounds(benchmark, lambda: parse_sidecar(data, name="x.yaml"), rounds=2)
