#pragma once

#include "ui/live/live_desk.h"

#include <QWidget>

namespace continuo::ui {

/// The Live workspace as one widget: settings left, the stage beside them. Takes the panels of the desk and asks for
/// MIDI ports only while it is in view.
class LiveWorkspace : public QWidget {
    Q_OBJECT

public:
    explicit LiveWorkspace(LiveDesk& desk, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    LiveDesk& desk_;
};

} // namespace continuo::ui
