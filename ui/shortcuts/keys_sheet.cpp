#include "ui/shortcuts/keys_sheet.h"

#include "ui/shortcuts/key_capture.h"
#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list_rows.h"
#include "ui/widgets/search_field.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/widgets/shadow.h"

#include <QApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPainter>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>

namespace continuo::ui {
namespace {

constexpr int kWidth = 760, kTop = 48, kInset = 16;
constexpr int kFirstWidth = 270, kSecondWidth = 210;

} // namespace

KeysSheet* KeysSheet::show(QWidget& window, const QStringList& menuTitles, const GestureSource& gestures) {
    auto* sheet = window.window()->findChild<KeysSheet*>(QString(), Qt::FindDirectChildrenOnly);
    if (!sheet) sheet = new KeysSheet(*window.window(), menuTitles, gestures);
    static_cast<QWidget*>(sheet)->show();
    sheet->raise();
    sheet->search_->setFocus();
    return sheet;
}

KeysSheet::KeysSheet(QWidget& window, const QStringList& menuTitles, const GestureSource& gestures)
    : QWidget(&window), model_(new KeysModel(menuTitles, this)), gestures_(new GesturesModel(gestures, this)),
      previousFocus_(QApplication::focusWidget()) {
    setAccessibleName(tr("Keys and gestures"));
    setFocusPolicy(Qt::StrongFocus);
    auto* column = new QVBoxLayout(this);
    const int edge = theme().px(kShadowReach + kInset);
    column->setContentsMargins(edge, edge, edge, edge);
    column->setSpacing(theme().px(8));
    addHead(*column);
    addTables(*column);
    addFoot(*column);
    window.installEventFilter(this);
    connect(&shortcutBook(), &ShortcutBook::notSaved, this, [this](const QString& why) { message_->setText(why); });
    place();
    showChosen();
}

void KeysSheet::addHead(QBoxLayout& column) {
    auto* row = new QHBoxLayout;
    row->setSpacing(theme().px(8));
    row->addWidget(new Label(tr("Keys and gestures"), TextSize::Value, Weight::Semibold, ink::primary, this));
    row->addSpacing(theme().px(12));
    page_ = new SegmentedSwitch(
        {{tr("Keys"), {}, tr("Keys of every command")}, {tr("Mouse"), {}, tr("What the mouse does in the roll")}},
        tr("Keys or mouse"), this);
    row->addWidget(page_);
    row->addStretch(1);
    row->addWidget(new Label(tr("Habits of"), TextSize::Body, Weight::Regular, ink::secondary, this));
    presets_ = new ChoiceBox(tr("Habits of"), this);
    presets_->addItems(shortcutBook().table().presetNames());
    presets_->setFixedWidth(theme().px(150));
    row->addWidget(presets_);
    column.addLayout(row);
    search_ = new SearchField(tr("Find a command or a key"), this);
    search_->setAccessibleName(tr("Find a command or a key"));
    column.addWidget(search_);
    connect(presets_, &QComboBox::textActivated, this, [](const QString& name) { shortcutBook().usePreset(name); });
    connect(search_, &QLineEdit::textChanged, model_, &KeysModel::setSearch);
    connect(search_, &QLineEdit::textChanged, gestures_, &GesturesModel::setSearch);
    connect(page_, &SegmentedSwitch::currentChanged, this, [this](int page) { showGestures(page == 1); });
}

QTableView* KeysSheet::makeTable(QAbstractItemModel& model, const QString& name) {
    auto* table = new QTableView(this);
    dressTable(*table, name);
    table->setModel(&model);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setColumnWidth(0, theme().px(kFirstWidth));
    table->setColumnWidth(1, theme().px(kSecondWidth));
    table->horizontalHeader()->setStretchLastSection(true);
    tables_->addWidget(table);
    return table;
}

void KeysSheet::addTables(QBoxLayout& column) {
    tables_ = new QStackedWidget(this);
    column.addWidget(tables_, 1);
    table_ = makeTable(*model_, tr("Commands and their keys"));
    gestureTable_ = makeTable(*gestures_, tr("Gestures of the mouse"));
    connect(table_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& now) {
        if (now.isValid()) chosen_ = model_->idAt(now);
        showChosen();
    });
    connect(gestureTable_->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) {
                if (now.isValid()) chosenGesture_ = gestures_->idAt(now);
                showChosenGesture();
            });
    connect(table_, &QTableView::activated, this, [this] { capture_->wait(); });
    connect(model_, &KeysModel::modelReset, this, &KeysSheet::keepChosen);
    connect(gestures_, &GesturesModel::modelReset, this, [this] {
        const auto index = gestures_->indexOf(chosenGesture_);
        if (index.isValid()) gestureTable_->setCurrentIndex(index);
        showChosenGesture();
    });
}

