#include "engine/configuration/compatibility.h"

#include "engine/base/text.h"

#include <array>

namespace continuo::configuration {
namespace {

/// What reads and trains each kind of net.
struct Kin {
    const char* prefix; // of the network's name
    const char* model;
    const char* tokenizers;
    const char* networks;
};

constexpr std::array kKin{
    Kin{"mmt-official", "mmt", "mmt-official", "mmt-official"},
    Kin{"mmt-", "mmt", "mmt mmt-official", "mmt-1m, mmt-7m or mmt-20m"},
    Kin{"tpd-", "multihead-transformer", "tpd", "tpd-1m, tpd-6m or tpd-19m"},
    Kin{"structured-", "structured", "structured", "structured-1m, structured-7m or structured-20m"},
};

std::string wordAt(const Value& tree, std::string_view path, const char* fallback) {
    const auto* found = find(tree, path);
    return found && !found->isNull() ? shortText(*found) : fallback;
}

bool holds(std::string_view words, std::string_view word) {
    for (const auto each : base::split(words, ' '))
        if (each == word) return true;
    return false;
}

const Kin* kinOf(std::string_view network) {
    for (const auto& kin : kKin)
        if (network.starts_with(kin.prefix)) return &kin;
    return nullptr;
}

std::string networksReading(std::string_view tokenizer, std::string_view model) {
    std::string names;
    for (const auto& kin : kKin)
        if (holds(kin.tokenizers, tokenizer) && (model.empty() || model == kin.model))
            names += (names.empty() ? "" : ", ") + std::string(kin.networks);
    return names;
}

tl::unexpected<base::Error> wrong(std::string sentence) {
    return base::failure(base::ErrorCode::WrongArgument, std::move(sentence));
}

/// A net is read and trained sixteen numbers at a time.
base::Status checkWidths(const Value& tree) {
    for (const auto* name : {"network.emb_dim", "network.attn_dim"}) {
        const auto* value = find(tree, name);
        const auto* width = value ? value->as<std::int64_t>() : nullptr;
        if (width && *width % 16 != 0)
            return wrong(std::string(name) + "=" + std::to_string(*width) + ": it takes a multiple of 16");
    }
    return {};
}

base::Status checkShifts(const Value& tree) {
    const auto *low = find(tree, "transforms.transpose_min_semitones"),
               *high = find(tree, "transforms.transpose_max_semitones");
    const auto *lowest = low ? low->as<std::int64_t>() : nullptr, *highest = high ? high->as<std::int64_t>() : nullptr;
    if (!lowest || !highest || *lowest <= *highest) return {};
    return wrong("transforms.transpose_min_semitones=" + std::to_string(*lowest) +
                 " is above transforms.transpose_max_semitones=" + std::to_string(*highest));
}

} // namespace

base::Status checkTogether(const Value& tree) {
    const auto network = wordAt(tree, "network._target_", "");
    if (network.empty()) return wrong("a run needs a network, as in network=mmt-1m");
    const auto* kin = kinOf(network);
    if (!kin) return wrong("there is no network '" + base::shown(network) + "'");
    const auto tokenizer = wordAt(tree, "tokenizer._target_", "");
    const auto model = wordAt(tree, "model._target_", kin->model);
    if (tokenizer.empty()) return wrong("a run needs a tokenizer; leave tokenizer out, and it follows the network");
    if (!holds(kin->tokenizers, tokenizer))
        return wrong("network=" + network + " does not read the rows of tokenizer=" + base::shown(tokenizer) +
                     "; leave tokenizer= out, or take " + networksReading(tokenizer, ""));
    if (model != kin->model)
        return wrong("model=" + base::shown(model) + " does not train network=" + network +
                     "; leave model= out, or write model=" + kin->model);
    if (wordAt(tree, "dataset._target_", "") == "folder" && wordAt(tree, "dataset.dataset_dir", "").empty())
        return wrong("dataset=folder needs dataset.dataset_dir=…; dataset=/path/to/folder says both");
    const auto positions = wordAt(tree, "network.positions", "");
    const auto* normalized = find(tree, "network.l2norm_embed");
    if (normalized && !positions.empty() && (*normalized == Value(true)) != (positions == "learned-normalized"))
        return wrong("network.l2norm_embed=" + shortText(*normalized) + " contradicts network.positions=" + positions +
                     "; leave l2norm_embed out");
    if (auto good = checkWidths(tree); !good) return good;
    if (auto good = checkShifts(tree); !good) return good;
    const auto* rows = find(tree, "tokenizer.max_seq_len");
    const auto* seen = find(tree, "network.max_seq_len");
    const auto *asked = rows ? rows->as<std::int64_t>() : nullptr, *has = seen ? seen->as<std::int64_t>() : nullptr;
    if (asked && has && *asked > *has)
        return wrong("tokenizer.max_seq_len=" + std::to_string(*asked) + " makes longer windows than the " +
                     std::to_string(*has) + " rows that the net sees; raise network.max_seq_len with it");
    return {};
}

} // namespace continuo::configuration
