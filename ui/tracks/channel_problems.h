#pragma once

#include "ui/document/score_document.h"

#include <map>

namespace continuo::ui {

/// A track that shares a channel with another instrument: on one port of a file, or of a MIDI output.
struct ChannelProblem {
    QString sentence;                  // what is wrong and what comes of it
    std::optional<int> free;           // the channel it can go to; nothing where all sixteen are taken
    std::optional<sound::Route> route; // where it goes by the mix; else by its header
    friend bool operator==(const ChannelProblem&, const ChannelProblem&) = default;
};

std::map<score::TrackId, ChannelProblem> channelProblems(const ScoreDocument& document);

/// Moves the track to the free channel: one undo step, or a change of the mix where a MIDI output is meant.
void mendChannel(ScoreDocument& document, score::TrackId track, const ChannelProblem& problem);

} // namespace continuo::ui
