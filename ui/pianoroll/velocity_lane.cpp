#include "ui/pianoroll/velocity_lane.h"

#include "engine/score/note_operations.h"
#include "ui/pianoroll/note_edits.h"
#include "ui/pianoroll/playhead.h"
#include "ui/pianoroll/tools/edit_gesture.h"
#include "ui/pianoroll/wheel_zoom.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kTop = 8, kBottom = 4;
constexpr double kReach = 5;             // px beside a stem that still hit it
constexpr int kFan = 3, kMostFanned = 4; // px between the stems of a chord
constexpr int kWheelStep = 2;
constexpr std::size_t kMostStems = 1500; // more than pixels to tell them apart
constexpr std::size_t kMostRoundHeads = 500;

} // namespace

VelocityLane::VelocityLane(RollState& state, int gutter, QWidget* parent)
    : QWidget(parent), state_(state), gutter_(gutter) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setFocusPolicy(Qt::ClickFocus);
    setAccessibleName(tr("Velocity"));
    setAccessibleDescription(tr("Velocities of the current track. Drag a head, or drag across to paint."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&state, &RollState::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::sceneChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::playheadMoved, this,
            [this](score::Tick from, score::Tick to) { updatePlayheadStrips(*this, state_, from, to, gutter_); });
    connect(&state.document(), &ScoreDocument::currentTrackChanged, this, &VelocityLane::cancel);
    connect(&state.document(), &ScoreDocument::replaced, this, &VelocityLane::cancel);
    connect(&themeSignals(), &ThemeSignals::changed, this, qOverload<>(&QWidget::update));
}

void VelocityLane::setGutter(int gutter) {
    gutter_ = gutter;
    update();
}

QSize VelocityLane::sizeHint() const { return {300, theme().height.velocityLane}; }

double VelocityLane::yOf(int velocity) const {
    return height() - kBottom - velocity / 127.0 * (height() - kBottom - kTop);
}

int VelocityLane::velocityAt(double y) const {
    return std::clamp(static_cast<int>(std::lround((height() - kBottom - y) / (height() - kBottom - kTop) * 127)), 1,
                      127);
}

std::vector<VelocityLane::Stem> VelocityLane::stems() const {
    std::vector<Stem> stems;
    const auto* track = state_.track();
    if (!track) return stems;
    const auto& flags = state_.indexes().selectedFlags(*track);
    const auto& preview = state_.preview();
    const auto visible = state_.geometry().visibleTicks(width() - gutter_);
    const auto first = NoteIndex::firstFrom(track->notes, visible.start),
               last = NoteIndex::firstFrom(track->notes, visible.end);
    const auto every = std::max<std::size_t>(1, (last - first) / kMostStems); // a pixel holds many: some stand for all
    std::map<score::NoteId, int> previewed;
    for (const auto& note : preview.notes) previewed[note.id] = note.velocity;
    score::Tick chord{-1};
    int fanned = 0;
    for (auto i = first; i < last; i += every) {
        auto note = track->notes[i];
        fanned = note.onset == chord ? fanned + 1 : 0;
        chord = note.onset;
        if (const auto found = previewed.find(note.id); found != previewed.end())
            note.velocity = static_cast<std::uint8_t>(found->second);
        const bool selected = !flags.empty() && flags[i];
        if (fanned >= kMostFanned && !selected) continue;
        stems.push_back({note,
                         gutter_ + state_.geometry().xOf(note.onset) + 2 + std::min(fanned, kMostFanned - 1) * kFan,
                         selected});
    }
    return stems;
}

std::optional<VelocityLane::Stem> VelocityLane::stemAt(QPointF at) const {
    std::optional<Stem> best;
    double nearest = kReach;
    for (const auto& stem : stems()) {
        const double away = std::hypot(stem.x + 1 - at.x(), std::max(0.0, yOf(stem.note.velocity) - kReach - at.y()));
        if (away > nearest || (best && best->selected && !stem.selected)) continue;
        nearest = away;
        best = stem;
    }
    return best;
}

