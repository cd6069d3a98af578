#include "ui/pianoroll/roll_state.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kBarsBeyond = 4;
constexpr int kFewestBars = 16;

} // namespace

NotePreview previewOf(const score::ScoreEdit& edit, score::TrackId track) {
    NotePreview preview;
    for (const auto& content : edit.contents) {
        if (content.track != track) continue;
        for (const auto& note : content.notes.removed) preview.hidden.insert(note.id);
        preview.notes.insert(preview.notes.end(), content.notes.added.begin(), content.notes.added.end());
    }
    return preview;
}

RollState::RollState(ScoreDocument& document, QObject* parent)
    : QObject(parent), document_(document), indexes_(document) {
    connect(&document, &ScoreDocument::scoreChanged, this, &RollState::sceneChanged);
    connect(&document, &ScoreDocument::tracksChanged, this, &RollState::sceneChanged);
    connect(&document, &ScoreDocument::selectionChanged, this, &RollState::sceneChanged);
    connect(&document, &ScoreDocument::visibilityChanged, this, &RollState::sceneChanged);
    connect(&document, &ScoreDocument::insertCursorChanged, this, &RollState::sceneChanged);
    connect(&document, &ScoreDocument::mixChanged, this, &RollState::sceneChanged);
    const auto showTrial = [this] {
        const auto& trial = document_.trial();
        setPreview(trial ? previewOf(*trial, document_.currentTrack()) : NotePreview{});
    };
    connect(&document, &ScoreDocument::currentTrackChanged, this, showTrial);
    connect(&document, &ScoreDocument::trialChanged, this, showTrial);
    connect(&document, &ScoreDocument::replaced, this, [this] {
        newLength_.reset();
        setPreview({});
    });
    connect(&document.candidates(), &Candidates::changed, this, &RollState::sceneChanged);
}

std::vector<score::Note> RollState::selectedNotes() {
    std::vector<score::Note> chosen;
    const auto* content = track();
    if (!content) return chosen;
    const auto& flags = indexes_.selectedFlags(*content);
    for (std::size_t i = 0; i < flags.size(); ++i)
        if (flags[i]) chosen.push_back(content->notes[i]);
    return chosen;
}

void RollState::change(const RollGeometry& geometry) {
    const auto kept = geometry.keptInside(viewSize_.width(), viewSize_.height(), contentEnd());
    if (kept == geometry_) return;
    geometry_ = kept;
    Q_EMIT viewChanged();
}

void RollState::setGeometry(const RollGeometry& geometry) {
    if (playing_) followPaused_ = true;
    change(geometry);
}

void RollState::setViewSize(QSizeF size) {
    if (size == viewSize_) return;
    viewSize_ = size;
    geometry_ = geometry_.keptInside(size.width(), size.height(), contentEnd());
    Q_EMIT viewChanged();
}

score::Tick RollState::contentEnd() const {
    const auto& meters = document_.meterMap();
    auto end = std::max(document_.lastTick(), meters.barStart(kFewestBars - kBarsBeyond));
    if (const auto range = document_.selection().range()) end = std::max(end, range->end);
    if (!document_.candidates().isEmpty()) end = std::max(end, document_.candidates().target().end);
    if (const auto loop = document_.mix().loop) end = std::max(end, loop->end);
    for (const auto& note : preview_.notes) end = std::max(end, note.end());
    return meters.barStart(meters.positionAt(end).bar + kBarsBeyond);
}

void RollState::show(score::TickRange range, int lowPitch, int highPitch) {
    auto wanted = geometry_;
    const double margin = 0.04 * viewSize_.width();
    const auto ticks = static_cast<double>(std::max<std::int64_t>(1, range.length().count));
    wanted.pixelsPerTick = std::clamp((viewSize_.width() - 2 * margin) / ticks, RollGeometry::kMinPixelsPerTick, 1.0);
    wanted.scrollX = static_cast<double>(range.start.fromStart) * wanted.pixelsPerTick - margin;
    const int rows = std::max(1, highPitch - lowPitch + 1);
    wanted.rowHeight = std::clamp(std::floor(viewSize_.height() / (rows + 4)), RollGeometry::kMinRow, 16.0);
    const double middle = (RollGeometry::kRows - 1 - (lowPitch + highPitch) / 2.0 + 0.5) * wanted.rowHeight;
    wanted.scrollY = middle - viewSize_.height() / 2;
    setGeometry(wanted);
}

void RollState::scrollTo(score::Tick left) {
    auto wanted = geometry_;
    wanted.scrollX = static_cast<double>(left.fromStart) * wanted.pixelsPerTick;
    setGeometry(wanted);
}

void RollState::setTool(RollTool tool) {
    if (tool == tool_) return;
    tool_ = tool;
    Q_EMIT toolChanged();
}

void RollState::holdTool(std::optional<RollTool> tool) {
    const auto before = this->tool();
    heldTool_ = tool;
    if (this->tool() != before) Q_EMIT toolChanged();
}

void RollState::setGrid(SnapGrid grid) {
    if (grid == grid_) return;
    grid_ = grid;
    Q_EMIT optionsChanged();
    Q_EMIT sceneChanged();
}

Snapper RollState::snapper() const {
    return {grid_, document_.meterMap(), document_.score().division, geometry_.pixelsPerTick};
}

void RollState::setShowsGhosts(bool shows) {
    if (shows == ghosts_) return;
    ghosts_ = shows;
    Q_EMIT optionsChanged();
    Q_EMIT sceneChanged();
}

void RollState::setShowsScale(bool shows) {
    if (shows == scale_) return;
    scale_ = shows;
    Q_EMIT optionsChanged();
    Q_EMIT sceneChanged();
}

const score::KeyEvent* RollState::key() const {
    const score::KeyEvent* inForce = nullptr;
    const auto left = geometry_.tickAt(0);
    for (const auto& event : document_.score().keys) {
        if (inForce && left < event.at) break;
        inForce = &event;
    }
    return inForce;
}

bool RollState::prefersFlats() const {
    const auto* inForce = key();
    return inForce && inForce->sharps < 0;
}

score::Ticks RollState::newLength() const {
    return newLength_ ? *newLength_ : score::Ticks{document_.score().division.quarter()};
}

void RollState::adopt(score::Ticks length, int velocity) {
    newLength_ = score::Ticks{std::max<std::int64_t>(1, length.count)};
    newVelocity_ = std::clamp(velocity, 1, 127);
}

void RollState::setPreview(NotePreview preview) {
    if (preview_.isEmpty() && preview.isEmpty()) {
        Q_EMIT sceneChanged();
        return;
    }
    preview_ = std::move(preview);
    Q_EMIT sceneChanged();
}

void RollState::setPlayhead(score::Tick at, bool playing) {
    if (playing != playing_) followPaused_ = false;
    playing_ = playing;
    const auto from = playhead_;
    playhead_ = at;
    if (playing) followPlayhead();
    if (from != at) Q_EMIT playheadMoved(from, at);
}

void RollState::setFollows(bool follows) {
    if (follows == follows_ && !followPaused_) return;
    follows_ = follows;
    followPaused_ = false;
    Q_EMIT optionsChanged();
}

void RollState::followPlayhead() {
    if (!follows_ || followPaused_) return;
    const double x = geometry_.xOf(playhead_);
    if (x >= 0 && x < viewSize_.width()) return;
    auto turned = geometry_;
    turned.scrollX += x;
    change(turned);
}

} // namespace continuo::ui
