"""Makes the numbers under network/ that hold Continuo's nets to x-transformers, the library that midi-lm (1.26.0) and the
published Multitrack Music Transformer (0.25.9) are built of. Needs requirements-network.txt; once for each version:

  PYTHONPATH=DIR/1.26.0 python network_numbers.py
  PYTHONPATH=DIR/0.25.9 python network_numbers.py

Each file holds, as float32, the ids and lengths of two windows of rows, every weight by its name in a checkpoint of Continuo,
the logits at every input row, the losses as the reference trains on them (padding counts), those over filled fields of real
rows alone, and the gradients of the former.
"""
import importlib.metadata
import json
import math
import os
import struct

import torch
import torch.nn.functional as F
from torch import nn
from x_transformers.x_transformers import AbsolutePositionalEmbedding, Decoder

VERSION = importlib.metadata.version("x-transformers")
FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "network")
MMT = {"event_type": 5, "beat": 9, "position": 6, "pitch": 11, "duration": 7, "instrument": 8}
TPD = {"time_shift": 6, "pitch": 12, "duration": 7}
ONE = {"token": 23}
LENGTHS = (12, 7)
LONGEST = 16

# name: (version, family, streams, width, heads, layers, positions, norm after the embedding, width of the embedding)
CASES = {
    "mmt-normalized": ("1.26.0", "mmt", MMT, 16, 2, 2, "learned-normalized", True, 16),
    "mmt-scaled": ("1.26.0", "mmt", MMT, 16, 1, 2, "learned-scaled", False, 16),
    "mmt-projected": ("1.26.0", "mmt", MMT, 16, 1, 2, "learned-normalized", True, 32),
    "tpd-alibi": ("1.26.0", "multi-stream", TPD, 16, 4, 2, "alibi", False, 16),
    "tpd-alibi-3-heads": ("1.26.0", "multi-stream", TPD, 16, 3, 1, "alibi", False, 16),
    "tpd-none": ("1.26.0", "multi-stream", TPD, 16, 1, 2, "none", True, 16),
    "structured-alibi": ("1.26.0", "structured", ONE, 16, 2, 2, "alibi", False, 16),
    "official-scaled": ("0.25.9", "mmt", MMT, 16, 2, 2, "learned-scaled", False, 16),
    "official-rotary": ("0.25.9", "mmt", MMT, 16, 2, 2, "rotary", False, 16),
    "official-none": ("0.25.9", "mmt", MMT, 16, 1, 2, "none", False, 16),
    "official-alibi": ("0.25.9", "mmt", MMT, 16, 3, 1, "alibi", False, 16),
    "official-one-table": ("0.25.9", "structured", ONE, 16, 1, 2, "learned-scaled", False, 16),
}


class Net(nn.Module):
    def __init__(self, version, streams, width, heads, layers, positions, norm, embedding):
        super().__init__()
        is_midi_lm = version == "1.26.0"
        self.tables = nn.ModuleDict({
            name: nn.Embedding(size, embedding, padding_idx=0 if is_midi_lm else None) for name, size in streams.items()})
        if positions.startswith("learned"):
            self.positions = AbsolutePositionalEmbedding(
                embedding, LONGEST, l2norm_embed=positions == "learned-normalized")
        if norm:
            self.norm = nn.LayerNorm(embedding)
        if embedding != width:
            self.projection = nn.Linear(embedding, width)
        self.blocks = Decoder(dim=width, depth=layers, heads=heads, alibi_pos_bias=positions == "alibi",
                              rotary_pos_emb=positions == "rotary")
        self.last = nn.LayerNorm(width)
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in streams.items()})

    def forward(self, rows, is_real):
        x = sum(table(rows[..., i]) for i, table in enumerate(self.tables.values()))
        if hasattr(self, "positions"):
            x = x + self.positions(x)
        if hasattr(self, "norm"):
            x = self.norm(x)
        if hasattr(self, "projection"):
            x = self.projection(x)
        x = self.last(self.blocks(x, mask=is_real))
        return [head(x) for head in self.heads.values()]


