#pragma once

#include "ui/events/event_cells.h"

#include <QAbstractTableModel>
#include <QTimer>
#include <optional>

namespace continuo::ui {

/// The events of the current track, or of the selection, in order of time, as rows that read the score where it lies.
/// After a change of the score the rows are found again on the next turn of the event loop; until then cells are empty.
class EventListModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Scope { Track, Selection };

    explicit EventListModel(ScoreDocument& document, QObject* parent = nullptr);

    void setScope(Scope scope);
    Scope scope() const { return scope_; }
    void setKinds(EventKinds kinds);
    /// Off: nothing is kept up to date.
    void setActive(bool active);
    /// Finds the rows now where they are to be found again.
    void bringUpToDate();

    const std::vector<EventRow>& rows() const { return rows_; }
    /// The row of a thing of the score; -1 where it has none.
    int rowOf(std::uint64_t id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// What was typed is no value; one sentence. Empty: all is well again.
    void refused(const QString& sentence);

private:
    void forget();
    void selectionMoved();
    std::vector<EventRow> wanted() const;

    ScoreDocument& document_;
    std::vector<EventRow> rows_;
    Scope scope_ = Scope::Track;
    EventKinds kinds_ = kAllEvents;
    bool active_ = false, stale_ = true;
    QTimer soon_;
};

} // namespace continuo::ui
