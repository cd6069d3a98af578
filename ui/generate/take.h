#pragma once

#include "engine/inference/continuation.h"

#include <QString>

namespace continuo::ui {

/// One answer of the net, with what it was asked.
struct Take {
    std::uint64_t seed = 0;
    QString title; // "Bars 9 to 12"
    QString net;
    inference::Continuation music;
};

/// "24 notes, 412 steps a second, seed 7"
QString takeFacts(const Take& take);

} // namespace continuo::ui
