#include "ui/pianoroll/roll_state.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kBarsBeyond = 4;
constexpr int kFewestBars = 16;
constexpr int kProgramsAFamily = 8;
constexpr int kDrumChannel = 9, kHitsAQuarter = 4;

} // namespace

NotePreview previewOf(const score::ScoreEdit& edit, score::TrackId track) {
    NotePreview preview;
    for (const auto& content : edit.contents) {
        for (const auto& note : content.notes.removed) preview.hidden.insert(note.id);
        if (content.notes.added.empty()) continue;
        if (content.track == track)
            preview.notes.insert(preview.notes.end(), content.notes.added.begin(), content.notes.added.end());
        else
            preview.others.push_back({content.track, content.notes.added});
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
    connect(&document, &ScoreDocument::trackSettingsChanged, this, &RollState::sceneChanged);
    const auto showTrial = [this] {
        const auto& trial = document_.trial();
        setPreview(trial ? previewOf(*trial, document_.currentTrack()) : NotePreview{});
    };
    connect(&document, &ScoreDocument::currentTrackChanged, this, showTrial);
    connect(&document, &ScoreDocument::trialChanged, this, showTrial);
    connect(&document, &ScoreDocument::scoreChanged, this, &RollState::refreshRows);
    connect(&document, &ScoreDocument::tracksChanged, this, &RollState::refreshRows);
    connect(&document, &ScoreDocument::currentTrackChanged, this, &RollState::refreshRows);
    connect(&document, &ScoreDocument::visibilityChanged, this, &RollState::refreshRows);
    connect(&document, &ScoreDocument::selectionChanged, this, &RollState::deselectHidden);
    connect(&document, &ScoreDocument::replaced, this, [this] {
        drumViews_.clear();
        newLength_.reset();
        setPreview({});
        refreshRows();
    });
    connect(&document.candidates(), &Candidates::changed, this, &RollState::sceneChanged);
    refreshRows();
}

bool RollState::isEditable(const score::Track& other) const {
    if (other.id == document_.currentTrack()) return true;
    return options_.several && document_.isVisible(other.id) && isKit(other) == isDrumView();
}

std::vector<const score::Track*> RollState::editableTracks() const {
    std::vector<const score::Track*> tracks;
    if (options_.several)
        for (const auto& other : document_.score().tracks)
            if (other.id != document_.currentTrack() && isEditable(other)) tracks.push_back(&other);
    if (const auto* current = track()) tracks.push_back(current);
    return tracks;
}

std::vector<const score::Track*> RollState::ghostTracks() const {
    std::vector<const score::Track*> tracks;
    const auto* current = track();
    if (!options_.ghosts || !current) return tracks;
    const auto family = [](const score::Track& of) { return score::mainProgram(of) / kProgramsAFamily; };
    for (const auto& other : document_.score().tracks) {
        if (isKit(other) != isDrumView() || isEditable(other)) continue; // hits among pitches would mean nothing
        const bool wanted = options_.ghostSource == GhostSource::All ? true
                            : options_.ghostSource == GhostSource::Family
                                ? isDrumView() || family(other) == family(*current)
                                : document_.isVisible(other.id);
        if (wanted) tracks.push_back(&other);
    }
    return tracks;
}

std::vector<TrackNotes> RollState::selectedByTrack() {
    std::vector<TrackNotes> chosen;
    if (document_.selection().isEmpty()) return chosen;
    for (const auto* content : editableTracks())
        if (const auto& notes = indexes_.selectedOf(*content); !notes.empty()) chosen.push_back({content->id, notes});
    return chosen;
}

std::vector<score::Note> RollState::selectedNotes() {
    std::vector<score::Note> chosen;
    for (auto& part : selectedByTrack())
        if (chosen.empty())
            chosen = std::move(part.notes);
        else
            chosen.insert(chosen.end(), part.notes.begin(), part.notes.end());
    return chosen;
}

std::size_t RollState::hiddenNotes() {
    if (!geometry_.rows.isFolded()) return 0;
    std::size_t hidden = 0;
    for (const auto* content : editableTracks()) {
        const auto counts = indexes_.indexOf(*content).pitchCounts();
        for (int pitch = 0; pitch < RowMap::kPitches; ++pitch)
            if (!geometry_.shows(pitch)) hidden += counts[static_cast<std::size_t>(pitch)];
    }
    return hidden;
}

std::size_t RollState::overlaps() {
    if (isDrumView()) return 0;
    std::size_t count = 0;
    for (const auto* content : editableTracks()) count += indexes_.indexOf(*content).overlapCount(content->notes);
    return count;
}

void RollState::deselectHidden() {
    if (hiddenNotes() == 0 || document_.selection().isEmpty()) return;
    std::vector<score::NoteId> unseen;
    for (const auto& note : selectedNotes())
        if (!geometry_.shows(note.pitch)) unseen.push_back(note.id);
    if (!unseen.empty()) document_.selection().remove(unseen);
}

void RollState::change(const RollGeometry& geometry) {
    auto wanted = geometry;
    wanted.rows = geometry_.rows;
    const auto kept = wanted.keptInside(viewSize_.width(), viewSize_.height(), contentEnd());
    if (kept == geometry_) return;
    geometry_ = kept;
    if (options_.fold == Fold::Scale) refreshRows(); // another key may be in force at the left edge
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
    const int low = geometry_.rows.rowOf(lowPitch), high = geometry_.rows.rowOf(highPitch);
    const int rows = std::abs(high - low) + 1;
    wanted.rowHeight = std::clamp(std::floor(viewSize_.height() / (rows + 4)), RollGeometry::kMinRow, 16.0);
    const double middle = (geometry_.rows.rows() - 0.5 - (low + high) / 2.0) * wanted.rowHeight;
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

void RollState::setOptions(const RollOptions& options) {
    if (options == options_) return;
    options_ = options;
    refreshRows();
    deselectHidden();
    Q_EMIT optionsChanged();
    Q_EMIT sceneChanged();
}

void RollState::setShowsGhosts(bool shows) {
    auto options = options_;
    options.ghosts = shows;
    setOptions(options);
}

void RollState::setShowsScale(bool shows) {
    auto options = options_;
    options.scale = shows;
    setOptions(options);
}

void RollState::toggleFold(Fold fold) {
    auto options = options_;
    options.fold = options_.fold == fold ? Fold::None : fold;
    if (options.fold == Fold::Scale && !key() && !isDrumView()) {
        Q_EMIT hintChanged(tr("This piece names no key: give it one, then fold to its scale"));
        return;
    }
    setOptions(options);
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

QString RollState::nameOf(int pitch) const {
    return isDrumView() ? drumMap_.name(pitch) : pitchName(pitch, prefersFlats(), options_.naming);
}

bool RollState::isKit(const score::Track& of) const {
    const auto said = drumViews_.find(of.id);
    return said == drumViews_.end() ? of.drums || of.channel == kDrumChannel : said->second;
}

void RollState::setDrumView(bool on) {
    const auto* current = track();
    if (!current || on == isKit(*current)) return;
    drumViews_[current->id] = on;
    refreshRows();
    Q_EMIT optionsChanged();
    Q_EMIT sceneChanged();
}

RollSettings RollState::settings() const {
    auto lasting = options_;
    lasting.fold = Fold::None;
    return {lasting, drumMap_};
}

void RollState::restore(const RollSettings& settings) {
    setDrumMap(settings.drumMap);
    setOptions(settings.options);
}

void RollState::setDrumMap(DrumMap map) {
    if (map == drumMap_) return;
    drumMap_ = std::move(map);
    refreshRows();
    deselectHidden();
    Q_EMIT optionsChanged();
    Q_EMIT sceneChanged();
}

PitchSet RollState::usedPitches() {
    PitchSet used;
    for (const auto* content : editableTracks()) used |= indexes_.indexOf(*content).used();
    return used;
}

RowMap RollState::rowsNow() {
    if (const auto* current = track(); current && isKit(*current))
        return RowMap::ofDrums(drumMap_.rows(usedPitches(), options_.fold != Fold::None));
    if (options_.fold == Fold::Used) return RowMap::ofUsed(usedPitches());
    if (options_.fold == Fold::None) return {};
    const auto inForce = keyAt(document_.score(), geometry_.tickAt(0));
    return inForce ? RowMap::ofScale(everyOctave(inForce->contains), usedPitches()) : RowMap();
}

void RollState::refreshRows() {
    auto rows = rowsNow();
    if (rows == geometry_.rows) return;
    const double middle = viewSize_.height() / 2, away = middle - geometry_.yOf(geometry_.pitchAt(middle));
    const int kept = geometry_.pitchAt(middle);
    auto laid = geometry_;
    laid.rows = rows;
    laid.scrollY += laid.yOf(kept) - (middle - away);
    geometry_ = laid.keptInside(viewSize_.width(), viewSize_.height(), contentEnd());
    Q_EMIT viewChanged();
}

score::Ticks RollState::hitLength() const {
    return {std::max<std::int64_t>(1, document_.score().division.quarter() / kHitsAQuarter)};
}

void RollState::setHeldKeys(std::map<int, int> keys) {
    if (keys == heldKeys_) return;
    heldKeys_ = std::move(keys);
    Q_EMIT heldKeysChanged();
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
