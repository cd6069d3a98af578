#include "engine/notation/abc_music.h"

#include "engine/notation/abc_decorations.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace continuo::notation {
namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool isNoteLetter(char c) { return (c >= 'A' && c <= 'G') || (c >= 'a' && c <= 'g'); }

class Line {
public:
    Line(const AbcLine& line, AbcTarget& target) : text_(line.text), offset_(line.offset), target_(target) {}

    base::Status run() {
        while (at_ < text_.size())
            if (auto done = step(); !done) return done;
        return {};
    }

private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
    std::uint64_t offset() const { return offset_ + at_; }
    AbcVoice& voice() { return target_.voice(); }
    LeftOut& left() { return target_.left(); }

    base::Status step() {
        const char c = peek();
        if (isNoteLetter(c) || c == '^' || c == '_' || c == '=') return takeNote();
        if (c == '[') return takeBracket();
        if (c == '|' || c == ':') return takeBarLine(), base::Status{};
        if (c == 'z' || c == 'x' || c == 'Z' || c == 'X') return takeRest(), base::Status{};
        takeSign();
        return {};
    }

    void takeSign() {
        switch (peek()) {
        case ' ':
        case '\t':
        case '`':
        case ')':
        case '$':
        case '\\':
        case '*':
        case ';':
            return void(++at_);
        case '-':
            voice().tie();
            return void(++at_);
        case '.': // a dotted bar line, slur or tie is one all the same
            if (peek(1) != '|' && peek(1) != '(' && peek(1) != '-') return takeShortDecoration();
            return void(++at_);
        case '"':
            return takeText();
        case '!':
        case '+':
            return takeDecoration(peek());
        case '{':
            return takeGrace();
        case '(':
            return takeParenthesis();
        case '>':
        case '<':
            return takeBroken();
        case '&':
            voice().overlay();
            return void(++at_);
        case 'y':
            ++at_;
            return void(takeLength());
        default:
            takeShortDecoration();
        }
    }

    // ---- notes, chords, rests

    /// "3", "3/2", "/", "//", "/4" … as a factor; 1 where there is none.
    Fraction takeLength() {
        Fraction length(takeNumber(1));
        while (peek() == '/') {
            ++at_;
            length = length / Fraction(takeNumber(2));
        }
        return length;
    }

