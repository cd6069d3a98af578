#pragma once

#include <cstdint>

namespace continuo::score {

/// Given once, when the thing is made; survive undo and redo. 0 is nothing.
enum class NoteId : std::uint64_t {};
enum class TrackId : std::uint64_t {};
enum class EventId : std::uint64_t {};

} // namespace continuo::score
