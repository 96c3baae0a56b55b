"""GPU counts and models."""

import pytest

from extractors.closed_sets import Qualifier, Where
from extractors.models import GpuModel
from extractors.quantities.hardware import GpuFinder
from extractors.text.normalise import normalise

FINDER = GpuFinder(
    [
        GpuModel(key="gb300", vendor="NVIDIA", aliases=("GB300", "GB300 NVL72", "GB300s")),
        GpuModel(key="mi355x", vendor="AMD", aliases=("MI355X", "Instinct MI355X")),
    ]
)


@pytest.mark.parametrize(
    ("text", "count", "model"),
    [
        pytest.param("76,000 GB300 GPUs", 76_000, "GB300", id="count, model, noun"),
        pytest.param("4,096 B200", 4096, "B200", id="no noun, not in the table"),
        pytest.param("1,080 NVIDIA H200 GPUs", 1080, "H200", id="vendor between"),
        pytest.param("8,000 of Nvidia's GB300 chips", 8000, "GB300", id="of the vendor's"),
        pytest.param("18 GB300 NVL72 racks", 18 * 72, "GB300", id="racks become GPUs"),
        pytest.param("GB300 NVL72", None, "GB300", id="a rack without a count"),
        pytest.param("clusters of H100s", None, "H100", id="model alone"),
        pytest.param("10,000 AMD Instinct MI355X accelerators", 10_000, "MI355X", id="AMD"),
        pytest.param("H200 GPUs: 1,896", 1896, "H200", id="count after a colon"),
        pytest.param("100,000 GPUs", 100_000, None, id="no model"),
        pytest.param("140k GPUs", 140_000, None, id="thousands letter"),
        pytest.param("a 1,024-GPU cluster", 1024, None, id="hyphened"),
        pytest.param("22,400 AI chips", 22_400, None, id="AI chips"),
        pytest.param("2,304 Blackwell GPUs", 2304, "Blackwell", id="family"),
        pytest.param("300,000 Vera Rubin GPUs", 300_000, "Vera Rubin", id="new family"),
    ],
)
def test_count_and_model(text: str, count: float | None, model: str | None) -> None:
    (found,) = FINDER.find(normalise(text), Where.TEXT)
    assert (found.value, found.gpu_model) == (count, model)


def test_two_models_share_a_sentence() -> None:
    found = FINDER.find("140,000 NVIDIA GB300 and B300 GPUs", Where.TEXT)
    assert [(one.value, one.gpu_model) for one in found] == [(140_000, "GB300"), (None, "B300")]


def test_qualifier_is_read() -> None:
    (found,) = FINDER.find("more than 4,500 GPUs", Where.TEXT)
    assert found.qualifier is Qualifier.AT_LEAST


@pytest.mark.parametrize(
    "text",
    [
        "5,000 S21 miners",
        "$2.35 per GPU-hour",
        "Grace Hopper was an admiral",
        "the A350 fleet",
        "200 employees",
        "2 units",
    ],
)
def test_no_gpu(text: str) -> None:
    assert FINDER.find(text, Where.TEXT) == []


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Signs Three-Year GPU Cloud Agreement", id="years in a headline"),
        pytest.param("a five-year GPU services contract", id="years"),
        pytest.param("a 36-month AI GPU rental", id="months"),
    ],
)
def test_a_span_of_time_is_no_number_of_gpus(text: str) -> None:
    assert [one.value for one in FINDER.find(normalise(text), Where.TEXT) if one.value] == []