void VelocityLane::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || event->position().x() < gutter_) return;
    dragging_ = true;
    press_ = last_ = event->position();
    proposal_ = {};
    painted_.clear();
    before_.clear();
    held_.reset();
    const auto stem = stemAt(press_);
    if (!stem) return paintAcross(press_);
    held_ = stem->note;
    const bool alone = event->modifiers().testFlag(Qt::AltModifier) || !stem->selected;
    before_ = alone ? std::vector{stem->note} : state_.selectedNotes();
}

void VelocityLane::mouseMoveEvent(QMouseEvent* event) {
    const auto at = event->position();
    if (dragging_ && held_)
        dragStem(at, event->modifiers());
    else if (dragging_)
        paintAcross(at);
    else
        Q_EMIT state_.hintChanged(tr(
            "Drag a head for its velocity, with the selection   Ctrl all alike   Drag across to paint   Esc put back"));
    last_ = at;
}

void VelocityLane::dragStem(QPointF at, Qt::KeyboardModifiers modifiers) {
    const int value = velocityAt(at.y() - press_.y() + yOf(held_->velocity));
    const auto& score = state_.document().score();
    const auto ids = idsOf(before_);
    proposal_ = modifiers.testFlag(Qt::ControlModifier) ? score::setVelocity(score, ids, value)
                                                        : score::changeVelocity(score, ids, value - held_->velocity);
    state_.setPreview(previewOf(proposal_, state_.document().currentTrack()));
}

void VelocityLane::paintAcross(QPointF at) {
    const auto* track = state_.track();
    if (!track) return;
    const auto [left, right] = std::minmax({last_.x(), at.x()});
    for (const auto& stem : stems()) {
        if (stem.x + 1 < left - kReach || stem.x + 1 > right + kReach) continue;
        const double part = right > left ? std::clamp((stem.x + 1 - last_.x()) / (at.x() - last_.x()), 0.0, 1.0) : 1;
        auto note = stem.note;
        note.velocity = static_cast<std::uint8_t>(velocityAt(last_.y() + part * (at.y() - last_.y())));
        painted_[note.id] = note;
    }
    std::vector<NoteChange> changes;
    const auto visible = state_.geometry().visibleTicks(width() - gutter_);
    for (auto i = NoteIndex::firstFrom(track->notes, visible.start);
         i < track->notes.size() && track->notes[i].onset < visible.end; ++i)
        if (const auto found = painted_.find(track->notes[i].id); found != painted_.end()) {
            auto after = track->notes[i];
            after.velocity = found->second.velocity;
            changes.push_back({track->notes[i], after});
        }
    proposal_ = changeNotes(track->id, changes);
    auto preview = previewOf(proposal_, track->id);
    preview.asSelected = false;
    state_.setPreview(std::move(preview));
}

void VelocityLane::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !dragging_) return;
    finish();
}

void VelocityLane::finish() {
    dragging_ = false;
    state_.setPreview({});
    auto& document = state_.document();
    const auto count = proposal_.contents.empty() ? 0 : proposal_.contents.front().notes.added.size();
    const bool clicked = held_ && count == 0;
    if (clicked) document.selection().select({held_->id});
    document.perform(std::exchange(proposal_, {}), named(tr("Change velocity of"), count));
    if (held_)
        Q_EMIT state_.auditionRequested(document.currentTrack(), held_->pitch,
                                        velocityAt(last_.y() - press_.y() + yOf(held_->velocity)));
    if (held_) Q_EMIT state_.auditionEnded();
}

void VelocityLane::cancel() {
    if (!dragging_) return;
    dragging_ = false;
    proposal_ = {};
    state_.setPreview({});
}

void VelocityLane::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && dragging_) return cancel();
    QWidget::keyPressEvent(event);
}

void VelocityLane::wheelEvent(QWheelEvent* event) {
    event->accept();
    const auto stem = stemAt(event->position());
    if (event->modifiers() != Qt::NoModifier || !stem || event->angleDelta().y() == 0)
        return applyWheel(state_, *event, {event->position().x() - gutter_, 0});
    auto& document = state_.document();
    const auto ids = stem->selected ? idsOf(state_.selectedNotes()) : std::vector{stem->note.id};
    document.perform(
        score::changeVelocity(document.score(), ids, event->angleDelta().y() > 0 ? kWheelStep : -kWheelStep),
        named(tr("Change velocity of"), ids.size()), Nudge::Velocity);
}

