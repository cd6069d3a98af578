#include "ui/pianoroll/lanes/note_value_lane.h"

#include "ui/pianoroll/lanes/note_value_gestures.h"
#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/tools/edit_gesture.h"
#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMenu>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kReach = 5;             // px beside a stem that still hit it
constexpr int kFan = 3, kMostFanned = 4; // px between the stems of a chord
constexpr double kInFront = 1.6;         // px that a selected stem seems nearer
constexpr int kWheelStep = 2, kKeyStep = 1, kLargeKeyStep = 10;
constexpr std::size_t kMostStems = 2500; // more than pixels to tell them apart
constexpr int kSmallHeight = 58;

} // namespace

NoteValueLane::NoteValueLane(const LaneContext& context, LaneSubject subject, QWidget* parent)
    : Lane(context, subject, parent),
      field_(subject.kind == LaneSubject::Kind::Release ? score::NoteField::Release : score::NoteField::Velocity) {
    connect(&document(), &ScoreDocument::selectionChanged, this, [this] {
        if (hasFocus()) tellDescription();
    });
}

int NoteValueLane::naturalHeight(bool small) const {
    return small ? theme().px(kSmallHeight) : theme().height.velocityLane;
}

int NoteValueLane::valueOf(const score::Note& note) const {
    return field_ == score::NoteField::Velocity ? note.velocity : note.release;
}

int NoteValueLane::valueAt(double y) const {
    return std::max(field_ == score::NoteField::Velocity ? 1 : 0, static_cast<int>(std::lround(partAt(y) * 127)));
}

QString NoteValueLane::undoName(std::size_t notes) const {
    return named(field_ == score::NoteField::Velocity ? tr("Change velocity of") : tr("Change release of"), notes);
}

std::size_t NoteValueLane::visibleNotes() const {
    const auto* track = state().track();
    if (!track) return 0;
    const auto visible = state().geometry().visibleTicks(contentWidth());
    return NoteIndex::firstFrom(track->notes, visible.end) - NoteIndex::firstFrom(track->notes, visible.start);
}

std::vector<NoteValueLane::Stem> NoteValueLane::stems() const {
    std::vector<Stem> stems;
    const auto* track = state().track();
    if (!track || visibleNotes() > kMostStems) return stems;
    const auto& flags = state().indexes().selectedFlags(*track);
    const auto visible = state().geometry().visibleTicks(contentWidth());
    std::unordered_map<score::NoteId, int> previewed;
    for (const auto& note : state().preview().notes) previewed[note.id] = valueOf(note);
    score::Tick chord{-1};
    int fanned = 0;
    for (auto i = NoteIndex::firstFrom(track->notes, visible.start);
         i < track->notes.size() && track->notes[i].onset < visible.end; ++i) {
        auto note = track->notes[i];
        fanned = note.onset == chord ? fanned + 1 : 0;
        chord = note.onset;
        const bool selected = !flags.empty() && flags[i];
        if (fanned >= kMostFanned && !selected) continue;
        if (const auto found = previewed.find(note.id); found != previewed.end())
            (field_ == score::NoteField::Velocity ? note.velocity : note.release) =
                static_cast<std::uint8_t>(found->second);
        stems.push_back(
            {note, state().geometry().xOf(note.onset) + 2 + std::min(fanned, kMostFanned - 1) * kFan, selected});
    }
    return stems;
}

std::optional<NoteValueLane::Stem> NoteValueLane::stemAt(QPointF at) const {
    std::optional<Stem> best;
    double nearest = kReach;
    for (const auto& stem : stems()) {
        const double below = std::max(0.0, yOfValue(valueOf(stem.note)) - kReach - at.y());
        const double away = std::hypot(stem.x + 1 - at.x(), below);
        const double weighed = away - (stem.selected ? kInFront : 0);
        if (away > kReach || weighed > nearest) continue;
        nearest = weighed;
        best = stem;
    }
    return best;
}

