#include "ui/pianoroll/lanes/lane_picker.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_rows.h"
#include "ui/widgets/search_field.h"

#include <QGuiApplication>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QSortFilterProxyModel>

namespace continuo::ui {
namespace {

enum Role { Index = Qt::UserRole, Words, Events };

/// Headings are rows that cannot be chosen; how many events there are stands at the right.
class PickerDelegate : public MenuRowDelegate {
public:
    using MenuRowDelegate::MenuRowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        if (index.flags() & Qt::ItemIsSelectable) {
            MenuRowDelegate::paint(painter, option, index);
            const auto events = index.data(Events).toULongLong();
            if (events == 0) return;
            painter->setFont(textFont(TextSize::Caption));
            painter->setPen(theme().text.secondary);
            return drawFigures(*painter, QRectF(option.rect).adjusted(0, 0, -theme().px(8), 0),
                               Qt::AlignRight | Qt::AlignVCenter, QString::number(events));
        }
        painter->setFont(textFont(TextSize::Caption, Weight::Semibold));
        painter->setPen(theme().text.secondary);
        painter->drawText(option.rect.adjusted(theme().px(8), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                          index.data().toString());
    }
};

} // namespace

LanePicker::LanePicker(const std::vector<LaneChoices>& groups, std::function<void(LaneSubject)> chosen, QWidget* parent)
    : SearchPopup(tr("Lanes"), tr("Find a value or controller"), parent), shown_(new QSortFilterProxyModel(this)),
      chosen_(std::move(chosen)) {
    for (const auto& group : groups) {
        auto* heading = new QStandardItem(group.heading);
        heading->setFlags(Qt::ItemIsEnabled);
        items_.appendRow(heading);
        for (const auto& choice : group.choices) {
            auto* item = new QStandardItem(choice.name);
            item->setData(static_cast<int>(subjects_.size()), Index);
            item->setData(choice.name, Words);
            item->setData(QVariant::fromValue(static_cast<qulonglong>(choice.events)), Events);
            items_.appendRow(item);
            subjects_.push_back(choice.subject);
        }
    }
    shown_->setFilterRole(Words);
    shown_->setFilterCaseSensitivity(Qt::CaseInsensitive);
    shown_->setSourceModel(&items_);
    setRows(*shown_, new PickerDelegate);
    list().setCurrentIndex(shown_->index(1, 0));
    resize(theme().px(248), theme().px(380));
}

void LanePicker::popUp(const QPoint& below) {
    const auto screen =
        (parentWidget() ? parentWidget()->screen() : QGuiApplication::primaryScreen())->availableGeometry();
    move(std::min(below.x(), screen.right() - width()),
         std::max(screen.top(), std::min(below.y(), screen.bottom() - height())));
    show();
    search().setFocus();
}

void LanePicker::filter(const QString& text) {
    shown_->setFilterFixedString(text.trimmed());
    list().setCurrentIndex(shown_->index(text.trimmed().isEmpty() ? 1 : 0, 0));
}

void LanePicker::take(const QModelIndex& index) {
    if (!index.isValid() || !(index.flags() & Qt::ItemIsSelectable)) return;
    const auto subject = subjects_[static_cast<std::size_t>(index.data(Index).toInt())];
    const auto chosen = std::exchange(chosen_, {});
    close();
    if (chosen) chosen(subject);
}

} // namespace continuo::ui
