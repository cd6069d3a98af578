#pragma once

#include "ui/pianoroll/roll_commands.h"
#include "ui/widgets/icon_button.h"

#include <QWidget>

class QHBoxLayout;

namespace continuo::ui {

class GridBox;
class Label;

/// Tools, grid, switches and a summary of the selection.
class ToolRow : public QWidget {
    Q_OBJECT

public:
    ToolRow(RollState& state, RollCommands& commands, QWidget* parent = nullptr);

    /// Small windows: no words behind the switches, no summary.
    void setSmall(bool small);
    QSize sizeHint() const override;

Q_SIGNALS:
    void addLaneRequested(QPoint below);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addTools(QHBoxLayout& row);
    void addGrid(QHBoxLayout& row);
    void addSwitches(QHBoxLayout& row);
    void addZoom(QHBoxLayout& row);
    void openOptions(IconButton& under);
    IconButton* addSwitch(QHBoxLayout& row, const QString& icon, const QString& name, const QString& help,
                          const QString& id);
    void showState();
    void showSummary();

    RollState& state_;
    RollCommands& commands_;
    std::vector<IconButton*> tools_;
    GridBox* grid_ = nullptr;
    IconButton* snap_ = nullptr;
    IconButton* scale_ = nullptr;
    IconButton* fold_ = nullptr;
    IconButton* ghosts_ = nullptr;
    IconButton* follow_ = nullptr;
    QString count_, rest_;
    bool summaryStale_ = true;
    bool small_ = false;
};

/// "7 notes  B♭3 to G4  bar 7  velocity 75" of the selected notes that can be edited: the count and the rest. Empty
/// without notes.
std::pair<QString, QString> selectionSummary(RollState& state);

} // namespace continuo::ui
