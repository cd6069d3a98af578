#pragma once

#include <QStyledItemDelegate>

namespace continuo::ui {

class TrackModel;

/// Paints a track row: stripe, icon, name over instrument; eye, M, S, and the disc of the track that records. Presses
/// on them act at once.
class TrackDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    enum class Part { None, Eye, Mute, Solo, Arm };

    explicit TrackDelegate(TrackModel& model, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    static Part partAt(const QRect& row, const QPoint& at);
    static QRect rectOf(Part part, const QRect& row);

Q_SIGNALS:
    void armPressed(const QModelIndex& index);

private:
    void drawButton(QPainter& painter, Part part, const QRect& row, const QModelIndex& index) const;
    QRect nameRect(const QRect& row) const;

    TrackModel& model_;
};

} // namespace continuo::ui