void VelocityLane::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void VelocityLane::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& roll = theme().roll;
    painter.fillRect(rect(), roll.rowBlack);
    painter.save();
    painter.setClipRect(QRect(gutter_, 0, width() - gutter_, height()));
    const double pixelsPerTick = state_.geometry().pixelsPerTick;
    for (const auto& line : gridLines(state_.geometry().visibleTicks(width()), state_.snapper(), pixelsPerTick))
        if (line.strength != LineStrength::Division)
            drawVerticalHairline(painter, gutter_ + state_.geometry().xOf(line.at), 0, height(),
                                 line.strength == LineStrength::Bar ? roll.lineBar : roll.lineBeat);
    for (const int velocity : {64, 127})
        drawHorizontalHairline(painter, gutter_, width(), yOf(velocity), roll.lineDivision);
    auto all = stems();
    painter.setRenderHint(QPainter::Antialiasing, all.size() <= kMostRoundHeads);
    std::stable_sort(all.begin(), all.end(), [](const Stem& a, const Stem& b) {
        return a.selected != b.selected ? b.selected : a.note.velocity > b.note.velocity;
    });
    for (const auto& stem : all) drawStem(painter, stem);
    for (const auto& candidate : state_.document().candidates().notes()) {
        if (candidate.track != state_.document().currentTrack()) continue;
        const double x = std::round(gutter_ + state_.geometry().xOf(candidate.note.onset)) + 3,
                     y = yOf(candidate.note.velocity);
        painter.setPen(QPen(withOpacity(theme().model.base, 0.7), 1.5, Qt::DotLine));
        painter.drawLine(QPointF(x, height() - kBottom), QPointF(x, y + 3));
        painter.setPen(QPen(theme().model.base, 1.3));
        painter.setBrush(roll.rowBlack);
        painter.drawEllipse(QPointF(x, y), 2.6, 2.6);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    drawPlayhead(painter, gutter_ + state_.geometry().xOf(state_.playhead()), 0, height());
    painter.restore();
    drawGutter(painter);
}

void VelocityLane::drawStem(QPainter& painter, const Stem& stem) const {
    const auto marks = stem.note.marks;
    const auto colour = static_cast<std::size_t>(state_.document().colourOf(state_.document().currentTrack()));
    QColor ink = QColor::fromRgb(theme().noteTints.fill[colour][stem.note.velocity & 127]);
    if (score::has(marks, score::NoteMarks::Locked)) ink = theme().roll.lock;
    if (score::has(marks, score::NoteMarks::Muted)) ink = theme().text.disabled;
    if (stem.selected) ink = theme().roll.selectedOutline;
    const double x = snapped(painter, stem.x), y = yOf(stem.note.velocity), radius = stem.selected ? 3.5 : 2.6;
    painter.fillRect(QRectF(x, y, 2, height() - kBottom - y), stem.selected ? ink : withOpacity(ink, 0.8));
    if (!painter.testRenderHint(QPainter::Antialiasing)) {
        painter.fillRect(QRectF(x - 1, y - 2, 4, 4), ink);
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(QPointF(x + 1, y), radius, radius);
}

void VelocityLane::drawGutter(QPainter& painter) const {
    const QRect gutter(0, 0, gutter_, height());
    painter.fillRect(gutter, theme().surface.panel);
    painter.setFont(textFont(TextSize::Caption, Weight::Medium));
    painter.setPen(theme().text.primary);
    painter.drawText(QRect(theme().px(12), theme().px(4), gutter_, theme().px(16)), Qt::AlignLeft | Qt::AlignVCenter,
                     gutter_ < 70 ? tr("Vel") : tr("Velocity"));
    painter.setFont(textFont(TextSize::Micro));
    painter.setPen(theme().text.disabled);
    painter.drawText(QRectF(0, yOf(64) - 7, gutter_ - 8, 14), Qt::AlignRight | Qt::AlignVCenter, QStringLiteral("64"));
    drawVerticalHairline(painter, gutter_ - hairline(painter), 0, height(), theme().line.weak);
    drawHorizontalHairline(painter, 0, width(), 0, theme().line.weak);
}

} // namespace continuo::ui
