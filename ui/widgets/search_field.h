#pragma once

#include <QLineEdit>

namespace continuo::ui {

/// A line to type a search into: a lens before it, a cross behind it while it holds text.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(const QString& placeholder, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void applyMetrics();
};

} // namespace continuo::ui
