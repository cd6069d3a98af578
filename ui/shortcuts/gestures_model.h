#pragma once

#include "ui/shortcuts/shortcuts.h"

#include <QAbstractTableModel>
#include <functional>

namespace continuo::ui {

/// What there is to choose for the mouse, told by whoever has the table of gestures.
struct GestureSource {
    struct Row {
        QString id;      // "select note Ctrl drag", as own gestures are kept
        QString where;   // "Select tool, on a note"
        QString gesture; // "Ctrl drag"
        QString action;  // id of what it does
    };
    struct Choice {
        QString action;
        QString does; // "copies the note"
    };
    std::function<std::vector<Row>()> rows;                          // of the present preset with own gestures
    std::function<std::vector<Choice>(const QString& id)> choicesOf; // what a gesture can do
};

/// The gestures with what they do now, those that a search finds.
class GesturesModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { kWhere, kGesture, kDoes, kColumns };

    explicit GesturesModel(GestureSource source, QObject* parent = nullptr);

    void setSearch(const QString& text);
    QString idAt(const QModelIndex& index) const;
    QString actionOf(const QString& id) const;
    QModelIndex indexOf(const QString& id) const;
    std::vector<GestureSource::Choice> choicesOf(const QString& id) const { return source_.choicesOf(id); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void refresh();
    QString doesOf(const GestureSource::Row& row) const;

    GestureSource source_;
    QString search_;
    std::vector<GestureSource::Row> rows_;
};

} // namespace continuo::ui
