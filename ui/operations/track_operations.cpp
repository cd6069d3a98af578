#include "engine/score/operations/split_tracks.h"
#include "ui/operations/operation_fields.h"

namespace continuo::ui::field {
namespace {

using Values = OperationValues;
using Context = OperationContext;

} // namespace

std::vector<Operation> trackOperations() {
    return {
        {"toNewTrack",
         "Tracks",
         "To a new track",
         "The selected notes get a track of their own.",
         false,
         {},
         [](const Context& c, const Values&) { return score::moveToNewTrack(c.score, c.notes, c.mint); }},
        {"splitByPitch",
         "Tracks",
         "Split by pitch",
         "Keys below one go to a new track.",
         false,
         {number("Lowest key kept", 60, 1, 127)},
         [](const Context& c, const Values& v) { return score::splitByPitch(c.score, c.track, whole(v[0]), c.mint); }},
        {"splitByVoice",
         "Tracks",
         "Split by voice",
         "The highest voice stays, lower ones get tracks.",
         false,
         {number("Voices", 4, 2, 8)},
         [](const Context& c, const Values& v) {
             return score::splitByVoice(c.score, c.track, static_cast<std::size_t>(v[0]), c.mint);
         }},
        {"splitHands",
         "Tracks",
         "Split the hands",
         "The right hand stays, the left gets a track.",
         false,
         {},
         [](const Context& c, const Values&) { return score::splitHands(c.score, c.track, c.mint); }},
        {"splitByDrum",
         "Tracks",
         "Split by drum",
         "A track for each key, named for its drum.",
         false,
         {},
         [](const Context& c, const Values&) { return score::splitByDrum(c.score, c.track, c.mint); }},
        {"cloneTrack",
         "Tracks",
         "Clone the track",
         "The same track once more.",
         false,
         {},
         [](const Context& c, const Values&) { return score::cloneTrack(c.score, c.track, c.mint); }},
    };
}

} // namespace continuo::ui::field
