#include "ui/pianoroll/note_clipboard.h"

#include "engine/base/text.h"

#include <algorithm>
#include <string>

namespace continuo::ui {
namespace {

constexpr std::string_view kMagic = "continuo-notes";
constexpr std::size_t kFields = 6;
constexpr std::int64_t kLongest = std::int64_t{1} << 40;

std::optional<score::Note> readNote(std::string_view line) {
    const auto fields = base::split(line, ' ');
    if (fields.size() != kFields) return std::nullopt;
    std::array<std::int64_t, kFields> values{};
    for (std::size_t i = 0; i < kFields; ++i) {
        const auto value = base::parseInteger(fields[i]);
        if (!value || *value < 0 || *value > (i < 2 ? kLongest : 127)) return std::nullopt;
        values[i] = *value;
    }
    return score::Note{.id = {},
                       .onset = {values[0]},
                       .length = {values[1]},
                       .pitch = static_cast<std::uint8_t>(values[2]),
                       .velocity = static_cast<std::uint8_t>(std::max<std::int64_t>(1, values[3])),
                       .release = static_cast<std::uint8_t>(values[4]),
                       .marks = static_cast<score::NoteMarks>(values[5] & 7)};
}

} // namespace

CopiedNotes CopiedNotes::scaledTo(std::int64_t ticksPerQuarter) const {
    auto scaled = *this;
    scaled.quarter = ticksPerQuarter;
    for (auto& note : scaled.notes) {
        note.onset.fromStart = note.onset.fromStart * ticksPerQuarter / quarter;
        note.length.count = std::max<std::int64_t>(1, note.length.count * ticksPerQuarter / quarter);
    }
    return scaled;
}

score::Ticks CopiedNotes::span() const {
    score::Tick end;
    for (const auto& note : notes) end = std::max(end, note.end());
    return end - score::Tick{0};
}

CopiedNotes copied(const std::vector<score::Note>& notes, const score::MeterMap& meters, score::Division division) {
    CopiedNotes result{division.quarter(), notes};
    if (notes.empty()) return result;
    const auto first = std::ranges::min_element(notes, {}, &score::Note::onset)->onset;
    const auto bar = meters.barAt(first);
    const auto beat = meters.beatLengthAt(first).count;
    const auto anchor = bar + score::Ticks{(first - bar).count / beat * beat};
    for (auto& note : result.notes) note.onset = score::Tick{(note.onset - anchor).count};
    return result;
}

QByteArray clipboardText(const CopiedNotes& copy) {
    std::string text = std::string(kMagic) + ' ' + std::to_string(copy.quarter) + '\n';
    for (const auto& note : copy.notes)
        text += std::to_string(note.onset.fromStart) + ' ' + std::to_string(note.length.count) + ' ' +
                std::to_string(note.pitch) + ' ' + std::to_string(note.velocity) + ' ' + std::to_string(note.release) +
                ' ' + std::to_string(static_cast<int>(note.marks)) + '\n';
    return QByteArray::fromStdString(text);
}

std::optional<CopiedNotes> readClipboardText(const QByteArray& bytes) {
    const auto text = bytes.toStdString();
    const auto lines = base::splitLines(text);
    if (lines.empty()) return std::nullopt;
    const auto head = base::split(lines[0], ' ');
    if (head.size() != 2 || head[0] != kMagic) return std::nullopt;
    const auto quarter = base::parseInteger(head[1]);
    if (!quarter || *quarter < 1 || *quarter > 32767) return std::nullopt;
    CopiedNotes copy{*quarter, {}};
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const auto note = readNote(lines[i]);
        if (!note) return std::nullopt;
        copy.notes.push_back(*note);
    }
    return copy;
}

} // namespace continuo::ui
