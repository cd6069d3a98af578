#pragma once

#include "engine/sound/midi_ports.h"
#include "ui/widgets/panel_frame.h"

#include <QTimer>

namespace continuo::ui {

class ChoiceBox;
class EmptyState;
class Label;
class NumberField;
class PushButton;
class SwitchButton;

/// The left dock of the Live workspace: which keyboard, where the track sounds, how long the answer is.
class LivePanel : public PanelFrame {
    Q_OBJECT

public:
    explicit LivePanel(QWidget* parent = nullptr);

    void setPorts(const sound::PortList& ports);
    void showInput(const std::string& port);
    /// The current track and where it sounds: an output port, or empty for the synthesizer.
    void showTrack(const QString& name, const std::string& route);
    int answerBars() const;
    void showRecording(bool recording);
    void showPhrase(std::size_t notes);
    void showProblem(const QString& sentence);
    /// A message came in: the light shines for a moment.
    void flash();

Q_SIGNALS:
    void inputChosen(const QString& port);
    void routeChosen(const QString& port);
    void hearingToggled(bool on);
    void recordToggled(bool on);
    void continueRequested();
    void quietRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    class Light;
    QWidget* labelled(const QString& label, QWidget* control, QWidget* parent);
    void fillInputs();
    void fillRoutes();

    sound::PortList ports_;
    std::string input_, route_;
    ChoiceBox *inputs_, *routes_;
    EmptyState* noInput_;
    QWidget* inputRow_;
    Light* light_;
    QTimer lightOut_;
    SwitchButton* hear_;
    NumberField* bars_;
    Label *track_, *phrase_, *problem_;
    PushButton *record_, *continue_, *quiet_;
};

} // namespace continuo::ui
