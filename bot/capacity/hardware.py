"""GPU and mining machines: what a model draws, holds and computes, as its table says.

Prices, powers and costs with a range become assumption rows; this module holds the fixed properties.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

#: The quantities of a GPU model that carry a range, with the words that name the row.
GPU_QUANTITIES: Mapping[str, str] = {
    "kw_it": "Critical IT power of one {name}",
    "capex": "Cost of one {name}, installed with its network",
    "price": "Contract price of a {name} GPU-hour",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """One GPU model. Petaflops are dense, per GPU."""

    key: str
    name: str
    vendor: str
    aliases: tuple[str, ...]
    cooling: str
    gpus_per_rack: int
    tdp_w: float
    memory_gb: float
    bf16_pflops: float
    fp8_pflops: float

    def racks(self, count: float) -> int:
        """Return how many racks (or 8-GPU nodes) hold `count` GPUs."""
        return ceil(count / self.gpus_per_rack)

    def exaflops(self, count: float, *, fp8: bool = False) -> float:
        """Return the dense peak of `count` GPUs."""
        return count * (self.fp8_pflops if fp8 else self.bf16_pflops) / 1000

    def h100_equivalents(self, count: float, h100: "Gpu") -> float:
        """Return how many H100 have the same dense BF16 peak."""
        return count * self.bf16_pflops / h100.bf16_pflops


@dataclass(frozen=True, slots=True, kw_only=True)
class Asic:
    """One mining machine."""

    key: str
    name: str
    hashrate_th: float
    efficiency_j_per_th: float


def read_gpus(hardware: Mapping[str, Any]) -> dict[str, Gpu]:
    """Build the GPU models from the parsed hardware table."""
    return {key: _gpu(key, row) for key, row in hardware["gpu"].items()}


def read_asics(hardware: Mapping[str, Any]) -> dict[str, Asic]:
    """Build the mining machines from the parsed hardware table."""
    return {
        key: Asic(
            key=key,
            name=str(row["name"]),
            hashrate_th=float(row["hashrate_th"]),
            efficiency_j_per_th=float(row["efficiency_j_per_th"]),
        )
        for key, row in hardware.get("asic", {}).items()
    }


def gpu_rows(gpus: Mapping[str, Gpu], hardware: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the ranged quantities of every model as assumption rows: `kw_it_gb300`, `capex_gb300`, `price_gb300`."""
    for key, gpu in gpus.items():
        for quantity, words in GPU_QUANTITIES.items():
            row = dict(hardware["gpu"][key][quantity])
            yield f"{quantity}_{key}", row | {"label": words.format(name=gpu.name)}


def _gpu(key: str, row: Mapping[str, Any]) -> Gpu:
    return Gpu(
        key=key,
        name=str(row["name"]),
        vendor=str(row["vendor"]),
        aliases=tuple(row.get("aliases", ())),
        cooling=str(row["cooling"]),
        gpus_per_rack=int(row["gpus_per_rack"]),
        tdp_w=float(row["tdp_w"]),
        memory_gb=float(row["memory_gb"]),
        bf16_pflops=float(row["bf16_pflops"]),
        fp8_pflops=float(row["fp8_pflops"]),
    )
