#pragma once

#include "engine/score/score.h"
#include "engine/score/score_edit.h"

#include <QObject>
#include <vector>

namespace continuo::ui {

/// A note that the net proposes; not in the score, its id is 0.
struct CandidateNote {
    score::TrackId track{};
    score::Note note;
    friend bool operator==(const CandidateNote&, const CandidateNote&) = default;
};

/// What the net is writing or has written, until it is accepted or dismissed. Drawn by the roll, heard when the piece
/// is played.
class Candidates : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Nothing proposed and nothing being written.
    bool isEmpty() const { return notes_.empty() && !writing_; }
    bool isWriting() const { return writing_; }
    score::TickRange target() const { return target_; }
    const std::vector<CandidateNote>& notes() const { return notes_; }
    /// Tracks that an empty piece needs for the notes; their ids are provisional and not in the score.
    const std::vector<score::Track>& newTracks() const { return newTracks_; }

    /// The net starts to write into `target`; what was proposed before is gone.
    void begin(score::TickRange target);
    void add(const CandidateNote& note);
    /// The whole answer at once; ends the writing.
    void finish(std::vector<CandidateNote> notes, std::vector<score::Track> newTracks = {});
    /// Ends the writing and keeps what was added.
    void finish();
    void clear();

    /// All candidates as notes of the score, marked as made by the net, with ids of `mint`; the piece reaches the end
    /// of the target.
    score::ScoreEdit asEdit(const score::Score& score, score::IdMint& mint) const;
    /// The piece as it sounds with all candidates in it.
    score::Score heardIn(score::Score score) const;

Q_SIGNALS:
    void changed();

private:
    score::TickRange target_;
    std::vector<CandidateNote> notes_;
    std::vector<score::Track> newTracks_;
    bool writing_ = false;
};

} // namespace continuo::ui
