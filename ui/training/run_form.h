#pragma once

#include "ui/training/run_settings.h"

#include <QWidget>

class QLabel;

namespace continuo::ui {

class ChoiceBox;
class HonestProgress;
class Label;
class NumberField;
class PushButton;
class SegmentedSwitch;

/// Everything a new run needs: what to learn from, how large, how long; and the same as a command.
class RunForm : public QWidget {
    Q_OBJECT

public:
    explicit RunForm(QWidget* parent = nullptr);

    RunSettings settings() const;
    void setSettings(const RunSettings& settings);
    /// A prepared folder joins the data sets.
    void offerDataset(const QString& folder);
    /// The same, and it is chosen.
    void addDataset(const QString& folder);
    /// While files are read: how many of how many; no start meanwhile. `total` 0: not known yet.
    void showPreparation(qint64 done, qint64 total);
    void endPreparation();
    /// A run was asked for and has not appeared yet.
    void showStarting(bool starting);
    /// One sentence under the button; empty: none.
    void showProblem(const QString& sentence);

Q_SIGNALS:
    void startRequested(const RunSettings& settings);
    /// A folder of MIDI files is to be read into a data set first.
    void folderChosen(const QString& folder);
    void preparationStopRequested();

private:
    void chooseFolder();
    void settingsEdited();
    void showStart();
    void chooseLimit(int kind);
    QWidget* labelled(const QString& label, QWidget* control);
    QWidget* commandBox();

    ChoiceBox *data_, *kind_;
    SegmentedSwitch *size_, *limitKind_;
    NumberField *limit_, *learningRate_, *seed_;
    PushButton *folder_, *start_, *stopReading_;
    HonestProgress* reading_;
    Label *command_, *problem_;
    bool isReading_ = false, isStarting_ = false;
};

} // namespace continuo::ui