std::unique_ptr<LaneGesture> NoteValueLane::makeGesture(const Pointer& pointer, Qt::MouseButton button) {
    if (button != Qt::LeftButton || !state().track()) return nullptr;
    const auto stem = stemAt(pointer.at);
    if (!stem) return std::make_unique<PaintValues>(*this, state(), pointer);
    const bool alone = pointer.modifiers.testFlag(Qt::AltModifier) || !stem->selected;
    return std::make_unique<DragStem>(*this, state(), stem->note,
                                      alone ? std::vector{stem->note.id} : idsOf(state().selectedNotes()), pointer);
}

void NoteValueLane::rightClicked(const Pointer& pointer) {
    const auto stem = stemAt(pointer.at);
    if (stem && !stem->selected) document().selection().select({stem->note.id});
}

void NoteValueLane::change(const std::vector<score::NoteId>& notes, int by) {
    const score::ValueChange change{score::ValueChange::Kind::Add, static_cast<double>(by), 0};
    document().perform(score::changeValues(document().score(), notes, field_, change).edit, undoName(notes.size()),
                       Nudge::Velocity);
}

bool NoteValueLane::wheeled(const Pointer& pointer, int notches) {
    const auto stem = stemAt(pointer.at);
    const bool alone = pointer.modifiers == Qt::AltModifier;
    if ((pointer.modifiers != Qt::NoModifier && !alone) || !stem) return false;
    change(stem->selected && !alone ? idsOf(state().selectedNotes()) : std::vector{stem->note.id},
           notches * kWheelStep);
    return true;
}

QString NoteValueLane::hintAt(const Pointer& pointer) const {
    const auto stem = stemAt(pointer.at);
    if (stem && stem->selected)
        return tr("Drag changes the selected notes alike   Ctrl all to one value   Alt this one only   Wheel by 2   "
                  "Esc put back");
    if (stem) return tr("Drag changes this note, %1 now   Wheel by 2   Esc put back").arg(valueOf(stem->note));
    return tr(
        "Drag across to paint   Shift a straight line   Ctrl a curve   Wheel while dragging: how far towards it   "
        "Esc put back");
}

Qt::CursorShape NoteValueLane::cursorAt(const Pointer& pointer) const {
    return stemAt(pointer.at) ? Qt::SizeVerCursor : Qt::CrossCursor;
}

std::optional<int> NoteValueLane::stepOf(const QKeyEvent& event) const {
    const int step = event.modifiers().testFlag(Qt::ShiftModifier) ? kLargeKeyStep : kKeyStep;
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return std::nullopt;
    if (event.key() == Qt::Key_Up) return step;
    if (event.key() == Qt::Key_Down) return -step;
    return std::nullopt;
}

bool NoteValueLane::knows(const QKeyEvent& event) const { return stepOf(event) || Lane::knows(event); }

bool NoteValueLane::handle(const QKeyEvent& event) {
    const auto step = stepOf(event);
    if (!step) return Lane::handle(event);
    change(idsOf(state().selectedNotes()), *step);
    return true;
}

void NoteValueLane::addActions(QMenu& menu) {
    if (context().services.operations) context().services.operations(*menu.addMenu(tr("Notes")));
}

QString NoteValueLane::described() const {
    const auto notes = state().selectedNotes();
    const auto keys = tr("Up and Down change the selected notes.");
    if (notes.empty()) return tr("No note is selected. %1").arg(keys);
    int low = 127, high = 0;
    for (const auto& note : notes) {
        low = std::min(low, valueOf(note));
        high = std::max(high, valueOf(note));
    }
    const auto values = low == high ? QString::number(low) : tr("%1 to %2").arg(low).arg(high);
    return notes.size() == 1 ? tr("1 note selected, %1. %2").arg(values, keys)
                             : tr("%1 notes selected, %2. %3").arg(notes.size()).arg(values, keys);
}

} // namespace continuo::ui
