#pragma once

#include <QWidget>

class QHBoxLayout;

namespace continuo::ui {

class Chip;

/// The foot of the window: at the left what the pointer can do here, at the right chips with hairlines between them.
class StatusBar : public QWidget {
    Q_OBJECT
public:
    explicit StatusBar(QWidget* parent = nullptr);

    /// Words; a word in brackets is drawn as a key: "Drag moves 7 notes  [Alt] no snap".
    void setHint(const QString& hint);
    /// Hidden until it has content. Chips stand in the order they were added.
    Chip* addChip(const QString& name);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void applyMetrics();

    QString hint_;
    QHBoxLayout* chips_;
};

} // namespace continuo::ui
