#include "ui/tracks/instrument_picker.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/widgets/list_rows.h"
#include "ui/widgets/search_field.h"

#include <QGuiApplication>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QSortFilterProxyModel>

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
    : SearchPopup("Instruments", "Find an instrument", parent), shown_(new QSortFilterProxyModel(this)),
      chosen_(std::move(chosen)) {
    shown_->setFilterRole(Words);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    shown_->setSourceModel(&items_);
    setRows(*shown_, new PickerDelegate);
    resize(theme().px(248), theme().px(420));
    fill(current);
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
            list().setCurrentIndex(shown_->mapFromSource(item->index()));
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
    list().scrollTo(list().currentIndex(), QAbstractItemView::PositionAtCenter);
    search().setFocus();
}

void InstrumentPicker::filter(const QString& text) {
    shown_->setFilterFixedString(text.trimmed());
    if (!text.trimmed().isEmpty()) list().setCurrentIndex(shown_->index(0, 0));
}

void InstrumentPicker::take(const QModelIndex& index) {
    if (!index.isValid() || !(index.flags() & Qt::ItemIsSelectable)) return;
    const Instrument instrument{index.data(Program).toInt(), index.data(Drums).toBool()};
    const auto chosen = std::exchange(chosen_, {});
    close();
    if (chosen) chosen(instrument);
}

} // namespace continuo::ui
