#include "engine/score/operations/value_change.h"

#include "engine/base/text.h"
#include "engine/score/operations/edit_builder.h"
#include "engine/score/value_text.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace continuo::score {
namespace {

constexpr double kLatest = 1e15; // ticks; farther than any file can say

double valueOf(const Note& note, NoteField field) {
    switch (field) {
    case NoteField::Onset:
        return static_cast<double>(note.onset.fromStart);
    case NoteField::Length:
        return static_cast<double>(note.length.count);
    case NoteField::Pitch:
        return note.pitch;
    case NoteField::Velocity:
        return note.velocity;
    case NoteField::Release:
        return note.release;
    }
    return 0;
}

Note withValue(Note note, NoteField field, double value) {
    const auto within = [&](double least, double most) { return std::llround(std::clamp(value, least, most)); };
    switch (field) {
    case NoteField::Onset:
        note.onset = Tick{within(0, kLatest)};
        break;
    case NoteField::Length:
        note.length = Ticks{within(1, kLatest)};
        break;
    case NoteField::Pitch:
        note.pitch = static_cast<std::uint8_t>(within(0, 127));
        break;
    case NoteField::Velocity:
        note.velocity = static_cast<std::uint8_t>(within(1, 127));
        break;
    case NoteField::Release:
        note.release = static_cast<std::uint8_t>(within(0, 127));
        break;
    }
    return note;
}

struct Extent {
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -std::numeric_limits<double>::infinity();
};

Extent extentOf(const SelectedNotes& selected, NoteField field) {
    Extent extent;
    for (const auto& track : selected.tracks)
        for (const auto& note : track.notes) {
            extent.lowest = std::min(extent.lowest, valueOf(note, field));
            extent.highest = std::max(extent.highest, valueOf(note, field));
        }
    return extent;
}

/// As far as the whole group can go.
double allowedSum(double by, const Extent& extent, NoteField field) {
    if (field == NoteField::Onset) return std::max(by, -extent.lowest);
    if (field == NoteField::Pitch) return std::clamp(by, -extent.lowest, 127 - extent.highest);
    return by;
}

double changed(double value, const ValueChange& change, const Extent& extent, NoteField field) {
    switch (change.kind) {
    case ValueChange::Kind::Set:
        return change.first;
    case ValueChange::Kind::Add:
        return value + allowedSum(change.first, extent, field);
    case ValueChange::Kind::Times:
        return value * change.first;
    case ValueChange::Kind::Span:
        break;
    }
    const double width = extent.highest - extent.lowest;
    const double part = width > 0 ? (value - extent.lowest) / width : 0.5;
    return change.first + (change.last - change.first) * part;
}

/// Values of one field as people write them.
struct FieldReader {
    NoteField field;
    const MeterMap& meters;
    Division division;

    base::Result<double> value(std::string_view text) const {
        const auto real = [](auto read, auto count) -> base::Result<double> {
            if (!read) return base::failure(read.error());
            return static_cast<double>(count(*read));
        };
        if (field == NoteField::Pitch) return real(parsePitch(text), [](int pitch) { return pitch; });
        if (field == NoteField::Onset) return real(parsePosition(text, meters), [](Tick at) { return at.fromStart; });
        return real(parseLength(text, division), [](Ticks length) { return length.count; });
    }

    /// What is added: semitones, or a length.
    base::Result<ValueChange> sum(char sign, std::string_view text) const {
        const double direction = sign == '-' ? -1 : 1;
        if (field == NoteField::Pitch) return parseValueChange(sign + std::string(base::trimmed(text)));
        const auto length = parseLength(text, division);
        if (!length) return base::failure(length.error());
        return ValueChange{ValueChange::Kind::Add, direction * static_cast<double>(length->count), 0};
    }
};

} // namespace

base::Result<ValueChange> parseValueChange(std::string_view text) {
    using Kind = ValueChange::Kind;
    const auto words = base::trimmed(text);
    const auto number = [](std::string_view digits) { return base::parseReal(base::trimmed(digits)); };
    const auto made = [](Kind kind, double first, double last = 0) { return ValueChange{kind, first, last}; };
    if (!words.empty()) {
        const auto rest = words.substr(1);
        const auto dots = rest.find("..");
        const auto one =
            number(words[0] == '=' || words[0] == '+' || words[0] == '*' || words[0] == '/' ? rest : words);
        if (words[0] == '=' && dots != std::string_view::npos) {
            const auto first = number(rest.substr(0, dots)), last = number(rest.substr(dots + 2));
            if (first && last && std::isfinite(*first) && std::isfinite(*last)) return made(Kind::Span, *first, *last);
        } else if (one && std::isfinite(*one)) {
            if (words[0] == '+' || words[0] == '-') return made(Kind::Add, *one);
            if (words[0] == '*') return made(Kind::Times, *one);
            if (words[0] != '/') return made(Kind::Set, *one);
            if (*one != 0) return made(Kind::Times, 1 / *one);
        }
    }
    return base::failure(base::ErrorCode::WrongArgument,
                         "\"" + base::shown(text, 40) +
                             "\" is no change of a value; write 80, +5, -5, *1.2, /2 or "
                             "=60..90");
}

base::Result<ValueChange> parseFieldChange(std::string_view text, NoteField field, const MeterMap& meters,
                                           Division division) {
    using Kind = ValueChange::Kind;
    const FieldReader reader{field, meters, division};
    if (field == NoteField::Velocity || field == NoteField::Release) return parseValueChange(text);
    const auto words = base::trimmed(text);
    const char sign = words.empty() ? ' ' : words[0];
    const auto rest = words.empty() ? words : words.substr(1);
    if (sign == '*' || sign == '/') return parseValueChange(words);
    if (sign == '+' || sign == '-') return reader.sum(sign, rest);
    const auto dots = rest.find("..");
    if (sign == '=' && dots != std::string_view::npos) {
        const auto first = reader.value(rest.substr(0, dots)), last = reader.value(rest.substr(dots + 2));
        if (!first) return base::failure(first.error());
        if (!last) return base::failure(last.error());
        return ValueChange{Kind::Span, *first, *last};
    }
    const auto value = reader.value(sign == '=' ? rest : words);
    if (!value) return base::failure(value.error());
    return ValueChange{Kind::Set, *value, 0};
}

OperationResult changeValues(const Score& score, NoteIds ids, NoteField field, const ValueChange& change) {
    const auto selected = selectedNotes(score, ids);
    const auto extent = extentOf(selected, field);
    return rewriteEach(selected, [&](const Note& note, const Track&) {
        return withValue(note, field, changed(valueOf(note, field), change, extent, field));
    });
}

} // namespace continuo::score
