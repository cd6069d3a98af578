#include "ui/pianoroll/keyboard.h"

#include "ui/pianoroll/gesture_words.h"
#include "ui/pianoroll/roll_options_menu.h"
#include "ui/pianoroll/wheel_zoom.h"
#include "ui/theme/theme.h"

#include <QContextMenuEvent>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr int kSoftest = 30, kLoudest = 120;
constexpr double kZoomPerPixel = 1.008;
constexpr double kDragThreshold = 4;

} // namespace

Keyboard::Keyboard(RollState& state, QWidget* parent) : QWidget(parent), state_(state) {
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    setAccessibleName(tr("Keyboard"));
    setProperty("place", QStringLiteral("keyboard"));
    setAccessibleDescription(tr("Click a key to hear it; Ctrl and click select all notes of that pitch."));
    connect(&state, &RollState::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::optionsChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::heldKeysChanged, this, &Keyboard::takeHeldKeys);
    connect(&state, &RollState::playheadMoved, this, &Keyboard::findSoundingKeys);
    connect(&state.document(), &ScoreDocument::scoreChanged, this, &Keyboard::findSoundingKeys);
    connect(&state, &RollState::auditionRequested, this, [this](score::TrackId, int pitch, int) {
        auditioned_ = lastPlayed_ = pitch;
        update();
    });
    connect(&state, &RollState::auditionEnded, this, [this] {
        auditioned_.reset();
        update();
    });
    connect(&themeSignals(), &ThemeSignals::changed, this, qOverload<>(&QWidget::update));
}

void Keyboard::findSoundingKeys() {
    if (!state_.isPlaying() && lit_.empty()) return;
    std::map<int, QColor> lit;
    const auto& document = state_.document();
    const auto now = state_.playhead();
    const auto see = [&](const score::Track& track) {
        if (!document.mix().sounds(track.id)) return;
        state_.indexes().indexOf(track).forEachTouching(track.notes, {now, now + score::Ticks{1}}, [&](std::size_t i) {
            const auto& note = track.notes[i];
            if (!note.range().contains(now) || score::has(note.marks, score::NoteMarks::Muted)) return;
            const bool net = score::has(note.marks, score::NoteMarks::FromNet);
            lit[note.pitch] =
                net ? theme().model.base : theme().trackColour(static_cast<std::size_t>(document.colourOf(track.id)));
        });
    };
    if (state_.isPlaying()) {
        for (const auto* track : state_.ghostTracks()) see(*track);
        for (const auto* track : state_.editableTracks()) see(*track);
    }
    if (lit == lit_) return;
    lit_ = std::move(lit);
    update();
}

void Keyboard::takeHeldKeys() {
    if (!state_.heldKeys().empty()) lastPlayed_ = state_.heldKeys().rbegin()->first;
    update();
}

QColor Keyboard::colourOf(int pitch) const {
    if (pressed_ == pitch || auditioned_ == pitch || state_.heldKeys().contains(pitch)) return theme().accent.base;
    const auto found = lit_.find(pitch);
    return found == lit_.end() ? QColor() : found->second;
}

void Keyboard::sound(QPointF at) {
    const int pitch = state_.geometry().pitchAt(at.y());
    if (pressed_ == pitch) return;
    pressed_ = lastPlayed_ = pitch;
    const double part = std::clamp(at.x() / std::max(1, width()), 0.0, 1.0);
    Q_EMIT state_.auditionRequested(state_.document().currentTrack(), pitch,
                                    kSoftest + static_cast<int>(part * (kLoudest - kSoftest)));
    update();
}

void Keyboard::silence() {
    if (!pressed_) return;
    pressed_.reset();
    Q_EMIT state_.auditionEnded();
    update();
}

void Keyboard::selectPitch(int pitch, bool extends) {
    const auto& rows = state_.geometry().rows;
    const auto [low, high] = std::minmax({rows.rowOf(pitch), rows.rowOf(extends ? lastSelected_ : pitch)});
    std::vector<score::NoteId> ids;
    state_.forEachSelectable([&, low = low, high = high](const score::Track&, const score::Note& note) {
        const int row = rows.rowOf(note.pitch);
        if (row >= low && row <= high) ids.push_back(note.id);
    });
    state_.document().selection().select(ids);
    if (!extends) lastSelected_ = pitch;
}

