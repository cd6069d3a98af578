#include "ui/tracks/instrument_picker.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/widgets/list_rows.h"
#include "ui/widgets/search_field.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

namespace continuo::ui {

namespace {

enum Role { Program = Qt::UserRole, Drums, Words };

/// Family headings are rows that cannot be chosen, in semibold secondary text.
class PickerDelegate : public MenuRowDelegate {
public:
    using MenuRowDelegate::MenuRowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        if (index.flags() & Qt::ItemIsSelectable) return MenuRowDelegate::paint(painter, option, index);
        painter->setFont(textFont(TextSize::Caption, Weight::Semibold));
        painter->setPen(theme().text.secondary);
        painter->drawText(option.rect.adjusted(theme().px(8), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          index.data().toString());
    }
};

QStandardItem* heading(const QString& text) {
    auto* item = new QStandardItem(text);
    item->setFlags(Qt::ItemIsEnabled);
    return item;
}

} // namespace

InstrumentPicker::InstrumentPicker(Instrument current, std::function<void(Instrument)> chosen, QWidget* parent)
    : QWidget(parent, Qt::Popup), shown_(new QSortFilterProxyModel(this)),
      search_(new SearchField("Find an instrument", this)), list_(new QListView(this)), chosen_(std::move(chosen)) {
    setAccessibleName("Instrument");
    setAttribute(Qt::WA_DeleteOnClose);
    shown_->setFilterRole(Words);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    shown_->setSourceModel(&items_);
    list_->setModel(shown_);
    list_->setAccessibleName("Instruments");
    list_->setItemDelegate(new PickerDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    auto* column = new QVBoxLayout(this);
    const int inset = theme().px(8);
    column->setContentsMargins(inset, inset, theme().px(4), theme().px(4));
    column->setSpacing(theme().px(6));
    column->addWidget(search_);
    column->addWidget(list_, 1);
    resize(theme().px(248), theme().px(420));
    fill(current);
    search_->installEventFilter(this);
    connect(search_, &QLineEdit::textChanged, this, &InstrumentPicker::filter);
    connect(list_, &QListView::clicked, this, &InstrumentPicker::take);
    connect(list_, &QListView::activated, this, &InstrumentPicker::take);
}

void InstrumentPicker::fill(Instrument current) {
    const auto add = [&](const QString& name, const QString& family, int program, bool drums) {
        auto* item = new QStandardItem(name);
        item->setData(menuIcon(instrumentIcon(program, drums)), Qt::DecorationRole);
        item->setData(program, Program);
        item->setData(drums, Drums);
        item->setData(name + " " + family, Words);
        items_.appendRow(item);
        if (program == current.program && drums == current.drums)
            list_->setCurrentIndex(shown_->mapFromSource(item->index()));
    };
    for (int program = 0; program < 128; ++program) {
        const int family = program / kFamilySize;
        if (program % kFamilySize == 0) items_.appendRow(heading(familyName(family)));
        add(programName(program), familyName(family), program, false);
    }
    items_.appendRow(heading("Drum kits"));
    for (const auto& kit : drumKits()) add(kit.name, "drums", kit.program, true);
}

void InstrumentPicker::popUp(const QPoint& below) {
    const auto screen =
        (parentWidget() ? parentWidget()->screen() : QGuiApplication::primaryScreen())->availableGeometry();
    move(std::min(below.x(), screen.right() - width()),
         std::max(screen.top(), std::min(below.y(), screen.bottom() - height())));
    show();
    list_->scrollTo(list_->currentIndex(), QAbstractItemView::PositionAtCenter);
    search_->setFocus();
}

void InstrumentPicker::filter(const QString& text) {
    shown_->setFilterFixedString(text.trimmed());
    if (!text.trimmed().isEmpty()) list_->setCurrentIndex(shown_->index(0, 0));
}

void InstrumentPicker::take(const QModelIndex& index) {
    if (!index.isValid() || !(index.flags() & Qt::ItemIsSelectable)) return;
    const Instrument instrument{index.data(Program).toInt(), index.data(Drums).toBool()};
    const auto chosen = std::exchange(chosen_, {});
    close();
    if (chosen) chosen(instrument);
}

void InstrumentPicker::step(int by) {
    for (int row = list_->currentIndex().row() + by; row >= 0 && row < shown_->rowCount(); row += by) {
        const auto index = shown_->index(row, 0);
        if (index.flags() & Qt::ItemIsSelectable) return list_->setCurrentIndex(index);
    }
}

bool InstrumentPicker::eventFilter(QObject* object, QEvent* event) {
    if (object == search_ && event->type() == QEvent::KeyPress) switch (static_cast<QKeyEvent*>(event)->key()) {
        case Qt::Key_Up:
            return step(-1), true;
        case Qt::Key_Down:
            return step(1), true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            return take(list_->currentIndex()), true;
        default:
            break;
        }
    return QWidget::eventFilter(object, event);
}

void InstrumentPicker::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), theme().surface.popover);
    drawHairlineFrame(painter, rect(), theme().line.normal);
}

} // namespace continuo::ui
