#include "ui/tracks/instrument_picker.h"

#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/widgets/list_rows.h"
#include "ui/widgets/search_field.h"

#include <QGuiApplication>
#include <QLayout>
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
        if (index.flags() & Qt::ItemIsSelectable) {
            MenuRowDelegate::paint(painter, option, index);
            painter->setFont(textFont(TextSize::Caption));
            painter->setPen(theme().text.disabled);
            return drawFigures(*painter, QRectF(option.rect).adjusted(0, 0, -theme().px(8), 0),
                               Qt::AlignRight | Qt::AlignVCenter, QString::number(index.data(Program).toInt() + 1));
        }
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

constexpr std::size_t kRecent = 5;

/// What was taken last in this session, the latest first.
std::vector<Instrument>& recent() {
    static std::vector<Instrument> taken;
    return taken;
}

void remember(Instrument instrument) {
    std::erase(recent(), instrument);
    recent().insert(recent().begin(), instrument);
    if (recent().size() > kRecent) recent().resize(kRecent);
}

} // namespace

InstrumentPicker::InstrumentPicker(Instrument current, std::function<void(Instrument)> chosen, QWidget* parent)
    : SearchPopup("Instruments", "Find an instrument", parent), shown_(new QSortFilterProxyModel(this)),
      chosen_(std::move(chosen)) {
    shown_->setFilterRole(Words);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    shown_->setSourceModel(&items_);
    setRows(*shown_, new PickerDelegate);
    resize(theme().px(300), theme().px(420));
    fill(current);
    connect(list().selectionModel(), &QItemSelectionModel::currentChanged, this, &InstrumentPicker::browsed);
}

void InstrumentPicker::setFoot(QWidget* foot) {
    layout()->addWidget(foot);
    resize(width(), height() + foot->sizeHint().height());
}

std::optional<Instrument> InstrumentPicker::marked() {
    const auto index = list().currentIndex();
    if (!index.isValid() || !(index.flags() & Qt::ItemIsSelectable)) return std::nullopt;
    return Instrument{index.data(Program).toInt(), index.data(Drums).toBool()};
}

void InstrumentPicker::fill(Instrument current) {
    const auto add = [&](const QString& name, const QString& family, int program, bool drums) {
        auto* item = new QStandardItem(name);
        item->setData(menuIcon(instrumentIcon(program, drums)), Qt::DecorationRole);
        item->setData(program, Program);
        item->setData(drums, Drums);
        item->setData(QString("%1 %2 %3").arg(name, family).arg(program + 1), Words);
        items_.appendRow(item);
        if (program == current.program && drums == current.drums)
            list().setCurrentIndex(shown_->mapFromSource(item->index()));
    };
    if (!recent().empty()) items_.appendRow(heading(tr("Taken last")));
    for (const auto& taken : recent())
        add(instrumentName(taken.program, taken.drums), tr("taken last"), taken.program, taken.drums);
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
    remember(instrument);
    close();
    if (chosen) chosen(instrument);
}

} // namespace continuo::ui
