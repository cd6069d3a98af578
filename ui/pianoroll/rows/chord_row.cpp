#include "ui/pianoroll/rows/chord_row.h"

#include "engine/score/operations/chords.h"
#include "engine/score/operations/time_flags.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QPainter>
#include <algorithm>
#include <map>

namespace continuo::ui {
namespace {

constexpr TimeRow::Names kNames{"chords", QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Chords"),
                                QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Chords"),
                                "Chord symbols. Left and Right choose one, Enter types a name, Delete removes it."};
constexpr int kWaitMs = 120;         // after the last change
constexpr double kNarrowestBar = 24; // px: below, names would not fit
constexpr int kLowestRoot = 48, kVelocity = 80;

/// A chord for every half of a bar that has halves, else for the whole of it.
score::Grid stepIn(const score::MeterMap& meters, score::Tick at) {
    const int numerator = meters.numeratorAt(at), denominator = meters.denominatorAt(at);
    if (numerator == 6 && denominator == 8) return score::Grid::dottedOf(4);
    if (numerator == 4) return score::Grid::of(std::max(1, denominator / 2));
    return {.bars = 1};
}

QString shown(const std::string& name) { return QString::fromStdString(score::musicalSigns(name)); }

} // namespace

ChordRow::ChordRow(RollState& state, int gutter, QWidget* parent) : FlagRow(state, gutter, kNames, Look::Span, parent) {
    later_.setSingleShot(true);
    later_.setInterval(kWaitMs);
    connect(&later_, &QTimer::timeout, this, &ChordRow::detectNow);
    connect(&state, &RollState::viewChanged, this, &ChordRow::detectLater);
    connect(&document(), &ScoreDocument::scoreChanged, this, [this] {
        guessedIn_ = {};
        detectLater();
    });
    connect(&document(), &ScoreDocument::replaced, this, [this] {
        guessed_.clear();
        guessedIn_ = {};
        detectLater();
    });
    detectLater();
}

void ChordRow::showEvent(QShowEvent* event) {
    FlagRow::showEvent(event);
    detectLater();
}

void ChordRow::detectLater() {
    const auto seen = state().geometry().visibleTicks(width());
    const bool isKnown = guessedIn_.start <= seen.start && seen.end <= guessedIn_.end;
    if (!isKnown && isVisible()) later_.start();
}

void ChordRow::detectNow() {
    later_.stop();
    const auto& meters = document().meterMap();
    const auto seen = state().geometry().visibleTicks(width());
    const auto bar = static_cast<double>(meters.barLengthAt(seen.start).count) * state().geometry().pixelsPerTick;
    // Half a view more on either side, so that scrolling finds them there.
    const score::Ticks half{seen.length().count / 2};
    guessedIn_ = {meters.barAt(std::max(score::Tick{0}, seen.start - half)), meters.barAtOrAfter(seen.end + half)};
    guessedFlats_ = state().prefersFlats();
    guessed_ = bar < kNarrowestBar ? std::vector<score::ChordSpan>() : guesses(guessedIn_);
    refresh();
}

std::vector<score::ChordSpan> ChordRow::guesses(score::TickRange range) const {
    return score::detectChords(document().score(), range, stepIn(document().meterMap(), range.start));
}

std::vector<FlagRow::Flag> ChordRow::flagsOf(const score::Score& times) const {
    std::map<score::Tick, const score::ChordEvent*> starts;
    for (const auto& event : times.chords) starts[event.at] = &event;
    std::vector<Flag> flags;
    for (const auto& chord : score::chordSymbolsOf(times)) {
        Flag flag{chord.range, shown(chord.name), {chord.id}, {}, false, false};
        if (const auto end = starts.find(chord.range.end); end != starts.end()) {
            flag.end = end->second->id;
            flag.endsItself = end->second->name.empty();
        }
        flags.push_back(std::move(flag));
    }
    const auto written = flags;
    const auto guessIn = [&](score::TickRange range, const QString& name) {
        if (!range.isEmpty()) flags.push_back({range, name, {}, {}, false, false});
    };
    for (const auto& guess : guessed_) { // where nothing is written
        auto rest = guess.range;
        const auto name = QString::fromStdString(guess.chord.name(guessedFlats_));
        for (const auto& flag : written) {
            if (flag.range.end <= rest.start || rest.end <= flag.range.start) continue;
            guessIn({rest.start, flag.range.start}, name);
            rest.start = std::min(rest.end, flag.range.end);
        }
        guessIn(rest, name);
    }
    std::stable_sort(flags.begin(), flags.end(),
                     [](const Flag& a, const Flag& b) { return a.range.start < b.range.start; });
    return flags;
}

QString ChordRow::typedAt(score::Tick at, const QString& text) {
    const bool isNone = text.isEmpty() || text.compare(QLatin1String("N.C."), Qt::CaseInsensitive) == 0;
    std::string name;
    if (!isNone) {
        const auto chord = score::ChordTable::standard().parse(text.toStdString());
        if (!chord) return QString::fromStdString(chord.error().message);
        name = text.toStdString();
    }
    perform(score::setChord(document().score(), at, name, document().mint()),
            isNone ? tr("No chord") : tr("Chord %1").arg(shown(score::asciiSigns(name))));
    return {};
}

score::ScoreEdit ChordRow::endingAt(score::Tick at) {
    return score::setChord(document().score(), at, {}, document().mint());
}

void ChordRow::fix(const Flag& flag) {
    const std::vector<score::NamedSpan> one{{{}, flag.range, flag.text.toStdString()}};
    perform(score::setChords(document().score(), one, document().mint()), tr("Chord %1").arg(flag.text));
}

void ChordRow::fixAll() {
    const auto written = score::chordSymbolsOf(times());
    std::vector<score::NamedSpan> found;
    for (const auto& guess : guesses({{}, document().meterMap().barAtOrAfter(document().lastTick())})) {
        const bool isTaken = std::ranges::any_of(written, [&](const auto& span) {
            return span.range.start < guess.range.end && guess.range.start < span.range.end;
        });
        if (!isTaken) found.push_back({{}, guess.range, guess.chord.name(state().prefersFlats())});
    }
    if (found.empty()) return Q_EMIT refused(tr("Every chord that the notes say is written down already"));
    const auto count = found.size();
    perform(score::setChords(document().score(), found, document().mint()),
            count == 1 ? tr("Fix 1 chord") : tr("Fix %1 chords").arg(count));
}

void ChordRow::writeNotes(const Flag& flag) {
    const auto* track = state().track();
    const auto chord = score::ChordTable::standard().parse(flag.text.toStdString());
    if (!track || !chord) return;
    auto stamped = score::stampChord(
        document().score(), track->id, flag.range.start,
        {.chord = *chord, .lowest = kLowestRoot, .length = flag.range.length(), .velocity = state().newVelocity()},
        document().mint());
    std::vector<score::NoteId> added;
    for (const auto& content : stamped.edit.contents)
        for (const auto& note : content.notes.added) added.push_back(note.id);
    perform(std::move(stamped.edit), tr("Stamp %1").arg(flag.text));
    document().selection().select(added);
}

void ChordRow::pressed(const Flag& flag) {
    const auto chord = score::ChordTable::standard().parse(flag.text.toStdString());
    if (!chord) return;
    sounding_ = true;
    for (const int key : score::chordKeys(*chord, kLowestRoot))
        Q_EMIT auditionRequested(document().currentTrack(), key, kVelocity);
}

void ChordRow::released() {
    if (sounding_) Q_EMIT auditionEnded();
    sounding_ = false;
}

void ChordRow::fillFlagMenu(QMenu& menu, score::Tick, const Flag* flag) {
    if (flag) {
        const auto copy = *flag;
        if (copy.ids.empty()) menu.addAction(tr("Write %1 down").arg(copy.text), this, [this, copy] { fix(copy); });
        menu.addAction(tr("Its notes into the current track"), this, [this, copy] { writeNotes(copy); });
    }
    menu.addAction(tr("Write all detected chords down"), this, [this] { fixAll(); });
}

QString ChordRow::hint() const {
    return tr(
        "Click lets the chord be heard   Double-click types a name   Drag moves it   Drag an edge   Grey: guessed");
}

void ChordRow::paintFlag(QPainter& painter, const Flag& flag, const QRectF& box, bool isChosen) {
    const auto& t = theme();
    const bool isWritten = !flag.ids.empty();
    if (toX(flag.range.start) >= gutter())
        painter.fillRect(QRectF(snapped(painter, box.left()), t.px(5), hairline(painter), t.px(10)), t.line.strong);
    if (isChosen && hasFocus()) strokeRounded(painter, box.adjusted(2, 2, -1, -3), t.radius.note + 1, t.focus, 1.5);
    painter.setFont(textFont(TextSize::Caption, isWritten ? Weight::Medium : Weight::Regular));
    const QFontMetricsF metrics(painter.font());
    auto text = flag.text;
    if (metrics.horizontalAdvance(text) + t.px(8) > box.width()) text = text.section('/', 0, 0); // without its bass
    if (metrics.horizontalAdvance(text) + t.px(8) > box.width()) return;
    painter.setPen(isWritten ? t.text.primary : t.text.secondary);
    painter.drawText(QPointF(box.left() + t.px(6), (height() - 1 + metrics.capHeight()) / 2), text);
}

} // namespace continuo::ui