def continuo_name(name, family):
    """The name of a parameter of Net in a checkpoint of Continuo."""
    part, rest = name.split(".", 1)
    stream = rest.split(".", 1)[0]
    if part == "tables":
        return {"mmt": f"{stream}_emb.weight", "multi-stream": f"embeddings.{stream}.weight",
                "structured": "embedding.weight"}[family]
    if part == "heads":
        kind = rest.split(".")[-1]
        return {"mmt": f"{stream}_out.{kind}", "multi-stream": f"out.{stream}.{kind}", "structured": f"out.{kind}"}[family]
    rest = rest.replace(".net.0.0.", ".ff.0.0.").replace(".net.3.", ".ff.2.")
    prefix = {"positions": "seq_position_emb.", "norm": "post_emb_norm.", "projection": "project_emb.",
              "blocks": "attn_layers.", "last": "attn_norm."}[part]
    return prefix + rest


def rows_of(streams, family, generator):
    """Two windows, padded with zeros; some fields are empty, and no event type but the first is the start of a song."""
    sizes = list(streams.values())
    rows = torch.zeros(len(LENGTHS), max(LENGTHS), len(sizes), dtype=torch.long)
    for window, length in enumerate(LENGTHS):
        for at in range(length):
            for i, size in enumerate(sizes):
                rows[window, at, i] = torch.randint(1, size, (), generator=generator)
                is_empty = torch.rand((), generator=generator) < 0.2
                if is_empty and (i > 0 or family == "multi-stream") and len(sizes) > 1:
                    rows[window, at, i] = 0
    return rows


def losses(logits, targets, is_counted):
    """One cross entropy a stream: the sum over what is counted, divided by the rows that are predicted at all."""
    rows = is_counted[..., 0].sum() if is_counted is not None else targets[..., 0].numel()
    out = []
    for i, part in enumerate(logits):
        each = F.cross_entropy(part.transpose(1, 2), targets[..., i], reduction="none")
        out.append((each if is_counted is None else each * is_counted[..., i + 1]).sum() / rows)
    return torch.stack(out)


def make(case, version, family, streams, width, heads, layers, positions, norm, embedding):
    generator = torch.Generator().manual_seed(len(case) * 1000 + width + heads)
    net = Net(version, streams, width, heads, layers, positions, norm, embedding).eval()
    for name, values in net.named_parameters():
        spread = 0.1 if values.dim() == 1 else 0.7 if "tables" in name or "positions" in name else 0.35
        with torch.no_grad():
            values.copy_(torch.randn(values.shape, generator=generator) * spread)
            if values.dim() == 1 and name.endswith("weight"):
                values.add_(1)
    rows = rows_of(streams, family, generator)
    is_real = torch.arange(rows.shape[1])[None] < torch.tensor(LENGTHS)[:, None]
    logits = net(rows[:, :-1], is_real[:, :-1])
    targets = rows[:, 1:]
    fields = losses(logits, targets, None)
    fields.sum().backward()
    predicted = is_real[:, 1:]
    filled = (targets > 0) & predicted[..., None]
    filled[..., 1 if family == "multi-stream" else 0] = predicted    # the stream that says what a row is
    filled_fields = losses(logits, targets, torch.cat([predicted[..., None], filled], -1).float())
    tensors = {"rows": rows, "lengths": torch.tensor(LENGTHS), "logits": torch.cat(logits, -1), "losses": fields,
               "filled_losses": filled_fields}
    for name, values in net.named_parameters():
        tensors["weight." + continuo_name(name, family)] = values
        tensors["gradient." + continuo_name(name, family)] = values.grad
    facts = {"x-transformers": version, "family": family, "positions": positions, "width": str(width), "heads": str(heads),
             "layers": str(layers), "norm_after_embedding": str(norm).lower(), "embedding_width": str(embedding),
             "max_length": str(LONGEST), "streams": " ".join(f"{k}:{v}" for k, v in streams.items())}
    save(os.path.join(FOLDER, case + ".safetensors"), tensors, facts)
    print(f"{case}: loss {float(fields.sum()):.6f}, filled {float(filled_fields.sum()):.6f}")


def save(path, tensors, metadata):
    header, blocks, at = {"__metadata__": metadata}, [], 0
    for name, values in tensors.items():
        block = values.detach().to(torch.float32).contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(values.shape), "data_offsets": [at, at + len(block)]}
        blocks.append(block)
        at += len(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (math.ceil((len(text) + 8) / 64) * 64 - 8 - len(text))
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blocks))


os.makedirs(FOLDER, exist_ok=True)
torch.use_deterministic_algorithms(True)
torch.set_num_threads(1)
for name, (version, *rest) in CASES.items():
    if version == VERSION:
        make(name, version, *rest)
