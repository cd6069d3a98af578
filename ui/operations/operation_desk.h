#pragma once

#include "ui/document/score_document.h"
#include "ui/operations/operation_table.h"
#include "ui/operations/panel_slot.h"

#include <QObject>
#include <map>
#include <string>

class QMenu;
class QAction;

namespace continuo::ui {

class OperationPanel;

/// Carries operations out on the selected notes, or on the whole current track where none is selected: at once with the
/// settings they had last, or with their settings in a panel and the result as the document's trial.
class OperationDesk : public QObject {
    Q_OBJECT

public:
    /// `host`: what panels float over. `grid`: the one of the roll, asked each time.
    OperationDesk(ScoreDocument& document, QWidget& host, std::function<score::Grid()> grid);

    /// With the last settings; opens the panel where they were never seen and the operation has no key of its own.
    void run(const Operation& operation);
    void open(const Operation& operation);
    OperationPanel* panel() const { return slot_.panel(); }

    /// A submenu for each group; keys are taken where `takesKeys`.
    void fillMenu(QMenu& menu, bool takesKeys);

Q_SIGNALS:
    /// One sentence on what came of it, for the status bar.
    void told(const QString& sentence);

private:
    score::OperationResult result(const Operation& operation, const OperationValues& values, score::IdMint& mint);
    std::vector<score::NoteId> notes() const;
    void perform(const Operation& operation, const OperationValues& values);
    void showTrial();
    void apply();
    void close();
    void addActions(QMenu& menu, const Operation& operation, bool takesKeys);
    OperationValues& lastValues(const Operation& operation);

    ScoreDocument& document_;
    PanelSlot slot_;
    std::function<score::Grid()> grid_;
    std::map<std::string, OperationValues, std::less<>> last_;
};

/// "12 notes changed, 3 added, 1 removed; 2 locked notes left alone", or that nothing changes.
QString outcomeText(const score::OperationResult& result);

} // namespace continuo::ui
