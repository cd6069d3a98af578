#pragma once

// The one header through which this folder sees LibTorch; precompiled. Tensors and autograd, not torch/torch.h, whose
// module and data classes are not used here and cost 10 s a file.
#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
