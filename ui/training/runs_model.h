#pragma once

#include "ui/training/run_watcher.h"

#include <QAbstractTableModel>

namespace continuo::ui {

/// All runs as a table. The series of a run in the plots (0 in front, 2 to 7 behind it, -1 not drawn) is set from
/// outside.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, State, Data, Size, Loss, Step, Best, Time, ColumnCount };
    enum Role { IdRole = Qt::UserRole, SeriesRole, SparkRole };

    explicit RunsModel(const RunWatcher& watcher, QObject* parent = nullptr);

    void setSeries(std::map<QString, int> series);
    int rowOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    QString text(const RunRecord& run, int column) const;

    const RunWatcher& watcher_;
    QStringList ids_;
    std::map<QString, int> series_;
};

/// The loss over the steps as at most `count` values, for a drawing of a few pixels.
std::vector<double> sparkline(const RunRecord& run, std::size_t count);

} // namespace continuo::ui
