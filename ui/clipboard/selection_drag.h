#pragma once

#include "ui/document/score_document.h"

#include <QObject>
#include <QPoint>
#include <QTemporaryDir>
#include <functional>
#include <memory>
#include <optional>

class QMimeData;
class QWidget;

namespace continuo::ui {

/// Lets the selected notes be dragged by a widget out of the window: to other programs as music, to folders as a .mid
/// file. A click on the widget stays a click.
class SelectionDrag : public QObject {
    Q_OBJECT

public:
    SelectionDrag(ScoreDocument& document, QWidget& handle);
    ~SelectionDrag() override;

    /// What is dragged; null where nothing is selected or the file cannot be written. The file lasts as long as this.
    std::unique_ptr<QMimeData> data();
    /// Shows the drag and returns when it is over; a test puts its own here.
    std::function<void(std::unique_ptr<QMimeData>)> carryOut;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QString fileName() const;
    void begin();

    ScoreDocument& document_;
    QWidget& handle_;
    std::optional<QPoint> press_;
    std::unique_ptr<QTemporaryDir> folder_;
};

} // namespace continuo::ui
