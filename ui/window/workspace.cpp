#include "ui/window/workspace.h"

#include "ui/theme/theme.h"

#include <algorithm>

namespace continuo::ui {

Workspace::Workspace(const QString& name, QWidget* parent) : QSplitter(Qt::Horizontal, parent) {
    setAccessibleName(name);
    setChildrenCollapsible(false);
    setHandleWidth(theme().px(4));
    connect(this, &QSplitter::splitterMoved, this, [this] { arranged_ = true; });
}

void Workspace::setPanels(QWidget* left, QWidget* centre, QWidget* right) {
    for (auto* panel : {left, centre, right})
        if (panel) addWidget(panel);
    setStretchFactor(1, 1);
}

void Workspace::applyWidths(bool small, const QList<int>& remembered) {
    arranged_ = false;
    if (remembered.size() == count()) return setSizes(remembered);
    const int left = theme().px(small ? 212 : 268);
    const int right = count() > 2 ? theme().px(small ? 258 : 316) : 0;
    QList<int> widths{left, std::max(1, width() - left - right - (count() - 1) * handleWidth())};
    if (count() > 2) widths << right;
    setSizes(widths);
}

QSplitter* stackedPanels(QWidget* upper, QWidget* lower, int upperShare, int lowerShare) {
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->setHandleWidth(theme().px(4));
    splitter->addWidget(upper);
    splitter->addWidget(lower);
    splitter->setStretchFactor(0, upperShare);
    splitter->setStretchFactor(1, lowerShare);
    splitter->setSizes({upperShare * 100, lowerShare * 100});
    return splitter;
}

} // namespace continuo::ui
