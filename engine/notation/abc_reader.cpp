#include "engine/notation/abc_reader.h"

#include "engine/base/text.h"
#include "engine/midi/text_encoding.h"
#include "engine/notation/abc_music.h"
#include "engine/notation/abc_piece.h"
#include "engine/notation/notation_limits.h"
#include "engine/notation/piece_builder.h"

#include <algorithm>

namespace continuo::notation {
namespace {

using base::ErrorCode;

/// The line without what a % makes a remark.
std::string_view withoutRemark(std::string_view line) {
    for (std::size_t at = line.find('%'); at != std::string_view::npos; at = line.find('%', at + 1))
        if (at == 0 || line[at - 1] != '\\') return line.substr(0, at);
    return line;
}

bool isFieldLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+'; }

class TuneReader : public AbcTarget {
public:
    explicit TuneReader(const AbcTuneText& tune) : tune_(tune) { tuneVoice_.unit = 0; }

    base::Result<NotatedPiece> run(const AbcBook& book) {
        for (const auto& line : book.header)
            if (line.text[0] != 'K' && line.text[0] != 'V')
                if (auto done = takeLine(line); !done) return base::failure(located(done.error(), line));
        for (const auto& line : tune_.lines)
            if (auto done = takeLine(line); !done) return base::failure(located(done.error(), line));
        if (!inBody_) return base::failure(ErrorCode::FileMalformed, noKey());
        for (auto& each : voices_) each->close();
        auto piece = pieceOfVoices(voices_, tempos_, keys_);
        piece.title = tune_.title;
        if (piece.parts.size() == 1 && piece.parts[0].name.empty()) piece.parts[0].name = tune_.title;
        return piece;
    }

    AbcVoice& voice() override {
        if (!current_) selectVoice("");
        return *current_;
    }
    LeftOut& left() override { return left_; }

    base::Status addNotes(std::size_t count) override {
        notes_ += count;
        if (notes_ > kLimits.notes) return base::failure(ErrorCode::Unsupported, "it has more than 524,288 notes");
        return {};
    }

    base::Status field(char letter, std::string_view text, std::uint64_t offset) override {
        text = base::trimmed(text);
        switch (letter) {
        case 'K':
            return takeKey(text);
        case 'L':
            if (const auto unit = parseAbcLength(text))
                target().unit = *unit;
            else
                left_.repair(offset, "note lengths (L:) make no sense; the ones before go on");
            break;
        case 'M':
            takeMeter(text, offset);
            break;
        case 'Q':
            return takeTempo(text, offset);
        case 'V':
            return takeVoice(text);
        case 'P':
            if (!inBody_ && text.size() > 1) left_.skip(offset, "orders of parts (P:) are not played out");
            break;
        case 'I':
            takeDirective(text, offset);
            break;
        case 'w':
        case 'W':
            left_.skip(offset, "lines of words are not kept");
            break;
        case 'm':
        case 'U':
            left_.skip(offset, "macros and signs of one's own (m:, U:) are not applied");
            break;
        case 's':
        case 'd':
            left_.skip(offset, "symbol lines are not applied");
            break;
        default:
            break; // titles, sources, remarks …
        }
        return {};
    }

private:
    base::Error located(const base::Error& error, const AbcLine& line) const {
        return {error.code, "tune " + std::to_string(tune_.number) + ": " + error.message + " (byte " +
                                std::to_string(line.offset) + ")"};
    }

    std::string noKey() const {
        return "tune " + std::to_string(tune_.number) + " has no key (K:), so no music begins in it (byte " +
               std::to_string(tune_.lines.front().offset) + ")";
    }

    /// Whom a field is for: the voice at hand, before the music all voices.
    AbcVoice& target() { return inBody_ ? voice() : tuneVoice_; }
    /// Whom a %%MIDI line is for: before the music also the voice that was declared last.
    AbcVoice& midiTarget() { return inBody_ ? voice() : current_ ? *current_ : tuneVoice_; }

    base::Status takeLine(const AbcLine& line) {
        if (line.text.size() > kLimits.abcLine)
            return base::failure(ErrorCode::Unsupported, "a line is longer than 64 KiB");
        if (line.text.starts_with("%%"))
            return takeDirective(base::trimmed(line.text.substr(2)), line.offset), base::Status{};
        const auto text = withoutRemark(line.text);
        if (text.size() > 1 && text[1] == ':' && isFieldLetter(text[0]))
            return field(text[0], text.substr(2), line.offset);
        return inBody_ ? readAbcMusic({text, line.offset}, *this) : base::Status{};
    }

    base::Status takeKey(std::string_view text) {
        const bool begins = !inBody_ && !tune_.lines.empty();
        auto& head = target();
        const auto words = abcWords(text);
        if (const auto moved = abcTransposition(words)) head.transposition = *moved;
        const auto key = parseAbcKey(text);
        if (key) head.key = *key;
        if (begins)
            beginBody();
        else if (key)
            return addKey(voice());
        return {};
    }

    void beginBody() {
        inBody_ = true;
        if (tuneVoice_.unit == Fraction(0)) tuneVoice_.unit = tuneVoice_.meter.usualLength();
        if (tuneMeter_ == false) tuneVoice_.meter = {};
        for (auto& each : voices_) {
            each->key = tuneVoice_.key;
            each->meter = tuneVoice_.meter;
            each->unit = tuneVoice_.unit;
            each->reach = tuneVoice_.reach;
            if (each->transposition == 0) each->transposition = tuneVoice_.transposition;
        }
        current_ = voices_.empty() ? nullptr : voices_.front().get();
        keys_.push_back({nullptr, Fraction(0), tuneVoice_.key, tuneVoice_.transposition});
    }

