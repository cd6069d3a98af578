#pragma once

#include "engine/inference/decoder.h"
#include "engine/tokens/row.h"

#include <span>
#include <stop_token>

namespace continuo::inference {

/// Something that draws rows from a net, one after the other: what it wants the net to read, and what it makes of the
/// logits.
class RowDrawer {
public:
    struct Demand {
        std::span<const tokens::Row> rows; // none: it is complete
        bool afresh = false;               // forget everything before reading these; otherwise there is one row
    };

    virtual ~RowDrawer() = default;
    virtual Demand demand() const = 0;
    /// `logits[stream]` after what was demanded; draws the next row and decides the next demand.
    virtual void take(std::span<const std::span<const float>> logits) = 0;
};

/// Serves several drawers until all are complete or a stop is asked for; true where it was. Steps of all share the
/// reading of the weights, and rows that several want to read are read once. Each gets the logits that it would get
/// alone, bit for bit. `decoder` must have a sequence for each.
bool serve(Decoder& decoder, std::span<RowDrawer* const> drawers, const std::stop_token& stop);

} // namespace continuo::inference
