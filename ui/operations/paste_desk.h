#pragma once

#include "engine/score/operations/paste.h"
#include "ui/document/score_document.h"
#include "ui/operations/operation_table.h"
#include "ui/operations/panel_slot.h"

#include <QObject>

namespace continuo::ui {

class OperationPanel;

/// Paste special: what is on the clipboard, with a say in where it goes and what of it; seen and heard as the
/// document's trial before it is applied in one undo step. The settings are those of the last time.
class PasteDesk : public QObject {
    Q_OBJECT

public:
    /// `host`: what the panel floats over.
    PasteDesk(ScoreDocument& document, QWidget& host);

    /// False where the clipboard holds no music.
    bool open();
    OperationPanel* panel() const { return slot_.panel(); }

private:
    struct Outcome {
        score::OperationResult result;
        std::vector<score::NoteId> notes; // pasted
        std::optional<score::Tick> end;   // where a next paste goes on
        QString text;
    };
    Outcome outcome(score::IdMint& mint) const;
    score::PasteSettings settings() const;
    std::optional<std::vector<int>> chordThere() const;
    void showTrial();
    void apply();
    void close();

    ScoreDocument& document_;
    PanelSlot slot_;
    score::Clip clip_;
    Operation words_; // its name and settings, as the panel shows them
    OperationValues values_;
};

} // namespace continuo::ui
