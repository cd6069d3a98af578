#pragma once

#include "ui/shortcuts/gestures_model.h"
#include "ui/shortcuts/keys_model.h"

#include <QWidget>

class QBoxLayout;
class QStackedWidget;
class QTableView;

namespace continuo::ui {

class ChoiceBox;
class KeyCapture;
class Label;
class PushButton;
class SearchField;
class SegmentedSwitch;

/// The table of keys to be searched and changed, over the window without stopping it: a preset, own keys over it, what
/// clashes, files of keys to share.
class KeysSheet : public QWidget {
    Q_OBJECT

public:
    /// A window has one; an open one comes to the front. `menuTitles`: as its menus have them, for the clashes.
    static KeysSheet* show(QWidget& window, const QStringList& menuTitles, const GestureSource& gestures);

    KeysModel& model() { return *model_; }
    QTableView& table() { return *table_; }
    GesturesModel& gestures() { return *gestures_; }
    QTableView& gestureTable() { return *gestureTable_; }
    ChoiceBox& action() { return *action_; }
    void showGestures(bool gestures);
    KeyCapture& capture() { return *capture_; }
    /// What a file dialog would have answered; shown sentences tell what became of it.
    void importFile(const QString& file);
    void exportFile(const QString& file);
    QString message() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    KeysSheet(QWidget& window, const QStringList& menuTitles, const GestureSource& gestures);
    void addHead(QBoxLayout& column);
    void addTables(QBoxLayout& column);
    void addKeyFoot(QWidget& page);
    void addGestureFoot(QWidget& page);
    void addFoot(QBoxLayout& column);
    PushButton* addButton(QBoxLayout& row, const QString& text, void (KeysSheet::*act)());
    QString chosen() const;
    void give(const QKeySequence& key, bool besideOthers);
    void clearKeys();
    void resetOne();
    void resetGesture();
    QTableView* makeTable(QAbstractItemModel& model, const QString& name);
    void resetAll();
    void askForImport();
    void askForExport();
    void leave();
    void place();
    void showChosen();
    void keepChosen();
    void showChosenGesture();

    KeysModel* model_;
    GesturesModel* gestures_;
    QStackedWidget *tables_ = nullptr, *feet_ = nullptr;
    SegmentedSwitch* page_ = nullptr;
    QTableView* gestureTable_ = nullptr;
    ChoiceBox* action_ = nullptr;
    PushButton* resetGesture_ = nullptr;
    QString chosenGesture_;
    QTableView* table_ = nullptr;
    ChoiceBox* presets_ = nullptr;
    SearchField* search_ = nullptr;
    KeyCapture* capture_ = nullptr;
    KeyCapture* another_ = nullptr;
    PushButton *clear_ = nullptr, *reset_ = nullptr;
    Label* message_ = nullptr;
    QString chosen_;
    QWidget* previousFocus_;
};

} // namespace continuo::ui