    int takeNumber(int otherwise) {
        if (!isDigit(peek())) return otherwise;
        int value = 0;
        for (; isDigit(peek()); ++at_) value = std::min(10'000, value * 10 + (peek() - '0'));
        return std::max(value, 1);
    }

    /// Accidental, letter and octave marks; nothing where no letter follows.
    std::optional<AbcPitch> takePitch() {
        AbcPitch pitch;
        while (peek() == '^' || peek() == '_' || peek() == '=') {
            pitch.accidental = pitch.accidental.value_or(0) + (peek() == '^' ? 1 : peek() == '_' ? -1 : 0);
            ++at_;
        }
        if (pitch.accidental) *pitch.accidental = std::clamp(*pitch.accidental, -2, 2);
        if (isDigit(peek()) || (peek() == '/' && pitch.accidental)) { // ^/2: a quarter tone
            left().repair(offset(), "microtones are moved to the nearest key");
            takeLength();
        }
        const char letter = peek();
        if (!isNoteLetter(letter)) return std::nullopt;
        ++at_;
        const bool isHigh = letter >= 'a';
        pitch.letter = (std::toupper(static_cast<unsigned char>(letter)) - 'C' + 7) % 7;
        pitch.octave = isHigh ? 1 : 0;
        for (; peek() == '\'' || peek() == ','; ++at_) pitch.octave += peek() == '\'' ? 1 : -1;
        pitch.octave = std::clamp(pitch.octave, -12, 12);
        return pitch;
    }

    base::Status takeNote() {
        const auto pitch = takePitch();
        if (!pitch) return left().skip(offset(), "accidentals have no note"), base::Status{};
        return place({&*pitch, 1}, takeLength());
    }

    base::Status place(std::span<const AbcPitch> pitches, Fraction length) {
        if (auto counted = target_.addNotes(pitches.size()); !counted) return counted;
        for (auto dropped = voice().addNotes(pitches, length); dropped > 0; --dropped)
            left().skip(offset(), "notes have no pitch that MIDI knows and are left out");
        return {};
    }

    /// [CEG], [1 first ending, [K:G], [| or [r:remark].
    base::Status takeBracket() {
        const char next = peek(1);
        if (next == '|') return takeBarLine(), base::Status{};
        if (isDigit(next)) {
            ++at_;
            voice().barLine(0, false, true);
            takeEnding();
            return {};
        }
        if (isLetter(next) && peek(2) == ':') return takeInlineField();
        return takeChord();
    }

    base::Status takeInlineField() {
        const auto close = text_.find(']', at_);
        if (close == std::string_view::npos) {
            left().skip(offset(), "fields in brackets are not closed");
            at_ = text_.size();
            return {};
        }
        const auto where = offset();
        const auto field = text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
        return target_.field(field[0], field.substr(2), where);
    }

    base::Status takeChord() {
        std::vector<AbcPitch> pitches;
        for (++at_; at_ < text_.size() && peek() != ']';) {
            if (!isNoteLetter(peek()) && peek() != '^' && peek() != '_' && peek() != '=') {
                if (peek() == '"')
                    takeText();
                else if (peek() == '!' || peek() == '+')
                    takeDecoration(peek());
                else
                    ++at_;
                continue;
            }
            auto pitch = takePitch();
            if (!pitch) continue;
            pitch->length = takeLength();
            if (peek() == '-') {
                pitch->tied = true;
                ++at_;
            }
            if (pitches.size() < 64) pitches.push_back(*pitch);
        }
        if (peek() == ']') ++at_;
        const auto length = takeLength();
        return pitches.empty() ? base::Status{} : place(pitches, length);
    }

    void takeRest() {
        const char sign = peek();
        ++at_;
        if (sign == 'z' || sign == 'x')
            voice().addRest(takeLength());
        else
            voice().addBarsOfRest(std::min(takeNumber(1), 1000));
    }

    void takeBroken() {
        const char sign = peek();
        int count = 0;
        for (; peek() == sign; ++at_) ++count;
        voice().breakRhythm(sign == '>' ? count : -count);
    }

    /// (3, (3:2:3, or a slur.
    void takeParenthesis() {
        ++at_;
        if (!isDigit(peek())) return;
        const int notes = takeNumber(0);
        std::array<int, 2> more{0, 0};
        for (std::size_t i = 0; i < 2 && peek() == ':'; ++i) {
            ++at_;
            more[i] = takeNumber(0);
        }
        voice().startTuplet(notes, std::min(more[0], 64), std::min(more[1], 64));
    }

    void takeGrace() {
        for (++at_; at_ < text_.size() && peek() != '}'; ++at_)
            if (isNoteLetter(peek())) left().skip(offset(), "grace notes are left out");
        if (peek() == '}') ++at_;
    }

    // ---- bar lines and endings

    void takeBarLine() {
        int before = 0, after = 0;
        bool hasLine = false, isHeavy = false;
        std::size_t lines = 0;
        for (;; ++at_) {
            const char c = peek();
            if (c == ':') {
                ++(hasLine ? after : before);
            } else if (c == '|') {
                if (after > 0) break; // the colons began a section; another line begins
                hasLine = true;
                ++lines;
            } else if (c == ']' && hasLine && after == 0) {
                isHeavy = true;
            } else if (c == '[' && peek(1) == '|') {
                if (after > 0) break;
                isHeavy = true;
            } else {
                break;
            }
        }
        if (!hasLine && before >= 2) after = before / 2, before -= after; // "::" ends one section and begins another
        if (!hasLine && after == 0) return left().skip(offset(), "colons have no bar line");
        voice().barLine(before > 0 ? before + 1 : 0, after > 0, isHeavy || lines > 1);
        if (isDigit(peek())) takeEnding();
    }

    /// "1", "1,3", "1-3".
    void takeEnding() {
        std::uint32_t bits = 0;
        while (isDigit(peek())) {
            const int first = takeNumber(1);
            int last = first;
            if (peek() == '-' && isDigit(peek(1))) {
                ++at_;
                last = takeNumber(1);
            }
            for (int i = first; i <= std::min(last, 31); ++i) bits |= 1U << i;
            if (peek() != ',' || !isDigit(peek(1))) break;
            ++at_;
        }
        voice().startEnding(bits);
    }

    // ---- decorations and texts

    void takeText() {
        const auto close = text_.find('"', at_ + 1);
        const char first = peek(1);
        if (std::string_view("^_<>@").find(first) == std::string_view::npos || first == '\0')
            left().skip(offset(), "chord symbols are not kept");
        at_ = close == std::string_view::npos ? text_.size() : close + 1;
    }

    void takeDecoration(char fence) {
        const auto close = text_.find(fence, at_ + 1);
        const auto name = close == std::string_view::npos ? std::string_view() : text_.substr(at_ + 1, close - at_ - 1);
        const bool isName = !name.empty() && name.find_first_of(" |[]:") == std::string_view::npos;
        const auto where = offset();
        at_ = isName ? close + 1 : at_ + 1; // alone it only breaks the line on paper
        if (isName) applyAbcDecoration(name, where, voice(), left());
    }

    void takeShortDecoration() {
        const auto where = offset();
        const char c = peek();
        ++at_;
        applyShortAbcDecoration(c, where, voice(), left());
    }

    std::string_view text_;
    std::uint64_t offset_;
    AbcTarget& target_;
    std::size_t at_ = 0;
};

} // namespace

base::Status readAbcMusic(const AbcLine& line, AbcTarget& target) { return Line(line, target).run(); }

} // namespace continuo::notation
