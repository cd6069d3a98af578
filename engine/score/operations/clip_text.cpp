#include "engine/score/operations/clip_text.h"

#include "engine/base/text.h"

#include <algorithm>
#include <array>
#include <optional>

namespace continuo::score {
namespace {

constexpr std::string_view kMagic = "continuo-clip 1";
constexpr std::int64_t kLongest = std::int64_t{1} << 40;

template <typename... Values>
std::string line(const char* word, Values... values) {
    std::string text = word;
    ((text += ' ', text += std::to_string(static_cast<std::int64_t>(values))), ...);
    return text + '\n';
}

struct Bounds {
    std::int64_t least = 0, most = kLongest;
};

/// The numbers behind the first word of a line, where there are just so many and each is within its bounds.
template <std::size_t N>
std::optional<std::array<std::int64_t, N>> numbersIn(std::string_view words, const std::array<Bounds, N>& bounds) {
    const auto fields = base::split(words, ' ');
    if (fields.size() != N + 1) return std::nullopt;
    std::array<std::int64_t, N> numbers{};
    for (std::size_t i = 0; i < N; ++i) {
        const auto number = base::parseInteger(fields[i + 1]);
        if (!number || *number < bounds[i].least || bounds[i].most < *number) return std::nullopt;
        numbers[i] = *number;
    }
    return numbers;
}

std::uint8_t small(std::int64_t value) { return static_cast<std::uint8_t>(value); }

bool isKind(std::int64_t kind) { return kind >= 0xA && kind <= 0xE; }

/// Takes one line after the other; false where one is wrong.
class ClipReader {
public:
    bool take(std::string_view words) {
        if (words.starts_with("note ")) return takeNote(words);
        if (words.starts_with("event ")) return takeEvent(words);
        if (words.starts_with("track ")) return takeTrack(words);
        if (words.starts_with("division ")) return takeDivision(words);
        return words.starts_with("span ") && takeSpan(words);
    }

    Clip finished() {
        std::erase_if(clip_.parts, [](const Clip::Part& part) { return part.notes.empty(); });
        for (auto& part : clip_.parts) {
            std::ranges::stable_sort(part.notes, NoteOrder{});
            std::ranges::stable_sort(part.events, EventOrder{});
        }
        return std::move(clip_);
    }
    bool isSized() const { return sized_; }

private:
    static constexpr Bounds kByte{0, 127}, kShort{INT16_MIN, INT16_MAX};

    bool takeDivision(std::string_view words) {
        const auto n = numbersIn<3>(words, {Bounds{0, 32767}, Bounds{0, 30}, Bounds{0, 255}});
        if (!n) return false;
        clip_.division = {static_cast<std::uint16_t>((*n)[0]), small((*n)[1]), small((*n)[2])};
        return clip_.division.quarter() > 0;
    }

    bool takeSpan(std::string_view words) {
        const auto n = numbersIn<2>(words, {Bounds{}, Bounds{1, kLongest}});
        if (!n) return false;
        clip_.offset = Ticks{(*n)[0]};
        clip_.length = Ticks{(*n)[1]};
        return sized_ = true;
    }

    bool takeTrack(std::string_view words) {
        const auto nameAt = [&] {
            std::size_t at = 0;
            for (int space = 0; space < 4 && at != std::string_view::npos; ++space) at = words.find(' ', at + 1);
            return at;
        }();
        if (nameAt == std::string_view::npos) return false;
        const auto n = numbersIn<3>(words.substr(0, nameAt), {Bounds{0, INT64_MAX}, kByte, Bounds{0, 1}});
        if (!n) return false;
        clip_.parts.push_back({TrackId{static_cast<std::uint64_t>((*n)[0])},
                               std::string(words.substr(nameAt + 1)),
                               (*n)[2] != 0,
                               static_cast<int>((*n)[1]),
                               {},
                               {}});
        return base::isUtf8(clip_.parts.back().name);
    }

    bool takeNote(std::string_view words) {
        const auto n =
            numbersIn<8>(words, {Bounds{}, Bounds{}, kByte, Bounds{1, 127}, kByte, Bounds{0, 7}, kShort, kShort});
        if (!n || clip_.parts.empty()) return false;
        clip_.parts.back().notes.push_back({.id = NoteId{++last_},
                                            .onset = Tick{(*n)[0]},
                                            .length = Ticks{(*n)[1]},
                                            .pitch = small((*n)[2]),
                                            .velocity = small((*n)[3]),
                                            .release = small((*n)[4]),
                                            .marks = static_cast<NoteMarks>((*n)[5]),
                                            .playedOffset = static_cast<std::int16_t>((*n)[6]),
                                            .playedLength = static_cast<std::int16_t>((*n)[7])});
        return true;
    }

    bool takeEvent(std::string_view words) {
        const auto n = numbersIn<4>(words, {Bounds{}, Bounds{0, 15}, kByte, kByte});
        if (!n || !isKind((*n)[1]) || clip_.parts.empty()) return false;
        clip_.parts.back().events.push_back(
            {EventId{++last_}, Tick{(*n)[0]}, static_cast<ChannelEventKind>((*n)[1]), small((*n)[2]), small((*n)[3])});
        return true;
    }

    Clip clip_;
    std::uint64_t last_ = 0;
    bool sized_ = false;
};

} // namespace

std::string clipText(const Clip& clip) {
    std::string text = std::string(kMagic) + "\n";
    text += line("division", clip.division.ticksPerQuarter, clip.division.framesPerSecond, clip.division.ticksPerFrame);
    text += line("span", clip.offset.count, clip.length.count);
    text += "# note onset length pitch velocity release marks played-offset played-length\n";
    for (const auto& part : clip.parts) {
        auto name = part.name;
        std::ranges::replace_if(
            name, [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
        text += "track " + std::to_string(static_cast<std::uint64_t>(part.from)) + " " + std::to_string(part.program) +
                (part.drums ? " 1 " : " 0 ") + name + "\n";
        for (const auto& note : part.notes)
            text += line("note", note.onset.fromStart, note.length.count, note.pitch, note.velocity, note.release,
                         static_cast<int>(note.marks), note.playedOffset, note.playedLength);
        for (const auto& event : part.events)
            text += line("event", event.at.fromStart, static_cast<int>(event.kind), event.first, event.second);
    }
    return text;
}

bool looksLikeClipText(std::string_view text) { return text.starts_with(kMagic); }

base::Result<Clip> readClipText(std::string_view text) {
    const auto wrong = [](std::size_t number) {
        return base::failure(base::ErrorCode::FileMalformed, "this is no music that was copied here: line " +
                                                                 std::to_string(number) +
                                                                 " is not as it "
                                                                 "should be");
    };
    const auto lines = base::splitLines(text);
    if (lines.empty() || base::trimmed(lines[0]) != kMagic) return wrong(1);
    ClipReader reader;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        auto words = lines[i];
        if (words.ends_with('\r')) words.remove_suffix(1); // other systems end lines so
        if (!words.empty() && words[0] != '#' && !reader.take(words)) return wrong(i + 1);
    }
    if (!reader.isSized()) return wrong(lines.size());
    return reader.finished();
}

} // namespace continuo::score
