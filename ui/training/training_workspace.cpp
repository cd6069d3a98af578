#include "ui/training/training_workspace.h"
#include "ui/theme/theme.h"
#include "ui/training/run_panel.h"
#include "ui/training/runs_panel.h"
#include "ui/training/samples_panel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace continuo::ui {

namespace {

constexpr int kSmallBelow = 1500;

struct Sizes {
    int left, right, table;
};
constexpr Sizes kLarge{300, 400, 262}, kSmall{226, 268, 150};

} // namespace

TrainingWorkspace::TrainingWorkspace(TrainingDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk) {
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(4);
    line->addWidget(&desk.runPanel());
    auto* right = new QVBoxLayout;
    right->setSpacing(4);
    auto* top = new QHBoxLayout;
    top->setSpacing(4);
    top->addWidget(&desk.centre(), 1);
    top->addWidget(&desk.samplesPanel());
    right->addLayout(top, 1);
    right->addWidget(&desk.runsPanel());
    line->addLayout(right, 1);
    connect(&themeSignals(), &ThemeSignals::changed, this, &TrainingWorkspace::layOut);
    layOut();
}

void TrainingWorkspace::resizeEvent(QResizeEvent*) { layOut(); }

void TrainingWorkspace::layOut() {
    const auto& sizes = width() < theme().px(kSmallBelow) ? kSmall : kLarge;
    desk_.runPanel().setFixedWidth(theme().px(sizes.left));
    desk_.samplesPanel().setFixedWidth(theme().px(sizes.right));
    desk_.runsPanel().setFixedHeight(theme().px(sizes.table));
}

} // namespace continuo::ui
