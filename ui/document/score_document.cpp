#include "ui/document/score_document.h"

#include "ui/document/edit_command.h"

#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kTrackColours = 16;

bool changesTrackList(const score::ScoreEdit& edit) {
    const auto isProgram = [](const score::ChannelEvent& event) {
        return event.kind == score::ChannelEventKind::Program;
    };
    return !edit.lists.empty() || !edit.headers.empty() || std::ranges::any_of(edit.contents, [&](const auto& content) {
        return std::ranges::any_of(content.events.removed, isProgram) ||
               std::ranges::any_of(content.events.added, isProgram);
    });
}

QString generateName(const score::MeterMap& meters, score::TickRange target) {
    const auto bars = meters.positionAt(meters.barAtOrAfter(target.end)).bar - meters.positionAt(target.start).bar;
    return bars == 1 ? ScoreDocument::tr("Generate 1 bar") : ScoreDocument::tr("Generate %1 bars").arg(bars);
}

/// Where the piece ends after `edit`, which it ended `before`; nothing where only a look at all notes can tell.
std::optional<score::Tick> lastTickAfter(const score::ScoreEdit& edit, std::optional<score::Tick> before) {
    if (!before || edit.end || !edit.lists.empty()) return std::nullopt;
    for (const auto& content : edit.contents) {
        for (const auto& note : content.notes.removed)
            if (!(note.end() < *before)) return std::nullopt;
        for (const auto& note : content.notes.added) before = std::max(*before, note.end());
    }
    return before;
}

std::vector<score::NoteId> addedNotes(const score::ScoreEdit& edit) {
    std::vector<score::NoteId> ids;
    for (const auto& list : edit.lists)
        for (const auto& note : list.track.notes) ids.push_back(note.id);
    for (const auto& content : edit.contents)
        for (const auto& note : content.notes.added) ids.push_back(note.id);
    return ids;
}

} // namespace

ScoreDocument::ScoreDocument(score::Score score, QObject* parent) : QObject(parent) {
    connect(&history_, &QUndoStack::cleanChanged, this, [this](bool clean) { Q_EMIT modifiedChanged(!clean); });
    connect(&selection_, &Selection::notesChanged, this, &ScoreDocument::selectionChanged);
    connect(&selection_, &Selection::rangeChanged, this, &ScoreDocument::selectionChanged);
    replace(std::move(score), {});
}

std::shared_ptr<const score::Score> ScoreDocument::snapshot() const {
    if (!snapshot_) snapshot_ = std::make_shared<const score::Score>(score_);
    return snapshot_;
}

score::Tick ScoreDocument::lastTick() const {
    if (!lastTick_) lastTick_ = score::lastTick(score_);
    return *lastTick_;
}

void ScoreDocument::perform(score::ScoreEdit edit, const QString& name, Nudge nudge) {
    if (edit.isEmpty() || refuses(edit)) return;
    history_.push(new EditCommand(*this, std::move(edit), name, nudge));
}

bool ScoreDocument::refuses(const score::ScoreEdit& edit) {
    const auto locked = lockedTrackIn(edit, trackSettings_.locked);
    const auto* track = locked ? score::findTrack(score_, *locked) : nullptr;
    if (!track) return false;
    setTrial(std::nullopt);
    Q_EMIT editRefused(tr("\"%1\" is locked: nothing was changed. Unlock it in the list of tracks first.")
                           .arg(QString::fromStdString(track->name)));
    return true;
}

void ScoreDocument::setTrackSettings(TrackSettings settings) {
    if (settings == trackSettings_) return;
    trackSettings_ = std::move(settings);
    Q_EMIT trackSettingsChanged();
}

void ScoreDocument::setTrial(std::optional<score::ScoreEdit> edit) {
    if (edit && edit->isEmpty()) edit.reset();
    if (!edit && !trial_) return;
    trial_ = std::move(edit);
    Q_EMIT trialChanged();
}

score::Score ScoreDocument::heard() const {
    auto heard = score_;
    if (trial_) score::apply(*trial_, heard);
    if (candidates_.isEmpty()) return heard;
    return candidates_.heardIn(std::move(heard));
}

