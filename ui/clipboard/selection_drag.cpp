#include "ui/clipboard/selection_drag.h"

#include "engine/midi/midi_file_writer.h"
#include "ui/clipboard/clip_mime.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QApplication>
#include <QDrag>
#include <QFileInfo>
#include <QMouseEvent>
#include <QUrl>

namespace continuo::ui {

SelectionDrag::SelectionDrag(ScoreDocument& document, QWidget& handle)
    : QObject(&handle), document_(document), handle_(handle) {
    handle.installEventFilter(this);
    carryOut = [this](std::unique_ptr<QMimeData> data) {
        auto* drag = new QDrag(&handle_); // Qt deletes it when the drag is over
        drag->setMimeData(data.release());
        drag->setPixmap(
            icon(QStringLiteral("file"), theme().iconSize.stage, theme().text.primary, handle_.devicePixelRatioF()));
        drag->exec(Qt::CopyAction);
    };
}

SelectionDrag::~SelectionDrag() = default;

QString SelectionDrag::fileName() const {
    const auto& meters = document_.meterMap();
    score::TickRange span{score::Tick{INT64_MAX}, score::Tick{0}};
    for (const auto& part : document_.selectedNotes())
        span = {std::min(span.start, part.notes.front().onset), std::max(span.end, part.notes.back().onset)};
    const auto first = meters.positionAt(span.start).bar + 1, last = meters.positionAt(span.end).bar + 1;
    const auto bars = first == last ? tr("bar %1").arg(first) : tr("bars %1-%2").arg(first).arg(last);
    const auto piece = document_.path().empty()
                           ? tr("Untitled")
                           : QFileInfo(QString::fromStdString(document_.path().string())).completeBaseName();
    return QStringLiteral("%1 %2.mid").arg(piece, bars);
}

std::unique_ptr<QMimeData> SelectionDrag::data() {
    const auto ids = selectedIds(document_);
    if (ids.empty()) return nullptr;
    if (!folder_) folder_ = std::make_unique<QTemporaryDir>();
    auto data = std::make_unique<ClipMimeData>(document_.score(), ids);
    const auto file = folder_->filePath(fileName());
    if (!folder_->isValid() ||
        !midi::saveFile(data->piece(), std::filesystem::path(QFile::encodeName(file).toStdString())))
        return nullptr;
    data->setUrls({QUrl::fromLocalFile(file)});
    return data;
}

void SelectionDrag::begin() {
    press_.reset();
    if (auto* button = qobject_cast<QAbstractButton*>(&handle_)) button->setDown(false); // the drag takes the release
    if (auto dragged = data()) carryOut(std::move(dragged));
}

bool SelectionDrag::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonPress) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        if (mouse->button() == Qt::LeftButton) press_ = mouse->position().toPoint();
    } else if (event->type() == QEvent::MouseButtonRelease) {
        press_.reset();
    } else if (event->type() == QEvent::MouseMove && press_) {
        const auto moved = static_cast<QMouseEvent*>(event)->position().toPoint() - *press_;
        if (moved.manhattanLength() >= QApplication::startDragDistance()) {
            begin();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace continuo::ui
