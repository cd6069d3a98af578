#include "ui/operations/paste_desk.h"

#include "engine/score/operations/chord_table.h"
#include "engine/score/operations/grid.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/operations/operation_desk.h"
#include "ui/operations/operation_fields.h"
#include "ui/operations/operation_panel.h"

#include <array>

namespace continuo::ui {
namespace {

/// The settings of the panel, by their places.
enum Setting { kInto, kWhat, kStart, kReplace, kControllers, kSemitones, kFit, kLocks };
enum What { kNotes, kPitches, kRhythm, kVelocities };
enum Fit { kAsCopied, kToScale, kToChord };

Operation pasteWords() {
    Operation words{};
    words.id = "pasteSpecial";
    words.group = "";
    words.name = QT_TRANSLATE_NOOP("continuo::ui::OperationPanel", "Paste special");
    words.purpose = QT_TRANSLATE_NOOP("continuo::ui::OperationPanel", "Where the copied notes go, and what of them.");
    words.fields = {field::choice("Into", {"Current track", "The same tracks", "New tracks"}),
                    field::choice("What", {"Notes", "Only pitches", "Only rhythm", "Only velocities"}),
                    field::choice("Begin", {"Offset kept", "At the cursor"}),
                    field::onOff("Replace what is there", false),
                    field::onOff("Controllers", true),
                    field::number("Transpose", 0, -48, 48, 1, "semitones"),
                    field::choice("Fit to", {"As copied", "The scale", "The chord there"}),
                    field::onOff("Keep locks", false)};
    return words;
}

int chosen(const OperationValues& values, Setting setting) { return static_cast<int>(values[setting]); }

} // namespace

PasteDesk::PasteDesk(ScoreDocument& document, QWidget& host)
    : QObject(&host), document_(document), slot_(host), words_(pasteWords()), values_(initialValues(words_)) {
    connect(&document, &ScoreDocument::replaced, this, &PasteDesk::close);
    for (auto signal :
         {&ScoreDocument::selectionChanged, &ScoreDocument::currentTrackChanged, &ScoreDocument::insertCursorChanged})
        connect(&document, signal, &slot_, &PanelSlot::show);
    connect(&document, &ScoreDocument::scoreChanged, &slot_, &PanelSlot::show);
}

bool PasteDesk::open() {
    auto clip = clipOnClipboard();
    if (!clip) return false;
    close();
    clip_ = std::move(*clip);
    if (clip_.parts.size() > 1 && chosen(values_, kInto) == 0) values_[kInto] = 1;
    slot_.open(words_, values_,
               {[this] { showTrial(); }, [this] { document_.setTrial(std::nullopt); }, [this] { apply(); },
                [this] { close(); }});
    return true;
}

/// The chord that sounds in the bar of the insert cursor.
std::optional<std::vector<int>> PasteDesk::chordThere() const {
    const auto& meters = document_.meterMap();
    const auto bar = meters.barAt(document_.insertCursor());
    const auto chords = score::detectChords(document_.score(), {bar, bar + meters.barLengthAt(bar)}, {.bars = 1});
    if (chords.empty()) return std::nullopt;
    return chords.front().chord.pitchClasses();
}

score::PasteSettings PasteDesk::settings() const {
    using Where = score::PasteSettings::Where;
    constexpr std::array places{Where::Track, Where::SameTracks, Where::NewTracks};
    score::PasteSettings settings;
    settings.where = document_.currentTrackContent() ? places.at(static_cast<std::size_t>(chosen(values_, kInto)))
                                                     : Where::NewTracks;
    settings.track = document_.currentTrack();
    settings.keepOffset = chosen(values_, kStart) == 0;
    settings.replaceRange = field::isOn(values_[kReplace]);
    settings.withControllers = field::isOn(values_[kControllers]);
    settings.semitones = field::whole(values_[kSemitones]);
    settings.withLocks = field::isOn(values_[kLocks]);
    if (chosen(values_, kFit) == kToScale)
        settings.fitToScale = score::scaleAt(document_.score(), document_.insertCursor());
    if (chosen(values_, kFit) == kToChord) settings.fitToChord = chordThere();
    return settings;
}

PasteDesk::Outcome PasteDesk::outcome(score::IdMint& mint) const {
    const auto& score = document_.score();
    if (const auto what = chosen(values_, kWhat); what != kNotes) {
        const auto ids = selectedIds(document_);
        if (ids.empty()) return {{}, {}, {}, tr("Select the notes that are to get them")};
        constexpr std::array sides{score::PasteOnly::Pitches, score::PasteOnly::Pitches, score::PasteOnly::Rhythm,
                                   score::PasteOnly::Velocities};
        auto result = score::pasteOnly(score, ids, clip_, sides.at(static_cast<std::size_t>(what)));
        auto text = outcomeText(result);
        return {std::move(result), {}, {}, std::move(text)};
    }
    const auto how = settings();
    auto pasted = score::paste(score, clip_, document_.insertCursor(), how, mint);
    auto text = outcomeText(pasted.result);
    if (chosen(values_, kFit) == kToChord && !how.fitToChord) text += tr("; no chord sounds there");
    return {std::move(pasted.result), std::move(pasted.notes), pasted.end, std::move(text)};
}

void PasteDesk::showTrial() {
    values_ = panel()->values();
    auto foreseen = document_.mint(); // lasting ids are given when it is applied
    auto trial = outcome(foreseen);
    panel()->showOutcome(trial.text, !trial.result.edit.isEmpty());
    document_.setTrial(std::move(trial.result.edit));
}

void PasteDesk::apply() {
    close();
    auto done = outcome(document_.mint());
    if (done.result.edit.isEmpty()) return;
    document_.perform(std::move(done.result.edit),
                      done.notes.empty() ? tr("Paste special") : tr("Paste %1 notes").arg(done.notes.size()));
    if (!done.notes.empty()) document_.selection().select(done.notes);
    if (done.end) document_.setInsertCursor(*done.end);
}

void PasteDesk::close() {
    if (slot_.close()) document_.setTrial(std::nullopt);
}

} // namespace continuo::ui
