#pragma once

#include "engine/score/score_edit.h"
#include "engine/sound/mix.h"
#include "ui/document/candidates.h"
#include "ui/document/id_streams.h"
#include "ui/document/selection.h"
#include "ui/document/track_settings.h"

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace continuo::ui {

/// Small steps that come in rows, from keys and wheels; those of one kind within 700 ms become one undo step.
enum class Nudge { None, Pitch, Time, Length, Velocity };

struct TrackNotes {
    score::TrackId track{};
    std::vector<score::Note> notes; // in NoteOrder
};

/// The open piece and what the window knows of it. The only one who pushes undo commands: views ask, the document
/// changes the score and says where.
class ScoreDocument : public QObject {
    Q_OBJECT

public:
    explicit ScoreDocument(score::Score score = {}, QObject* parent = nullptr);

    const score::Score& score() const { return score_; }
    /// An unchanging copy for other threads, made once for each state of the score.
    std::shared_ptr<const score::Score> snapshot() const;
    /// Maps of the present score; valid until the next edit.
    const score::TempoMap& tempoMap() const { return tempoMap_; }
    const score::MeterMap& meterMap() const { return meterMap_; }
    /// The end of the last note, and of the file where that is later.
    score::Tick lastTick() const;

    /// Carries `edit` out as one undo step. An empty edit is no step. One that would change a locked track is refused
    /// whole, with a sentence; undo and redo are not asked.
    void perform(score::ScoreEdit edit, const QString& name, Nudge nudge = Nudge::None);
    QUndoStack& history() { return history_; }
    score::IdMint& mint() { return mint_; }

    /// Another piece: history, selection, candidates and mix start afresh. `path` is empty for a new piece.
    void replace(score::Score score, std::filesystem::path path);
    const std::filesystem::path& path() const { return path_; }
    bool isModified() const { return !history_.isClean(); }
    void markSaved(std::filesystem::path path);
    /// What is open is nowhere saved as it is, although nothing was edited since it was opened.
    void markUnsaved() { history_.resetClean(); }

    /// 0 where the piece has no tracks.
    score::TrackId currentTrack() const { return currentTrack_; }
    const score::Track* currentTrackContent() const { return score::findTrack(score_, currentTrack_); }
    void setCurrentTrack(score::TrackId track);

    const sound::Mix& mix() const { return mix_; }
    void setMix(sound::Mix mix);

    /// Whether the track is drawn behind the current one.
    bool isVisible(score::TrackId track) const { return !hidden_.contains(track); }
    void setVisible(score::TrackId track, bool visible);
    /// Index into the theme's sixteen track colours; a track keeps its own while the piece is open.
    int colourOf(score::TrackId track) const;

    /// Looks, locks, groups and the part of the net; no undo steps.
    const TrackSettings& trackSettings() const { return trackSettings_; }
    void setTrackSettings(TrackSettings settings);

    Selection& selection() { return selection_; }
    const Selection& selection() const { return selection_; }
    /// The selected notes that exist, by track.
    std::vector<TrackNotes> selectedNotes() const;

    /// What an operation would make of the piece if it were carried out now: drawn and heard, in no history. Any real
    /// change of the piece ends it.
    const std::optional<score::ScoreEdit>& trial() const { return trial_; }
    void setTrial(std::optional<score::ScoreEdit> edit);
    /// Whether the piece sounds otherwise than it is written now: with a trial, or with what the net proposes.
    bool soundsOtherwise() const { return trial_.has_value() || !candidates_.isEmpty(); }
    /// The piece as it sounds now; a copy.
    score::Score heard() const;

    Candidates& candidates() { return candidates_; }
    const Candidates& candidates() const { return candidates_; }
    /// All candidates become notes in one undo step named after the bars; they are selected afterwards.
    void acceptCandidates();
    void rejectCandidates() { candidates_.clear(); }

    /// Where pasted notes go.
    score::Tick insertCursor() const { return insertCursor_; }
    void setInsertCursor(score::Tick at);

Q_SIGNALS:
    void scoreChanged(score::TickRange range); // empty where only headers changed
    /// Just carried out, undo and redo too: what a journal writes down.
    void edited(const continuo::score::ScoreEdit& edit, const QString& name);
    void tracksChanged(); // list, headers or programs
    void replaced();
    void savedAs(); // it lies in path() as it is now
    void currentTrackChanged();
    void mixChanged();
    void visibilityChanged();
    void modifiedChanged(bool modified);
    void selectionChanged(); // notes or range
    void insertCursorChanged();
    void trialChanged();
    void trackSettingsChanged();
    void editRefused(const QString& sentence);

private:
    class EditCommand;
    void run(const score::ScoreEdit& edit, const QString& name);
    void refresh(const score::ScoreEdit& edit);
    void colourNewTracks();
    bool refuses(const score::ScoreEdit& edit);

    score::Score score_;
    mutable std::shared_ptr<const score::Score> snapshot_;
    mutable std::optional<score::Tick> lastTick_;
    score::TempoMap tempoMap_;
    score::MeterMap meterMap_;
    score::IdMint mint_;
    std::filesystem::path path_;
    score::TrackId currentTrack_{};
    sound::Mix mix_;
    std::set<score::TrackId> hidden_;
    std::map<score::TrackId, int> colours_;
    TrackSettings trackSettings_;
    Selection selection_;
    Candidates candidates_;
    std::optional<score::ScoreEdit> trial_;
    score::Tick insertCursor_;
    QUndoStack history_;
};

/// A piece to start from: one piano track, 4/4, 120 beats a minute.
score::Score newPiece();

} // namespace continuo::ui
