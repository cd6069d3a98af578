#pragma once

#include "engine/score/operations/instrument_change.h"
#include "ui/document/score_document.h"

#include <QWidget>

namespace continuo::ui {

class InstrumentPicker;
class Label;
class SegmentedSwitch;

/// Under the list of instruments: for which notes, and what becomes of those that the marked instrument cannot play.
/// What would come of it is the trial of the document for as long as the list is open; taking an instrument makes it
/// one undo step.
class InstrumentChoice : public QWidget {
    Q_OBJECT

public:
    /// Belongs to the picker, and ends with it.
    InstrumentChoice(ScoreDocument& document, std::vector<score::TrackId> tracks, InstrumentPicker& picker);
    ~InstrumentChoice() override;

    /// For the marked instrument, with the ids that `mint` gives.
    score::OperationResult result(score::IdMint& mint) const;
    void apply();

Q_SIGNALS:
    void auditionRequested(int program, bool drums, int pitch);

private:
    void build();
    void showMarked();
    std::vector<score::NoteId> notes() const;

    ScoreDocument& document_;
    std::vector<score::TrackId> tracks_;
    InstrumentPicker& picker_;
    std::vector<score::NoteId> selected_; // notes of the only track; scopes need them
    score::InstrumentChange change_;
    Label* advice_ = nullptr;
    SegmentedSwitch *outside_ = nullptr, *scope_ = nullptr;
};

} // namespace continuo::ui
