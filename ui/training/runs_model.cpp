#include "ui/training/runs_model.h"
#include "engine/base/text.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QVariant>

namespace continuo::ui {

namespace {

constexpr std::size_t kSparkPoints = 60;

QString count(std::int64_t value) { return QString::fromStdString(base::formatCount(value)); }

QColor stateInk(runs::RunState state) {
    using runs::RunState;
    if (state == RunState::Running || state == RunState::Starting) return theme().model.base;
    if (state == RunState::Failed || state == RunState::Lost) return theme().status.error;
    return state == RunState::Paused ? theme().accent.base : theme().text.secondary;
}

int alignment(int column) {
    const bool number = column == RunsModel::Size || column >= RunsModel::Step;
    return static_cast<int>(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace

std::vector<double> sparkline(const RunRecord& run, std::size_t count) {
    const auto trend = trendOf(run.curves.curve(kTrainLoss).values, 0.6);
    if (trend.size() <= count) return trend;
    std::vector<double> values(count);
    for (std::size_t i = 0; i < count; ++i) values[i] = trend[i * (trend.size() - 1) / (count - 1)];
    return values;
}

RunsModel::RunsModel(const RunWatcher& watcher, QObject* parent) : QAbstractTableModel(parent), watcher_(watcher) {
    connect(&watcher, &RunWatcher::runsChanged, this, &RunsModel::refresh);
    connect(&watcher, &RunWatcher::metricsArrived, this, &RunsModel::refresh);
    refresh();
}

void RunsModel::refresh() {
    QStringList ids;
    for (const auto& run : watcher_.runs()) ids << run->id();
    if (ids == ids_) {
        if (!ids_.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    ids_ = ids;
    endResetModel();
}

void RunsModel::setSeries(std::map<QString, int> series) {
    series_ = std::move(series);
    if (!ids_.isEmpty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int RunsModel::rowOf(const QString& id) const { return static_cast<int>(ids_.indexOf(id)); }

int RunsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(ids_.size());
}

int RunsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString RunsModel::text(const RunRecord& run, int column) const {
    switch (column) {
    case Name:
        return run.name();
    case State:
        return stateText(run);
    case Data:
        return QString::fromStdString(std::filesystem::path(run.status.dataset).filename().string());
    case Size:
        return sizeName(run.status.network);
    case Step:
        return count(run.status.step);
    case Best:
        return run.status.bestValidationLoss ? lossText(*run.status.bestValidationLoss) : QString();
    case Time:
        return durationText(run.status.secondsTrained);
    default:
        return {};
    }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
    const auto* run = watcher_.find(ids_.value(index.row()));
    if (!run) return {};
    if (role == Qt::DisplayRole) return text(*run, index.column());
    if (role == IdRole) return run->id();
    if (role == SeriesRole) {
        const auto found = series_.find(run->id());
        return found == series_.end() ? -1 : found->second;
    }
    if (role == SparkRole) return QVariant::fromValue(sparkline(*run, kSparkPoints));
    if (role == Qt::ForegroundRole && index.column() == State) return stateInk(run->status.state);
    if (role == Qt::FontRole && (index.column() == Name || index.column() == Best))
        return textFont(TextSize::Body, Weight::Medium);
    if (role == Qt::TextAlignmentRole) return alignment(index.column());
    if (role == Qt::ToolTipRole)
        return run->status.reason.empty() ? run->id() : QString::fromStdString(run->status.reason);
    return {};
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return alignment(section);
    if (role != Qt::DisplayRole) return {};
    const QStringList names{tr("Name"), tr("State"), tr("Data"),      tr("Size"),
                            tr("Loss"), tr("Step"),  tr("Best val."), tr("Time")};
    return names.value(section);
}

} // namespace continuo::ui
