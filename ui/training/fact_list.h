#pragma once

#include <QWidget>
#include <utility>
#include <vector>

namespace continuo::ui {

/// Rows of "what: how it is", the words secondary, the values primary, figures steady.
class FactList : public QWidget {
    Q_OBJECT

public:
    explicit FactList(QWidget* parent = nullptr);
    void setFacts(std::vector<std::pair<QString, QString>> facts);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<std::pair<QString, QString>> facts_;
};

} // namespace continuo::ui
