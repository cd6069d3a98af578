#include "engine/network/network_options.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>

namespace continuo::network {
namespace {

struct Size {
    const char* suffix;
    std::int64_t width, layers, heads;
};

NetworkOptions options(Family family, const char* prefix, const Size& size) {
    NetworkOptions net;
    net.name = std::string(prefix) + size.suffix;
    net.family = family;
    net.width = size.width;
    net.layers = size.layers;
    net.heads = size.heads;
    switch (family) {
    case Family::Mmt: // the instrument table has 129 rows though 65 are used (midi-lm, kept so that counts agree)
        net.streams = {{"event_type", 5}, {"beat", 257},    {"position", 13},
                       {"pitch", 129},    {"duration", 33}, {"instrument", 129}};
        break;
    case Family::MultiStream:
        net.streams = {{"time_shift", 10}, {"pitch", 131}, {"duration", 14}};
        break;
    case Family::Structured:
        net.streams = {{"token_ids", 676}};
        break;
    }
    if (family != Family::Mmt) {
        net.positions = Positions::Alibi;
        net.normAfterEmbedding = false;
    }
    return net;
}

/// The net of Dong et al., "Multitrack Music Transformer", ICASSP 2023: 19.94 million parameters.
NetworkOptions official() {
    auto net = options(Family::Mmt, "mmt-", {"official", 512, 6, 8});
    net.streams.back().vocabulary = 65;
    net.positions = Positions::LearnedScaled;
    net.normAfterEmbedding = false;
    net.normInStack = false;
    net.attentionBias = true;
    net.initialisation = Initialisation::FanIn;
    net.dropouts = {.embedding = 0.2, .attention = 0.2, .hidden = 0.2};
    return net;
}

constexpr std::array kPositionNames{std::pair{Positions::LearnedNormalized, "learned-normalized"},
                                    std::pair{Positions::LearnedScaled, "learned-scaled"},
                                    std::pair{Positions::Alibi, "alibi"}, std::pair{Positions::Rotary, "rotary"},
                                    std::pair{Positions::None, "none"}};

std::vector<NetworkOptions> all() {
    constexpr Size kSmall{"1m", 128, 3, 4};
    return {options(Family::Mmt, "mmt-", kSmall),
            options(Family::Mmt, "mmt-", {"7m", 256, 6, 8}),
            options(Family::Mmt, "mmt-", {"20m", 512, 6, 8}),
            options(Family::MultiStream, "tpd-", kSmall),
            options(Family::MultiStream, "tpd-", {"6m", 256, 6, 8}),
            options(Family::MultiStream, "tpd-", {"19m", 512, 6, 8}),
            options(Family::Structured, "structured-", kSmall),
            options(Family::Structured, "structured-", {"7m", 256, 6, 8}),
            options(Family::Structured, "structured-", {"20m", 512, 6, 8}),
            official()};
}

} // namespace

std::size_t NetworkOptions::kindStream() const {
    const auto pitch = std::ranges::find(streams, "pitch", &Stream::name);
    const bool saysPitch = family == Family::MultiStream && pitch != streams.end();
    return saysPitch ? static_cast<std::size_t>(pitch - streams.begin()) : 0;
}

const std::vector<NetworkOptions>& namedNetworks() {
    static const auto table = all();
    return table;
}

base::Result<NetworkOptions> namedNetwork(std::string_view name) {
    const auto& table = namedNetworks();
    const auto found = std::ranges::find(table, name, &NetworkOptions::name);
    if (found != table.end()) return *found;
    std::vector<std::string> names;
    for (const auto& net : table) names.push_back(net.name);
    auto message = "there is no network '" + base::shown(name) + "'; known are";
    for (const auto& known : names) message += " " + known;
    return base::failure(base::ErrorCode::WrongArgument, message);
}

const char* nameOf(Positions positions) {
    return std::ranges::find(kPositionNames, positions, &std::pair<Positions, const char*>::first)->second;
}

base::Result<Positions> positionsNamed(std::string_view name) {
    std::string known;
    for (const auto& [positions, word] : kPositionNames) {
        if (name == word) return positions;
        known += std::string(" ") + word;
    }
    return base::failure(base::ErrorCode::WrongArgument,
                         "there is no way of counting positions '" + base::shown(name) + "'; known are" + known);
}

} // namespace continuo::network
