"""Writes tests/reference/sampling.tsv: what the samplers of official MMT and of midi-lm draw from, computed by the
libraries that they use. A line: filter, threshold, temperature, lowest allowed id, logits, probabilities.

    pip install torch==2.11.0 entmax==1.3
    pip install --target xt-0.25.9 x-transformers==0.25.9        # official MMT
    pip install --target xt-1.26.0 x-transformers==1.26.0        # midi-lm
    (PYTHONPATH=xt-0.25.9 python sampling.py official; PYTHONPATH=xt-1.26.0 python sampling.py midi-lm) > sampling.tsv
"""
import sys

import torch
import torch.nn.functional as F
from x_transformers.autoregressive_wrapper import top_a, top_k, top_p

SIZES = (5, 13, 33, 129)


def official(logits, kind, threshold, temperature):
    from entmax import entmax_bisect
    if kind == "entmax":
        return entmax_bisect(logits / temperature, alpha=1.3, dim=-1, n_iter=60)
    if kind == "top_a":
        return F.softmax(top_a(logits, min_p_pow=2.0, min_p_ratio=0.02) / temperature, dim=-1)
    keep = {"top_k": top_k, "top_p": top_p}[kind]
    return F.softmax(keep(logits, thres=threshold) / temperature, dim=-1)


def midi_lm(logits, fraction, temperature):
    return F.softmax(top_k(logits, frac_num_tokens=fraction) / temperature, dim=-1)


def show(kind, threshold, temperature, lowest, logits, probabilities):
    numbers = ",".join(f"{x:.6g}" for x in logits[0].tolist())
    shares = ",".join(f"{x:.6g}" for x in probabilities[0].tolist())
    print(kind, threshold, temperature, lowest, numbers, shares, sep="\t")


def cases(generator):
    for size in SIZES:
        for lowest in (0, 1, size // 3):
            logits = torch.randn(1, size, generator=generator) * 2
            logits = torch.tensor([[float(f"{x:.6g}") for x in logits[0].tolist()]])
            masked = logits.clone()
            masked[:, :lowest] = -float("inf")
            yield lowest, logits, masked


generator = torch.Generator().manual_seed(11)
for lowest, logits, masked in cases(generator):
    for temperature in (1.0, 0.7):
        if sys.argv[1] == "midi-lm":
            show("share", 0.9, temperature, lowest, logits, midi_lm(masked.clone(), 0.9, temperature))
            continue
        for kind, threshold in (("top_k", 0.9), ("top_k", 0.5), ("top_p", 0.9), ("top_p", 0.4), ("top_a", 0.9), ("entmax", 0.9)):
            show(kind, threshold, temperature, lowest, logits, official(masked.clone(), kind, threshold, temperature))