    base::Status addKey(const AbcVoice& at) {
        keys_.push_back({&at, at.position(), at.key, at.transposition});
        return countMark();
    }

    base::Status countMark() {
        if (++marks_ > kLimits.marks) return base::failure(ErrorCode::Unsupported, "it has more than 262,144 marks");
        return {};
    }

    void takeMeter(std::string_view text, std::uint64_t offset) {
        const auto meter = parseAbcMeter(text);
        if (!meter) return left_.repair(offset, "meters (M:) make no sense; the ones before go on");
        if (!inBody_) tuneMeter_ = true;
        target().meter = *meter;
    }

    base::Status takeTempo(std::string_view text, std::uint64_t offset) {
        const auto unit = target().unit == Fraction(0) ? target().meter.usualLength() : target().unit;
        const auto tempo = parseAbcTempo(text, unit);
        if (!tempo) return left_.skip(offset, "tempo words without a number are not kept"), base::Status{};
        tempos_.push_back({inBody_ ? voice().position() : Fraction(0), *tempo});
        return countMark();
    }

    base::Status takeVoice(std::string_view text) {
        const auto words = abcWords(text);
        if (words.empty() || words.front().value == "*") return {};
        const auto& first = words.front();
        if (auto chosen = selectVoice(first.name.empty() ? first.value : first.name + "=" + first.value); !chosen)
            return chosen;
        for (const auto& [name, value] : words)
            if (name == "name" || name == "nm") current_->name = midi::toUtf8(value.substr(0, 200));
        if (const auto moved = abcTransposition({words.begin() + 1, words.end()})) current_->transposition = *moved;
        return {};
    }

    base::Status selectVoice(std::string_view id) {
        const auto found = std::ranges::find(voices_, id, [](const auto& each) { return std::string_view(each->id); });
        if (found != voices_.end()) return current_ = found->get(), base::Status{};
        if (voices_.size() == kLimits.abcVoices)
            return base::failure(ErrorCode::Unsupported, "it has more than 64 voices");
        voices_.push_back(std::make_unique<AbcVoice>(tuneVoice_));
        current_ = voices_.back().get();
        current_->id = id;
        return {};
    }

    /// "MIDI program 40" and the like, out of %% lines and I: fields.
    void takeDirective(std::string_view text, std::uint64_t offset) {
        const auto isSpace = [](char c) { return c == ' ' || c == '\t' || c == '='; };
        std::vector<std::string_view> words;
        for (std::size_t at = 0; at < text.size() && words.size() < 8;) {
            const auto end = static_cast<std::size_t>(
                std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(), isSpace) - text.begin());
            if (end > at) words.push_back(text.substr(at, end - at));
            at = end + 1;
        }
        if (words.size() < 2) return;
        if (words[0] == "propagate-accidentals")
            target().reach = words[1] == "not"      ? AbcReach::Note
                             : words[1] == "octave" ? AbcReach::Octave
                                                    : AbcReach::Letter;
        else if (words[0] == "abc-include")
            left_.skip(offset, "other files are never opened (abc-include)");
        else if (words[0] == "MIDI")
            takeMidi(words, offset);
    }

    void takeMidi(const std::vector<std::string_view>& words, std::uint64_t offset) {
        const auto value = base::parseInteger(words.back()).value_or(-1);
        if (words[1] == "program" && value >= 0 && value <= 127)
            midiTarget().program = static_cast<int>(value);
        else if (words[1] == "channel" && value >= 1 && value <= 16)
            midiTarget().drums = value == 10;
        else if (words[1] == "transpose" && words.size() == 3 && std::abs(value) <= 60)
            midiTarget().transposition = static_cast<int>(base::parseInteger(words[2]).value_or(0));
        else
            left_.skip(offset, "%%MIDI lines other than program, channel and transpose are not applied");
    }

    const AbcTuneText& tune_;
    AbcVoice tuneVoice_{""}; // what a voice begins with
    std::vector<std::unique_ptr<AbcVoice>> voices_;
    AbcVoice* current_ = nullptr;
    std::vector<AbcTempo> tempos_;
    std::vector<AbcKeyChange> keys_;
    LeftOut left_;
    std::size_t notes_ = 0;
    std::size_t marks_ = 0;
    bool inBody_ = false;
    bool tuneMeter_ = false;
};

} // namespace

base::Result<NotationRead> readAbcTune(const AbcBook& book, const AbcTuneText& tune, const NotationOptions& options) {
    TuneReader reader(tune);
    const auto piece = reader.run(book);
    if (!piece) return base::failure(piece.error());
    auto read = buildPiece(*piece, options, reader.left());
    if (!read) return base::failure(read.error());
    reader.left().addTo(read->report);
    return NotationRead{"abc", piece->title, tune.number, std::move(*read)};
}

base::Result<NotationRead> readAbc(base::ByteSpan bytes, const NotationOptions& options,
                                   std::optional<std::int64_t> number) {
    const auto book = splitAbc(bytes);
    if (book.tunes.empty())
        return base::failure(ErrorCode::FileMalformed, "the file holds no ABC tune: no line begins with X: (byte 0)");
    const auto chosen = number ? std::ranges::find(book.tunes, *number, &AbcTuneText::number) : book.tunes.begin();
    if (chosen == book.tunes.end())
        return base::failure(ErrorCode::WrongArgument,
                             "the file holds no tune with X:" + std::to_string(*number) + " (byte 0)");
    auto read = readAbcTune(book, *chosen, options);
    if (read && book.tunes.size() > 1 && !number)
        read->read.report.add(midi::Verdict::Note, chosen->lines.front().offset,
                              "the book holds " + std::to_string(book.tunes.size()) + " tunes; the first was taken");
    return read;
}

} // namespace continuo::notation
