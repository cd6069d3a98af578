#pragma once

#include "ui/pianoroll/roll_state.h"
#include "ui/widgets/choice_box.h"

class QMenu;

namespace continuo::ui {

/// Says which grid is in use and opens everything about it: value, tuplet, swing, and what drags snap to. Alt+wheel
/// makes it finer or coarser.
class GridBox : public ChoiceBox {
    Q_OBJECT

public:
    explicit GridBox(RollState& state, QWidget* parent = nullptr);

    void showPopup() override;
    /// Everything that can be chosen; owned by `parent`.
    QMenu* makeMenu(QWidget* parent);

protected:
    void wheelEvent(QWheelEvent* event) override;

private:
    void addChoice(QMenu* menu, const QString& text, const SnapGrid& grid);
    void addValues(QMenu* menu);
    void addTuplets(QMenu* menu);
    void addSwing(QMenu* menu);
    void addSwitch(QMenu* menu, const QString& text, bool SnapGrid::*which);

    RollState& state_;
};

} // namespace continuo::ui
