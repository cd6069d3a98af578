#pragma once

#include "engine/score/score_edit.h"

#include <algorithm>

namespace continuo::score {

/// What left and what came between two lists in `order`; both are walked once.
template <typename T, typename Order = EventOrder>
Exchange<T> exchangeBetween(const std::vector<T>& before, const std::vector<T>& after, Order order = {}) {
    Exchange<T> change;
    auto old = before.begin();
    auto now = after.begin();
    while (old != before.end() || now != after.end()) {
        if (now == after.end() || (old != before.end() && order(*old, *now))) {
            change.removed.push_back(*old++);
        } else if (old == before.end() || order(*now, *old)) {
            change.added.push_back(*now++);
        } else {
            if (!(*old == *now)) {
                change.removed.push_back(*old);
                change.added.push_back(*now);
            }
            ++old;
            ++now;
        }
    }
    return change;
}

/// `event` put into a list at its tick: it takes the place, the chunk and, where it has none, the id of what of its
/// kind
/// (`same`) begins just there.
template <typename Event, typename Same>
Exchange<Event> putAt(const std::vector<Event>& events, Event event, IdMint& mint, Same same) {
    Exchange<Event> change;
    for (const auto& old : events) {
        if (old.at != event.at || !same(old, event)) continue;
        event.chunk = old.chunk;
        change.removed.push_back(old);
    }
    if (event.id == EventId{}) event.id = change.removed.empty() ? mint.event() : change.removed.back().id;
    change.added.push_back(event);
    if (change.removed == change.added) return {};
    return change;
}

template <typename Event>
Exchange<Event> putAt(const std::vector<Event>& events, Event event, IdMint& mint) {
    return putAt(events, std::move(event), mint, [](const Event&, const Event&) { return true; });
}

} // namespace continuo::score
