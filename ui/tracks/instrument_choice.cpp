#include "ui/tracks/instrument_choice.h"

#include "engine/score/operations/edit_builder.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/tracks/instrument_picker.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented_switch.h"

#include <QVBoxLayout>
#include <cstdlib>

namespace continuo::ui {
namespace {

QString octaveText(int octaves) {
    const auto count = std::abs(octaves) == 1 ? InstrumentChoice::tr("An octave")
                                              : InstrumentChoice::tr("%1 octaves").arg(std::abs(octaves));
    return octaves > 0 ? InstrumentChoice::tr("%1 up").arg(count) : InstrumentChoice::tr("%1 down").arg(count);
}

QString adviceText(const score::RangeCheck& check, const QString& name) {
    if (check.notes == 0) return InstrumentChoice::tr("There are no notes yet.");
    if (check.outside == 0) return InstrumentChoice::tr("%1 can play all %2 notes.").arg(name).arg(check.notes);
    auto text = InstrumentChoice::tr("%1 cannot play %2 of %3 notes.").arg(name).arg(check.outside).arg(check.notes);
    if (check.octaves != 0)
        text += InstrumentChoice::tr(" %1 leaves %2.").arg(octaveText(check.octaves)).arg(check.outsideThen);
    return text;
}

} // namespace

InstrumentChoice::InstrumentChoice(ScoreDocument& document, std::vector<score::TrackId> tracks,
                                   InstrumentPicker& picker)
    : QWidget(&picker), document_(document), tracks_(std::move(tracks)), picker_(picker) {
    for (const auto& part : document.selectedNotes())
        if (tracks_.size() == 1 && part.track == tracks_.front())
            for (const auto& note : part.notes) selected_.push_back(note.id);
    build();
    connect(&picker, &InstrumentPicker::browsed, this, &InstrumentChoice::showMarked);
    showMarked();
}

InstrumentChoice::~InstrumentChoice() { document_.setTrial(std::nullopt); }

void InstrumentChoice::build() {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, theme().px(4), theme().px(4), theme().px(4));
    column->setSpacing(theme().px(6));
    advice_ = Label::caption({}, this);
    advice_->setWordWrap(true);
    advice_->setMinimumHeight(theme().px(34));
    outside_ =
        new SegmentedSwitch({{tr("Leave"), {}, tr("Notes stay where they are")},
                             {tr("Octaves"), {}, tr("All notes move by the octaves that leave the fewest outside")},
                             {tr("Fold"), {}, tr("Each note outside moves by octaves on its own")},
                             {tr("Re-voice"), {}, tr("As Fold, and chords keep their order from low to high")}},
                            tr("Notes out of range"), this);
    scope_ = new SegmentedSwitch({{tr("Track"), {}, tr("The whole track")},
                                  {tr("New track"), {}, tr("The selected notes go to a track of their own")},
                                  {tr("From here"), {}, tr("Program changes before and behind the selected notes")}},
                                 tr("For which notes"), this);
    for (auto* each : {scope_, outside_}) {
        each->setStretched(true);
        column->addWidget(each);
    }
    column->insertWidget(1, advice_);
    scope_->setVisible(!selected_.empty());
    connect(outside_, &SegmentedSwitch::currentChanged, this, [this](int index) {
        change_.outside = static_cast<score::OutsideNotes>(index);
        showMarked();
    });
    connect(scope_, &SegmentedSwitch::currentChanged, this, [this](int index) {
        change_.scope = static_cast<score::ChangeScope>(index);
        showMarked();
    });
}

std::vector<score::NoteId> InstrumentChoice::notes() const {
    if (change_.scope != score::ChangeScope::Track) return selected_;
    std::vector<score::NoteId> ids;
    for (const auto id : tracks_)
        if (const auto* track = score::findTrack(document_.score(), id))
            for (const auto& note : track->notes) ids.push_back(note.id);
    return ids;
}

score::OperationResult InstrumentChoice::result(score::IdMint& mint) const {
    if (tracks_.size() == 1)
        return score::changeInstrument(document_.score(), tracks_.front(), selected_, change_, mint);
    auto after = document_.score(); // channels that one takes are not free for the next
    std::size_t locked = 0;
    for (const auto id : tracks_) {
        auto one = score::changeInstrument(after, id, {}, change_, mint);
        score::apply(one.edit, after);
        locked += one.locked;
    }
    return {score::difference(document_.score(), after), locked};
}

void InstrumentChoice::showMarked() {
    const auto marked = picker_.marked();
    if (!marked) return;
    change_.program = marked->program;
    change_.drums = marked->drums;
    const auto name = instrumentName(marked->program, marked->drums);
    const auto check = score::checkRange(document_.score(), notes(), marked->program);
    advice_->setText(marked->drums ? tr("Each key of a kit is a drum of its own.") : adviceText(check, name));
    outside_->setVisible(!marked->drums && check.outside > 0);
    auto foreseen = document_.mint(); // lasting ids are given when it is taken
    document_.setTrial(result(foreseen).edit);
    int pitch = 60;
    if (const auto* track = tracks_.empty() ? nullptr : score::findTrack(document_.score(), tracks_.front());
        track && !track->notes.empty())
        pitch = track->notes[track->notes.size() / 2].pitch;
    Q_EMIT auditionRequested(marked->program, marked->drums, marked->drums ? 38 : pitch);
}

void InstrumentChoice::apply() {
    document_.setTrial(std::nullopt);
    auto done = result(document_.mint());
    document_.perform(std::move(done.edit), tr("Instrument %1").arg(instrumentName(change_.program, change_.drums)));
}

} // namespace continuo::ui
