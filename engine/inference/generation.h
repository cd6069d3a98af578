#pragma once

#include "engine/inference/context_window.h"
#include "engine/inference/continuation.h"
#include "engine/inference/row_drawer.h"
#include "engine/inference/sampler.h"
#include "engine/inference/track_table.h"
#include "engine/tokens/row_reader.h"

namespace continuo::inference {

/// One continuation on its way: draws rows, turns them into notes, gives them to tracks. Where the net has no room for
/// more rows or beats, it reads the last half of them again from a later bar line.
class Generation final : public RowDrawer {
public:
    /// `settings`: the tokenizer's, with no more rows than the net can hold. `request` is used only here, but its score
    /// must live as long as this.
    Generation(const tokens::TokenizerSettings& settings, const ContinuationRequest& request, NoteSink onNote);

    Demand demand() const override { return demand_; }
    void take(std::span<const std::span<const float>> logits) override;
    /// What was made, also where it was stopped; asked for once.
    Continuation finish();

private:
    Generation(const tokens::TokenizerSettings& settings, const ContinuationRequest& request, NoteSink onNote,
               std::vector<tokens::TokenNote> prompt);

    bool isMmt() const { return settings_.family() == tokens::Family::Mmt; }
    void read(std::size_t maxRows, std::int64_t maxBeats);
    std::int64_t positionOf(score::Tick at) const;
    score::Ticks ticksOf(std::int64_t positions) const;
    void limit();
    bool takeNote(const tokens::RowNote& note);
    bool isFull(bool isBetweenNotes) const;
    void flush();
    void separateRepeats();

    tokens::TokenizerSettings settings_;
    score::Division division_;
    score::Tick from_;
    score::Tick lastBar_;
    score::Tick firstBarEnd_;
    NoteSink onNote_;
    TrackTable tracks_;
    Sampler sampler_;
    tokens::Grammar grammar_;
    tokens::RowReader reader_;
    ContextWindow window_;

    ContextWindow::View view_; // what the net has read, without the rows drawn since
    tokens::Row row_{};        // the last one drawn
    Demand demand_;
    std::size_t rowCount_ = 0;
    score::Tick reached_; // onset of the last note made
    bool madeNotes_ = false;
    std::size_t declared_ = 0;
    std::vector<TrackTable::Sounded> group_; // notes of the current onset
    Continuation result_;
};

} // namespace continuo::inference