void KeysSheet::showGestures(bool gestures) {
    tables_->setCurrentIndex(gestures ? 1 : 0);
    feet_->setCurrentIndex(gestures ? 1 : 0);
    message_->setVisible(!gestures);
    if (page_->current() != (gestures ? 1 : 0)) page_->setCurrent(gestures ? 1 : 0);
    gestures ? showChosenGesture() : showChosen();
}

void KeysSheet::showChosenGesture() {
    const QSignalBlocker quiet(action_);
    action_->clear();
    const bool isChosen = gestures_->indexOf(chosenGesture_).isValid();
    for (const auto& choice : isChosen ? gestures_->choicesOf(chosenGesture_) : std::vector<GestureSource::Choice>{})
        action_->addItem(choice.does, choice.action);
    action_->setCurrentIndex(action_->findData(gestures_->actionOf(chosenGesture_)));
    action_->setEnabled(isChosen);
    resetGesture_->setEnabled(isChosen && shortcutBook().ownGestures().contains(chosenGesture_));
}

PushButton* KeysSheet::addButton(QBoxLayout& row, const QString& text, void (KeysSheet::*act)()) {
    auto* button = new PushButton(text, ButtonKind::Plain, this);
    connect(button, &PushButton::clicked, this, act);
    row.addWidget(button);
    return button;
}

void KeysSheet::addKeyFoot(QWidget& page) {
    auto* keys = new QHBoxLayout(&page);
    keys->setContentsMargins(0, 0, 0, 0);
    keys->setSpacing(theme().px(4));
    capture_ = new KeyCapture(tr("Give it a key"), &page);
    another_ = new KeyCapture(tr("Another key"), &page);
    keys->addWidget(capture_);
    keys->addWidget(another_);
    clear_ = addButton(*keys, tr("No key"), &KeysSheet::clearKeys);
    reset_ = addButton(*keys, tr("As the preset"), &KeysSheet::resetOne);
    keys->addStretch(1);
    connect(capture_, &KeyCapture::captured, this, [this](const QKeySequence& key) { give(key, false); });
    connect(another_, &KeyCapture::captured, this, [this](const QKeySequence& key) { give(key, true); });
}

