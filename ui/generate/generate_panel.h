#pragma once

#include "engine/score/operations/time_flags.h"
#include "ui/generate/generation_target.h"
#include "ui/generate/sampler_panel.h"
#include "ui/generate/take.h"
#include "ui/training/offered_nets.h"
#include "ui/widgets/panel_frame.h"

#include <functional>

class QStackedWidget;

namespace continuo::ui {

class ChoiceBox;
class HonestProgress;
class IconButton;
class NumberField;
class Label;
class PushButton;
class TakeList;

/// The right dock of the Compose workspace: where the net writes, which net, how it draws, what came of it.
/// It shows what it is told and says what is wanted; GenerateController acts.
class GeneratePanel : public PanelFrame {
    Q_OBJECT

public:
    explicit GeneratePanel(QWidget* parent = nullptr);

    SamplerPanel& sampler() { return *sampler_; }
    int bars() const;
    void setBars(int bars);

    void setTarget(const GenerationTarget& target, const score::MeterMap& meters);
    /// Whether the piece has sections that may be the target; asked for when somebody wants to choose one.
    void offerSections(bool offered);
    void setSectionSource(std::function<std::vector<score::NamedSpan>()> sections) {
        sectionSource_ = std::move(sections);
    }
    void setNets(const std::vector<OfferedNet>& nets);
    /// The folder of the chosen checkpoint; empty where there is none.
    std::filesystem::path chosenNet() const;
    void chooseNet(const std::filesystem::path& checkpoint);
    /// Under the choice: "loading", "loaded, 1,067,190 parameters", or what is wrong.
    void showNetState(const QString& text, bool problem);

    /// Music that is continued instead of the piece; an empty name: the piece itself.
    void showPrompt(const QString& name);

    /// How far the first net is; nothing: no run makes one.
    void showFirstNet(const std::optional<runs::RunStatus>& status);

    void showWriting(bool writing);
    void showWritten(int bar, int bars, std::size_t notes);
    void showTakes(const std::vector<Take>& takes, int chosen);
    void showEarlier(const std::vector<Take>& earlier);
    /// Whether there is something to keep or dismiss.
    void showCandidates(bool present);
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void generateRequested();
    void stopRequested();
    void hearRequested();
    void keepRequested();
    void dismissRequested();
    void takeChosen(int index);
    void earlierChosen(int index);
    void netChosen(const QString& checkpoint);
    void barsEdited();
    void sectionChosen(score::TickRange section);
    void promptForgotten();
    void firstNetRequested();

private:
    QWidget* buildEmpty();
    QWidget* buildMain();
    QWidget* targetCard(QWidget* parent);
    QWidget* actions(QWidget* parent);

    QStackedWidget* pages_;
    QWidget* firstNetOffer_;
    HonestProgress *firstNet_, *writing_;
    Label *title_, *reason_, *netState_, *problem_, *emptyProblem_;
    NumberField* bars_;
    Label* prompt_;
    IconButton* forgetPrompt_;
    ChoiceBox* net_;
    IconButton* sections_;
    std::function<std::vector<score::NamedSpan>()> sectionSource_;
    SamplerPanel* sampler_;
    PushButton *generate_, *stop_, *hear_, *keep_, *dismiss_;
    QWidget *takesBox_, *earlierBox_;
    TakeList *takes_, *earlier_;
    std::vector<OfferedNet> nets_;
};

} // namespace continuo::ui
