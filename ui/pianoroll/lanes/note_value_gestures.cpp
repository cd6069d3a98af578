#include "ui/pianoroll/lanes/note_value_gestures.h"

#include "engine/score/operations/curves.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace continuo::ui {
namespace {

constexpr double kReach = 5, kStem = 3; // px; where a stem stands behind its onset
constexpr double kBlendStep = 0.1;

score::Figure figureOf(QPointF from, QPointF to, bool curved, const NoteValueLane& lane) {
    if (to.x() < from.x()) std::swap(from, to);
    return {.kind = curved ? score::Figure::Kind::Smooth : score::Figure::Kind::Line,
            .start = {static_cast<std::int64_t>(from.x() * 16)},
            .end = {static_cast<std::int64_t>(to.x() * 16)},
            .from = static_cast<double>(lane.valueAt(from.y())),
            .to = static_cast<double>(lane.valueAt(to.y()))};
}

std::size_t changedNotes(const score::ScoreEdit& edit) {
    std::size_t count = 0;
    for (const auto& part : edit.contents) count += part.notes.added.size();
    return count;
}

score::Tick inFigure(double x) { return {static_cast<std::int64_t>(x * 16)}; }

} // namespace

DragStem::DragStem(NoteValueLane& lane, RollState& state, const score::Note& held, std::vector<score::NoteId> notes,
                   const Pointer& press)
    : lane_(lane), state_(state), held_(held), notes_(std::move(notes)), pressY_(press.at.y()),
      value_(lane.valueOf(held)) {}

void DragStem::update(const Pointer& pointer) {
    const int before = lane_.valueOf(held_);
    value_ = lane_.valueAt(pointer.at.y() - pressY_ + lane_.yOfValue(before));
    const bool alike = pointer.modifiers.testFlag(Qt::ControlModifier);
    const score::ValueChange change{alike ? score::ValueChange::Kind::Set : score::ValueChange::Kind::Add,
                                    static_cast<double>(alike ? value_ : value_ - before), 0};
    const bool moved = pointer.at.y() != pressY_;
    proposal_ =
        moved ? score::changeValues(state_.document().score(), notes_, lane_.field(), change).edit : score::ScoreEdit{};
    state_.setPreview(previewOf(proposal_, state_.document().currentTrack()));
}

void DragStem::finish() {
    state_.setPreview({});
    auto& document = state_.document();
    const auto count = changedNotes(proposal_);
    if (count == 0) document.selection().select({held_.id});
    document.perform(std::move(proposal_), lane_.undoName(count));
    if (lane_.field() != score::NoteField::Velocity) return;
    Q_EMIT state_.auditionRequested(document.currentTrack(), held_.pitch, value_);
    Q_EMIT state_.auditionEnded();
}

PaintValues::PaintValues(NoteValueLane& lane, RollState& state, const Pointer& press)
    : lane_(lane), state_(state), press_(press.at), last_(press.at) {
    const auto visible = state.geometry().visibleTicks(lane.width() - lane.gutter());
    for (const auto& note : state.selectedNotes()) onlySelected_ = onlySelected_ || visible.contains(note.onset);
}

template <typename Visit>
void PaintValues::forNotes(double left, double right, Visit visit) const {
    const auto* track = state_.track();
    if (!track) return;
    const auto& geometry = state_.geometry();
    const auto& flags = state_.indexes().selectedFlags(*track);
    const auto first = geometry.tickAt(left - kReach - kStem), last = geometry.tickAt(right + kReach - kStem);
    for (auto i = NoteIndex::firstFrom(track->notes, first); i < track->notes.size(); ++i) {
        const auto& note = track->notes[i];
        if (last < note.onset) break;
        if (onlySelected_ && (flags.empty() || !flags[i])) continue;
        visit(note, geometry.xOf(note.onset) + kStem);
    }
}

void PaintValues::update(const Pointer& pointer) {
    way_ = pointer.modifiers.testFlag(Qt::ShiftModifier)     ? Way::Line
           : pointer.modifiers.testFlag(Qt::ControlModifier) ? Way::Curve
                                                             : Way::Brush;
    way_ == Way::Brush ? brush(pointer.at) : draw(pointer.at, way_);
    last_ = pointer.at;
    propose();
}

void PaintValues::brush(QPointF to) {
    const auto [left, right] = std::minmax({last_.x(), to.x()});
    forNotes(left, right, [&](const score::Note& note, double x) {
        const double part = right > left ? std::clamp((x - last_.x()) / (to.x() - last_.x()), 0.0, 1.0) : 1;
        brushed_[note.id] = lane_.valueAt(last_.y() + part * (to.y() - last_.y()));
    });
    values_.clear();
    for (const auto& [id, value] : brushed_) values_.push_back({id, value});
}

void PaintValues::draw(QPointF to, Way way) {
    values_.clear();
    const auto figure = figureOf(press_, to, way == Way::Curve, lane_);
    const auto [left, right] = std::minmax({press_.x(), to.x()});
    forNotes(left, right, [&](const score::Note& note, double x) {
        values_.push_back({note.id, figure.valueAt(inFigure(x))});
    });
}

void PaintValues::propose() {
    proposal_ = score::setNoteValues(state_.document().score(), values_, lane_.field(), blend_).edit;
    auto preview = previewOf(proposal_, state_.document().currentTrack());
    preview.asSelected = false;
    state_.setPreview(std::move(preview));
}

void PaintValues::finish() {
    state_.setPreview({});
    const auto count = changedNotes(proposal_);
    state_.document().perform(std::move(proposal_), lane_.undoName(count));
}

bool PaintValues::wheel(int notches) {
    blend_ = std::clamp(blend_ + notches * kBlendStep, 0.0, 1.0);
    return true;
}

void PaintValues::paint(QPainter& painter) const {
    if (way_ == Way::Brush) return;
    const auto figure = figureOf(press_, last_, way_ == Way::Curve, lane_);
    const auto [left, right] = std::minmax({press_.x(), last_.x()});
    QPainterPath path(QPointF(left, lane_.yOfValue(static_cast<int>(figure.valueAt(inFigure(left))))));
    for (double x = left; x <= right; x += 2)
        path.lineTo(x, lane_.yOfValue(static_cast<int>(figure.valueAt(inFigure(x)))));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().accent.mark, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
}

QString PaintValues::tag() const {
    const auto value = QString::number(lane_.valueAt(last_.y()));
    if (blend_ >= 1) return value;
    return NoteValueLane::tr("%1   %2 % of the way").arg(value).arg(std::lround(blend_ * 100));
}

} // namespace continuo::ui