void KeysSheet::addGestureFoot(QWidget& page) {
    auto* row = new QHBoxLayout(&page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(theme().px(4));
    action_ = new ChoiceBox(tr("What the gesture does"), &page);
    action_->setMinimumWidth(theme().px(300));
    row->addWidget(action_);
    resetGesture_ = addButton(*row, tr("As the preset"), &KeysSheet::resetGesture);
    row->addStretch(1);
    connect(action_, &QComboBox::activated, this, [this](int index) {
        if (index >= 0) shortcutBook().setGesture(chosenGesture_, action_->itemData(index).toString());
    });
}

void KeysSheet::addFoot(QBoxLayout& column) {
    message_ = new Label({}, TextSize::Caption, Weight::Regular, ink::secondary, this);
    message_->setWordWrap(true);
    message_->setFixedHeight(theme().px(30));
    column.addWidget(message_);
    feet_ = new QStackedWidget(this);
    feet_->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    for (int i = 0; i < 2; ++i) feet_->addWidget(new QWidget(feet_));
    addKeyFoot(*feet_->widget(0));
    addGestureFoot(*feet_->widget(1));
    column.addWidget(feet_);
    auto* files = new QHBoxLayout;
    files->setSpacing(theme().px(4));
    addButton(*files, tr("Read a file…"), &KeysSheet::askForImport);
    addButton(*files, tr("Write a file…"), &KeysSheet::askForExport);
    addButton(*files, tr("All as the preset"), &KeysSheet::resetAll);
    files->addStretch(1);
    addButton(*files, tr("Done"), &KeysSheet::leave)->setKind(ButtonKind::Primary);
    column.addLayout(files);
}

QString KeysSheet::chosen() const { return chosen_; }

void KeysSheet::give(const QKeySequence& key, bool besideOthers) {
    if (chosen().isEmpty()) return;
    auto keys = besideOthers ? shortcut(chosen()).keys : QList<QKeySequence>{};
    if (!keys.contains(key)) keys << key;
    shortcutBook().setKeys(chosen(), keys);
}

void KeysSheet::clearKeys() {
    if (!chosen().isEmpty()) shortcutBook().setKeys(chosen(), {});
}

void KeysSheet::resetOne() {
    if (!chosen().isEmpty()) shortcutBook().resetKeys(chosen());
}

void KeysSheet::resetGesture() { shortcutBook().resetGesture(chosenGesture_); }

void KeysSheet::resetAll() { shortcutBook().resetAll(); }

void KeysSheet::importFile(const QString& file) {
    if (file.isEmpty()) return;
    const auto read = shortcutBook().importFrom(file.toStdString());
    message_->setText(read ? tr("Read %1.").arg(file) : QString::fromStdString(read.error().message));
}

void KeysSheet::exportFile(const QString& file) {
    if (file.isEmpty()) return;
    const auto written = shortcutBook().exportTo(file.toStdString());
    message_->setText(written ? tr("Wrote %1.").arg(file) : QString::fromStdString(written.error().message));
}

void KeysSheet::askForImport() {
    importFile(QFileDialog::getOpenFileName(this, tr("Read keys"), {}, tr("Keys (*.json)")));
}

void KeysSheet::askForExport() {
    exportFile(QFileDialog::getSaveFileName(this, tr("Write keys"), QStringLiteral("keys.json"), tr("Keys (*.json)")));
}

QString KeysSheet::message() const { return message_->text(); }

void KeysSheet::keepChosen() {
    const auto index = model_->indexOf(chosen_);
    if (index.isValid()) table_->setCurrentIndex(index);
    showChosen();
}

void KeysSheet::showChosen() {
    presets_->setCurrentText(shortcutBook().preset());
    const bool isChosen = !chosen().isEmpty() && model_->indexOf(chosen()).isValid();
    for (QWidget* each :
         {static_cast<QWidget*>(capture_), static_cast<QWidget*>(another_), static_cast<QWidget*>(clear_)})
        each->setEnabled(isChosen);
    reset_->setEnabled(isChosen && shortcutBook().hasOwnKeys(chosen()));
    const auto clash = isChosen ? model_->clashOf(chosen()) : QString();
    message_->setInk(clash.isEmpty() ? ink::secondary : ink::warning);
    const int clashes = model_->clashCount();
    message_->setText(!clash.isEmpty() ? clash
                      : clashes > 0    ? tr("%1 keys cannot be reached; they are shown in amber.").arg(clashes)
                                       : tr("No key is given twice."));
}

void KeysSheet::leave() {
    hide();
    setParent(nullptr);
    deleteLater();
    if (previousFocus_ && QApplication::allWidgets().contains(previousFocus_)) previousFocus_->setFocus();
}

void KeysSheet::place() {
    const auto room = parentWidget()->size();
    const int shadow = 2 * theme().px(kShadowReach), top = theme().px(kTop);
    const int wide = std::min(theme().px(kWidth) + shadow, room.width() - theme().px(24));
    setGeometry((room.width() - wide) / 2, top, wide, room.height() - 2 * top);
}

bool KeysSheet::eventFilter(QObject* object, QEvent* event) {
    if (object == parentWidget() && event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(object, event);
}

/// No command of the window runs beneath the sheet.
bool KeysSheet::event(QEvent* event) {
    if (event->type() != QEvent::ShortcutOverride) return QWidget::event(event);
    event->accept();
    return true;
}

void KeysSheet::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return leave();
    event->accept(); // keys do not fall through to the roll
}

void KeysSheet::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    const double edge = t.px(kShadowReach);
    const QRectF box = QRectF(rect()).adjusted(edge, edge, -edge, -edge);
    drawPopoverShadow(painter, box, t.px(10));
    fillRounded(painter, box, t.px(10), t.surface.popover);
    strokeRounded(painter, box, t.px(10), t.line.normal);
}

} // namespace continuo::ui
