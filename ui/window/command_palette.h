#pragma once

#include "ui/widgets/search_popup.h"

#include <QStandardItemModel>
#include <functional>
#include <vector>

class QMenuBar;

namespace continuo::ui {

/// Something that can be done, by name.
struct PaletteEntry {
    QString title; // "Quantize"
    QString where; // "Notes, Time"
    QString keys;  // "Q"
    std::function<void()> run;
};

/// How well `query` finds `entry`: above 0 where it does, more for better. Every word of the query must be in the title
/// or in where it stands; words that begin a word of the title count most; letters in order are enough, and count
/// least.
int paletteScore(const PaletteEntry& entry, const QString& query);

/// Every action of the menus that can be done now, with the path to it.
std::vector<PaletteEntry> entriesOf(const QMenuBar& menus);

/// Search over everything: typing narrows the list, Enter does the first or the chosen one, Esc closes.
class CommandPalette : public SearchPopup {
    Q_OBJECT

public:
    /// What there is to find for a text as typed, unsorted.
    using Source = std::function<std::vector<PaletteEntry>(const QString& text)>;

    CommandPalette(Source source, QWidget* parent);
    void popUp();

protected:
    void filter(const QString& text) override;
    void take(const QModelIndex& index) override;

private:
    Source source_;
    std::vector<PaletteEntry> found_;
    QStandardItemModel items_;
};

} // namespace continuo::ui
