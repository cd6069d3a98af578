#include "ui/window/command_palette.h"

#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_rows.h"
#include "ui/widgets/search_field.h"

#include <QAction>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <algorithm>

namespace continuo::ui {
namespace {

constexpr int kWidth = 520, kHeight = 380, kTop = 70, kMost = 60;

enum Role { Where = Qt::UserRole, Keys };

/// The title, where it stands in secondary text behind it, its keys at the right.
class PaletteDelegate : public MenuRowDelegate {
public:
    using MenuRowDelegate::MenuRowDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        MenuRowDelegate::paint(painter, option, index);
        const auto font = textFont(TextSize::Body);
        const int used = QFontMetrics(font).horizontalAdvance(index.data().toString()) + theme().px(20);
        painter->setFont(textFont(TextSize::Caption));
        painter->setPen(theme().text.secondary);
        const auto rest = option.rect.adjusted(used, 0, -theme().px(10), 0);
        painter->drawText(rest, Qt::AlignLeft | Qt::AlignVCenter, index.data(Where).toString());
        painter->drawText(rest, Qt::AlignRight | Qt::AlignVCenter, index.data(Keys).toString());
    }
};

/// Whether the letters of `word` come in this order.
bool isSubsequence(const QString& word, const QString& text) {
    qsizetype at = 0;
    for (const auto letter : text)
        if (at < word.size() && letter == word[at]) ++at;
    return at == word.size();
}

int wordScore(const QString& word, const QString& title, const QString& where) {
    if (title.startsWith(word)) return 8;
    if (title.contains(QLatin1Char(' ') + word)) return 6;
    if (title.contains(word)) return 4;
    if (where.contains(word)) return 3;
    return word.size() > 1 && isSubsequence(word, title) ? 1 : 0;
}

void addEntries(const QList<QAction*>& actions, const QStringList& path, std::vector<PaletteEntry>& entries) {
    for (auto* action : actions) {
        const auto text = action->text().remove(QLatin1Char('&'));
        if (auto* menu = action->menu()) {
            Q_EMIT menu->aboutToShow(); // menus that are filled when they open
            addEntries(menu->actions(), path + QStringList{text}, entries);
        } else if (!action->isSeparator() && action->isEnabled()) {
            entries.push_back({text, path.join(QStringLiteral(", ")),
                               action->shortcut().toString(QKeySequence::NativeText), [action] { action->trigger(); }});
        }
    }
}

} // namespace

int paletteScore(const PaletteEntry& entry, const QString& query) {
    const auto title = entry.title.toLower(), where = entry.where.toLower();
    int score = 1;
    for (const auto& word : query.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const int part = wordScore(word, title, where);
        if (part == 0) return 0;
        score += part;
    }
    return score;
}

std::vector<PaletteEntry> entriesOf(const QMenuBar& menus) {
    std::vector<PaletteEntry> entries;
    addEntries(menus.actions(), {}, entries);
    return entries;
}

CommandPalette::CommandPalette(Source source, QWidget* parent)
    : SearchPopup(tr("Commands"), tr("Find a command. @ track  ! chord  / file  # setting  > generate"), parent),
      source_(std::move(source)) {
    setObjectName(QStringLiteral("palette"));
    setRows(items_, new PaletteDelegate);
    resize(theme().px(kWidth), theme().px(kHeight));
    filter({});
}

void CommandPalette::popUp() {
    const auto* window = parentWidget();
    move(window->mapToGlobal(QPoint((window->width() - width()) / 2, theme().px(kTop))));
    show();
    search().setFocus();
}

void CommandPalette::filter(const QString& text) {
    found_ = source_(text);
    const bool isFound = text.startsWith(QLatin1Char('@')) || text.startsWith(QLatin1Char('!')); // by the source
    const bool isPrefixed = !text.isEmpty() && QStringLiteral("@!/#>").contains(text.front());
    const auto query = isPrefixed ? text.mid(1) : text;
    std::erase_if(found_, [&](const auto& entry) { return !isFound && paletteScore(entry, query) == 0; });
    std::ranges::stable_sort(found_, std::greater{}, [&](const auto& entry) { return paletteScore(entry, query); });
    if (found_.size() > kMost) found_.resize(kMost);
    items_.clear();
    for (const auto& entry : found_) {
        auto* item = new QStandardItem(entry.title);
        item->setData(entry.where, Where);
        item->setData(entry.keys, Keys);
        items_.appendRow(item);
    }
    list().setCurrentIndex(items_.index(0, 0));
}

void CommandPalette::take(const QModelIndex& index) {
    if (!index.isValid()) return;
    const auto run = found_[static_cast<std::size_t>(index.row())].run;
    close();
    run();
}

} // namespace continuo::ui
