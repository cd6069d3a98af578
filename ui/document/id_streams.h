#pragma once

#include "engine/score/ids.h"

#include <QDataStream>

/// Lets ids be arguments of signals: Qt 6.4 streams enumerations by their underlying type and knows no unsigned long.
namespace continuo::score {

template <typename Id>
concept ScoreId = std::is_same_v<Id, NoteId> || std::is_same_v<Id, TrackId> || std::is_same_v<Id, EventId>;

inline QDataStream& writeId(QDataStream& stream, std::uint64_t id) { return stream << static_cast<quint64>(id); }
template <ScoreId Id>
QDataStream& readId(QDataStream& stream, Id& id) {
    quint64 value = 0;
    stream >> value;
    id = Id{value};
    return stream;
}

inline QDataStream& operator<<(QDataStream& stream, const NoteId& id) {
    return writeId(stream, static_cast<std::uint64_t>(id));
}
inline QDataStream& operator<<(QDataStream& stream, const TrackId& id) {
    return writeId(stream, static_cast<std::uint64_t>(id));
}
inline QDataStream& operator<<(QDataStream& stream, const EventId& id) {
    return writeId(stream, static_cast<std::uint64_t>(id));
}
inline QDataStream& operator>>(QDataStream& stream, NoteId& id) { return readId(stream, id); }
inline QDataStream& operator>>(QDataStream& stream, TrackId& id) { return readId(stream, id); }
inline QDataStream& operator>>(QDataStream& stream, EventId& id) { return readId(stream, id); }

} // namespace continuo::score