void ScoreDocument::run(const score::ScoreEdit& edit, const QString& name) {
    setTrial(std::nullopt);
    score::apply(edit, score_);
    refresh(edit);
    Q_EMIT edited(edit, name);
    Q_EMIT scoreChanged(score::touchedRange(edit));
    if (!changesTrackList(edit)) return;
    colourNewTracks();
    Q_EMIT tracksChanged();
    if (!score::findTrack(score_, currentTrack_))
        setCurrentTrack(score_.tracks.empty() ? score::TrackId{} : score_.tracks.back().id);
}

void ScoreDocument::refresh(const score::ScoreEdit& edit) {
    snapshot_.reset();
    lastTick_ = lastTickAfter(edit, lastTick_);
    if (!edit.tempos.isEmpty()) tempoMap_ = score_.tempoMap();
    if (!edit.meters.isEmpty()) meterMap_ = score_.meterMap();
}

void ScoreDocument::replace(score::Score score, std::filesystem::path path) {
    setTrial(std::nullopt);
    history_.clear();
    score_ = std::move(score);
    path_ = std::move(path);
    snapshot_.reset();
    lastTick_.reset();
    tempoMap_ = score_.tempoMap();
    meterMap_ = score_.meterMap();
    mint_ = score::IdMint(score_);
    mix_ = {};
    hidden_.clear();
    colours_.clear();
    trackSettings_ = {};
    colourNewTracks();
    currentTrack_ = score_.tracks.empty() ? score::TrackId{} : score_.tracks.front().id;
    insertCursor_ = {};
    selection_.clear();
    selection_.setRange(std::nullopt);
    candidates_.clear();
    Q_EMIT replaced();
}

void ScoreDocument::markSaved(std::filesystem::path path) {
    path_ = std::move(path);
    history_.setClean();
    Q_EMIT savedAs();
}

void ScoreDocument::setCurrentTrack(score::TrackId track) {
    if (track == currentTrack_) return;
    currentTrack_ = track;
    Q_EMIT currentTrackChanged();
}

void ScoreDocument::setMix(sound::Mix mix) {
    if (mix == mix_) return;
    mix_ = std::move(mix);
    Q_EMIT mixChanged();
}

void ScoreDocument::setVisible(score::TrackId track, bool visible) {
    if (visible == isVisible(track)) return;
    if (visible)
        hidden_.erase(track);
    else
        hidden_.insert(track);
    Q_EMIT visibilityChanged();
}

int ScoreDocument::colourOf(score::TrackId track) const {
    if (const auto chosen = trackSettings_.colours.find(track); chosen != trackSettings_.colours.end())
        return chosen->second % kTrackColours;
    const auto found = colours_.find(track);
    return found == colours_.end() ? 0 : found->second;
}

void ScoreDocument::colourNewTracks() {
    for (const auto& track : score_.tracks)
        colours_.try_emplace(track.id, static_cast<int>(colours_.size()) % kTrackColours);
}

std::vector<TrackNotes> ScoreDocument::selectedNotes() const {
    std::vector<TrackNotes> chosen;
    if (selection_.isEmpty()) return chosen;
    for (const auto& track : score_.tracks) {
        TrackNotes part{track.id, {}};
        for (const auto& note : track.notes)
            if (selection_.contains(note.id)) part.notes.push_back(note);
        if (!part.notes.empty()) chosen.push_back(std::move(part));
    }
    return chosen;
}

void ScoreDocument::acceptCandidates() {
    if (candidates_.isEmpty()) return;
    const auto edit = candidates_.asEdit(score_, mint_);
    if (refuses(edit)) return; // and they stay
    const auto name = generateName(meterMap_, candidates_.target());
    candidates_.clear();
    selection_.setRange(std::nullopt);
    perform(edit, name);
    selection_.select(addedNotes(edit));
}

void ScoreDocument::setInsertCursor(score::Tick at) {
    if (at == insertCursor_) return;
    insertCursor_ = at;
    Q_EMIT insertCursorChanged();
}

score::Score newPiece() {
    score::Score piece;
    score::IdMint mint;
    score::Track piano;
    piano.id = mint.track();
    piano.name = "Piano";
    piano.events.push_back(
        {.id = mint.event(), .at = {}, .kind = score::ChannelEventKind::Program, .first = 0, .second = 0});
    piece.tempos.push_back({.id = mint.event(), .chunk = 0, .at = {}, .microsecondsPerQuarter = 500'000});
    piece.meters.push_back({.id = mint.event(), .chunk = 0, .at = {}});
    piece.tracks.push_back(std::move(piano));
    return piece;
}

} // namespace continuo::ui
