#include "ui/training/checkpoint_list.h"
#include "engine/base/text.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/push_button.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace continuo::ui {

namespace {

constexpr std::size_t kRows = 4;

/// The newest ones, and the best whatever its age.
std::vector<const runs::CheckpointEntry*> shownOf(const RunRecord& run) {
    std::vector<const runs::CheckpointEntry*> entries;
    for (auto entry = run.checkpoints.rbegin(); entry != run.checkpoints.rend() && entries.size() < kRows; ++entry)
        entries.push_back(&*entry);
    const auto* best = run.best();
    if (best && std::find(entries.begin(), entries.end(), best) == entries.end()) entries.back() = best;
    return entries;
}

} // namespace

CheckpointList::CheckpointList(QWidget* parent) : QWidget(parent), rows_(new QVBoxLayout(this)) {
    rows_->setContentsMargins(0, 0, 0, 0);
    rows_->setSpacing(2);
}

void CheckpointList::showRun(const RunRecord* run) {
    std::vector<const runs::CheckpointEntry*> entries;
    if (run) entries = shownOf(*run);
    std::vector<std::filesystem::path> paths;
    for (const auto* entry : entries) paths.push_back(entry->path);
    if (run && run->best()) paths.push_back(run->best()->path);
    if (paths == shown_) return;
    shown_ = paths;
    while (auto* item = rows_->takeAt(0)) {
        item->widget()->deleteLater();
        delete item;
    }
    for (const auto* entry : entries)
        rows_->addWidget(rowOf(*entry, entry == run->best(), entry == &run->checkpoints.back()));
    if (entries.empty())
        rows_->addWidget(Label::caption(tr("None yet. The first comes with the first validation."), this));
}

QWidget* CheckpointList::rowOf(const runs::CheckpointEntry& entry, bool best, bool newest) {
    auto* row = new QWidget(this);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(8);
    line->addWidget(new Label(QString::fromStdString(base::formatCount(entry.step)), TextSize::Body, Weight::Regular,
                              ink::primary, row));
    if (entry.validationLoss)
        line->addWidget(
            new Label(lossText(*entry.validationLoss), TextSize::Body, Weight::Regular, ink::secondary, row));
    if (best) line->addWidget(new Pill(tr("best"), PillKind::Net, row));
    if (newest && !best) line->addWidget(new Pill(tr("newest"), PillKind::Plain, row));
    line->addStretch();
    auto* load = new PushButton(tr("Load"), ButtonKind::Plain, row);
    load->setSize(ButtonSize::Small);
    load->setToolTip(tr("Use this net in Generate"));
    connect(load, &PushButton::clicked, this,
            [this, path = QString::fromStdString(entry.path.string())] { Q_EMIT loadRequested(path); });
    line->addWidget(load);
    return row;
}

} // namespace continuo::ui
