#pragma once

#include "ui/transport/playback_controller.h"

#include <QWidget>

class QBoxLayout;

namespace continuo::ui {

class ChoiceBox;
class IconButton;
class OutputDisplay;
class SegmentedSwitch;
class TransportDisplay;

/// The bar under the menus: to the start, stop, play, record, loop; where the playhead is; metronome, follow; what goes
/// out; and which workspace is in view.
class TransportBar : public QWidget {
    Q_OBJECT

public:
    TransportBar(ScoreDocument& document, PlaybackController& playback, QWidget* parent = nullptr);

    void setWorkspaces(const QStringList& names);
    void showWorkspace(int index);
    void showFollowing(bool following);
    void showRecording(bool recording);
    /// Below 1500 px: no output, no follow button, the workspaces become a menu.
    void setSmall(bool small);
    QSize sizeHint() const override;

Q_SIGNALS:
    void workspaceChosen(int index);
    void followToggled(bool on);
    void recordToggled(bool on);

protected:
    void changeEvent(QEvent* event) override;

private:
    IconButton* button(const QString& icon, const QString& shortcutId, const QString& help);
    void addButtons(QBoxLayout& row);
    void addDisplays(QBoxLayout& row);
    void connectPlayback();
    void refreshMix();
    void applyMetrics();

    ScoreDocument& document_;
    PlaybackController& playback_;
    IconButton *toStart_, *stop_, *play_, *record_, *loop_, *metronome_, *follow_;
    TransportDisplay* display_;
    OutputDisplay* output_;
    SegmentedSwitch* workspaces_ = nullptr;
    ChoiceBox* workspaceMenu_ = nullptr;
    bool small_ = false;
};

} // namespace continuo::ui