void Keyboard::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    press_ = event->position();
    geometryAtPress_ = state_.geometry();
    const int pitch = state_.geometry().pitchAt(press_.y());
    if (event->modifiers().testFlag(Qt::ControlModifier)) return selectPitch(pitch, false);
    if (event->modifiers().testFlag(Qt::ShiftModifier)) return selectPitch(pitch, true);
    drag_ = event->modifiers().testFlag(Qt::AltModifier) ? Drag::Zoom : Drag::Sound;
    if (drag_ == Drag::Sound) sound(press_);
}

void Keyboard::mouseMoveEvent(QMouseEvent* event) {
    const double moved = event->position().y() - press_.y();
    switch (drag_) {
    case Drag::None:
        return showHint(event->position());
    case Drag::Zoom:
        return state_.setGeometry(geometryAtPress_.pitchZoomedAt(press_.y(), std::pow(kZoomPerPixel, -moved)));
    case Drag::Sound:
        if (!state_.isDrumView()) return sound(event->position());
        if (std::abs(moved) < kDragThreshold) return;
        silence();
        drag_ = Drag::Order;
        [[fallthrough]];
    case Drag::Order:
        dropRow_ = std::clamp(state_.geometry().rowAt(event->position().y()), 0, state_.geometry().rows.rows() - 1);
        update();
    }
}

void Keyboard::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    silence();
    const auto target = std::exchange(dropRow_, std::nullopt);
    if (std::exchange(drag_, Drag::None) != Drag::Order || !target) return;
    auto map = state_.drumMap();
    map.move(state_.geometry().pitchAt(press_.y()), state_.geometry().rows.pitchOf(*target));
    state_.setDrumMap(std::move(map));
    update();
}

void Keyboard::showHint(QPointF at) {
    const int pitch = state_.geometry().pitchAt(at.y());
    Q_EMIT state_.hintChanged(
        state_.isDrumView()
            ? tr("%1   Press to hear it   Drag moves its row   Ctrl selects all its hits   Right button renames or "
                 "hides it")
                  .arg(state_.nameOf(pitch))
            : tr("Press to hear the key, louder at the right   Ctrl selects all notes of the pitch   Shift extends   "
                 "Alt+drag zooms"));
}

void Keyboard::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = makeMenu(state_.geometry().pitchAt(event->pos().y()), this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(event->globalPos());
}

QMenu* Keyboard::makeMenu(int pitch, QWidget* parent) {
    auto* menu = new QMenu(parent);
    const bool drums = state_.isDrumView();
    const auto name = state_.nameOf(pitch);
    menu->addAction(drums ? tr("Select all hits of %1").arg(name) : tr("Select all %1").arg(name), this,
                    [this, pitch] { selectPitch(pitch, false); });
    menu->addSeparator();
    if (drums) fillDrumMenu(*menu, pitch);
    fillRollOptions(*menu, state_);
    return menu;
}

void Keyboard::fillDrumMenu(QMenu& menu, int pitch) {
    const auto change = [this](auto how) {
        return [this, how] {
            auto map = state_.drumMap();
            how(map);
            state_.setDrumMap(std::move(map));
        };
    };
    menu.addAction(tr("Rename…"), this, [this, pitch] { startRenaming(pitch); });
    menu.addAction(tr("Hide"), this, change([pitch](DrumMap& map) { map.hide(pitch); }));
    menu.addAction(tr("Show all rows"), this, change([](DrumMap& map) { map.showAll(); }))
        ->setEnabled(state_.drumMap().hidesAny());
    menu.addAction(tr("Order of the kit"), this, change([](DrumMap& map) { map.resetOrder(); }));
    menu.addSeparator();
}

void Keyboard::startRenaming(int pitch) {
    delete rename_;
    rename_ = new QLineEdit(state_.drumMap().name(pitch), this);
    rename_->setAccessibleName(tr("Name of the piece"));
    const auto box = rowBox(state_.geometry().rows.rowOf(pitch)).toRect();
    rename_->setGeometry(0, std::clamp(box.center().y() - theme().px(12), 0, std::max(0, height() - theme().px(24))),
                         width(), theme().px(24));
    rename_->selectAll();
    rename_->show();
    rename_->setFocus();
    connect(rename_, &QLineEdit::editingFinished, this, [this, pitch] {
        if (!rename_) return;
        auto map = state_.drumMap();
        map.rename(pitch, rename_->text());
        std::exchange(rename_, nullptr)->deleteLater();
        state_.setDrumMap(std::move(map));
    });
}

void Keyboard::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void Keyboard::wheelEvent(QWheelEvent* event) {
    event->accept();
    applyWheel(state_, *event, {0, event->position().y()});
}

} // namespace continuo::ui
