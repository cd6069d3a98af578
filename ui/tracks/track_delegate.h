#pragma once

#include <QStyledItemDelegate>

namespace continuo::ui {

/// Paints a track row: stripe, icon, name over instrument; eye, M, S, the disc of the track that records; a padlock,
/// what the net does with it, or what is wrong with its channel and what mends it. And the row of a group. Presses on
/// these parts are told, and act on nothing else.
class TrackDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    enum class Part { None, Eye, Mute, Solo, Arm, Lock, NetRole, Mend, Fold };

    explicit TrackDelegate(QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const override;
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
    bool helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                   const QModelIndex& index) override;

    static Part partAt(const QRect& row, const QPoint& at, const QModelIndex& index);
    /// Where a part is; of a group (its rows are low) only Fold, Mute and Solo.
    static QRect rectOf(Part part, const QRect& row);

Q_SIGNALS:
    void partPressed(const QModelIndex& index, continuo::ui::TrackDelegate::Part part);

private:
    void paintTrack(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void paintGroup(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void drawSecondLine(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const;
    void drawButton(QPainter& painter, Part part, const QRect& row, const QModelIndex& index) const;
    QRect nameRect(const QRect& row) const;
};

} // namespace continuo::ui
