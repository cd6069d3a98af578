#pragma once

#include "engine/score/operations/select.h"
#include "ui/document/score_document.h"
#include "ui/operations/operation_table.h"
#include "ui/operations/panel_slot.h"

#include <QObject>
#include <unordered_set>

class QMenu;

namespace continuo::ui {

class OperationPanel;

/// The commands that select notes by a value that one gives, and by their marks; those without a value are NoteChoices
/// of the roll. What compares with the selected notes looks through the whole current track; the others narrow a
/// selection of several notes down, and look through the track where there is none. What asks for a value shows its
/// choice while the value is set; Esc brings the selection back.
class SelectDesk : public QObject {
    Q_OBJECT

public:
    /// One command.
    struct Row {
        score::Select what;
        Operation words; // its name and, where it asks for a value, the field
        bool compares = false;
    };

    SelectDesk(ScoreDocument& document, QWidget& host);

    static const std::vector<Row>& table();
    void run(const Row& row);
    OperationPanel* panel() const { return slot_.panel(); }
    void fillMenu(QMenu& menu);

Q_SIGNALS:
    /// One sentence on what is selected now, for the status bar.
    void told(const QString& sentence);

private:
    void open(const Row& row);
    void choose(const Row& row, const OperationValues& values);
    void end(bool keeps);

    ScoreDocument& document_;
    PanelSlot slot_;
    std::vector<score::NoteId> before_; // the selection that the panel began with
};

} // namespace continuo::ui
