#include "ui/training/run_header.h"
#include "engine/base/text.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/progress.h"

#include <QHBoxLayout>
#include <QTime>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace continuo::ui {

namespace {

/// A value over what it is.
QWidget* bigValue(Label*& value, const QString& what, QWidget* parent) {
    auto* box = new QWidget(parent);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    value = new Label({}, TextSize::Value, Weight::Semibold, ink::primary, box);
    column->addStretch();
    column->addWidget(value);
    column->addWidget(Label::caption(what, box));
    column->addStretch();
    return box;
}

PillKind pillOf(runs::RunState state) {
    using runs::RunState;
    if (state == RunState::Running || state == RunState::Starting) return PillKind::Net;
    if (state == RunState::Failed || state == RunState::Lost) return PillKind::Bad;
    return state == RunState::Paused ? PillKind::Hand : PillKind::Plain;
}

QString count(std::int64_t value) { return QString::fromStdString(base::formatCount(value)); }

QString leftText(const RunRecord& run) {
    if (!run.isActive()) return RunHeader::tr("trained for %1").arg(durationText(run.status.secondsTrained));
    if (run.status.state == runs::RunState::Paused) return RunHeader::tr("paused");
    if (!run.status.secondsLeft) return RunHeader::tr("estimating");
    const auto end = QTime::currentTime().addSecs(static_cast<int>(*run.status.secondsLeft));
    return RunHeader::tr("%1 left, done about %2")
        .arg(durationText(*run.status.secondsLeft), end.toString(QStringLiteral("HH:mm")));
}

} // namespace

std::optional<double> partDone(const runs::RunStatus& status) {
    if (status.state == runs::RunState::Finished) return 1.0;
    if (status.secondsLeft && status.secondsTrained + *status.secondsLeft > 0)
        return status.secondsTrained / (status.secondsTrained + *status.secondsLeft);
    if (status.maxSteps > 0 && status.step > 0)
        return std::min(1.0, static_cast<double>(status.step) / static_cast<double>(status.maxSteps));
    return {};
}

RunHeader::RunHeader(QWidget* parent) : PanelFrame(tr("The run in front"), parent) {
    auto* content = new QWidget(this);
    auto* line = new QHBoxLayout(content);
    line->setContentsMargins(14, 8, 14, 8);
    line->setSpacing(16);
    auto* names = new QVBoxLayout;
    names->setSpacing(2);
    auto* first = new QHBoxLayout;
    first->setSpacing(8);
    name_ = new Label({}, TextSize::Heading, Weight::Semibold, ink::primary, content);
    state_ = new Pill({}, PillKind::Net, content);
    first->addWidget(name_);
    first->addWidget(state_);
    first->addStretch();
    started_ = Label::caption({}, content);
    names->addLayout(first);
    names->addWidget(started_);
    line->addLayout(names);
    progress_ = new HonestProgress(tr("Training"), content);
    progress_->setInk(HonestProgress::Ink::Net);
    line->addWidget(progress_, 1);
    line->addWidget(bigValue(speed_, tr("tokens a second"), content));
    line->addWidget(bigValue(best_, tr("best validation"), content));
    add(content);
}

void RunHeader::showRun(const RunRecord& run) {
    const auto& status = run.status;
    name_->setText(run.name());
    state_->setText(QString::fromLatin1(runs::stateName(status.state)));
    state_->setKind(pillOf(status.state));
    started_->setText(run.started().isValid()
                          ? tr("started %1").arg(run.started().toString(QStringLiteral("d MMM, HH:mm")))
                          : QString());
    const bool bySteps = status.maxSteps > 0;
    progress_->setTexts(bySteps ? tr("%1 of %2 steps").arg(count(status.step), count(status.maxSteps))
                                : tr("%1 steps").arg(count(status.step)),
                        leftText(run));
    if (const auto part = partDone(status))
        progress_->setPart(*part);
    else if (run.isActive())
        progress_->setEstimating();
    else
        progress_->setPart(0);
    speed_->setText(status.tokensPerSecond > 0 ? count(std::llround(status.tokensPerSecond)) : QStringLiteral("–"));
    best_->setText(status.bestValidationLoss ? lossText(*status.bestValidationLoss) : QStringLiteral("–"));
}

} // namespace continuo::ui
