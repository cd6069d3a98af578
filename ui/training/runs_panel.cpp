#include "ui/training/runs_panel.h"
#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/list_rows.h"

#include <QFileDialog>
#include <QHeaderView>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

namespace continuo::ui {

namespace {

constexpr int kSquare = 10, kSquareLeft = 12, kNameIndent = 24;

QColor seriesInk(int series) {
    return theme().plot.series[static_cast<std::size_t>(series) % theme().plot.series.size()];
}

/// Rows of the run table: the square of the name, the dot of the state, the curve of the loss.
class RunRowDelegate : public TableRowDelegate {
public:
    using TableRowDelegate::TableRowDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        if (index.column() != RunsModel::Name) {
            TableRowDelegate::paint(painter, option, index);
            if (index.column() == RunsModel::Loss) drawSpark(*painter, option.rect, index);
            return;
        }
        const auto wordless = index.siblingAtColumn(RunsModel::Loss); // draws the ground under the square
        TableRowDelegate::paint(painter, option, wordless);
        auto words = option;
        words.rect.setLeft(option.rect.left() + kNameIndent);
        TableRowDelegate::paint(painter, words, index);
        drawSquare(*painter, option.rect, index.data(RunsModel::SeriesRole).toInt());
    }

private:
    static void drawSquare(QPainter& painter, const QRect& cell, int series) {
        const QRectF square(cell.left() + kSquareLeft, cell.center().y() - kSquare / 2.0 + 1, kSquare, kSquare);
        if (series >= 0)
            fillRounded(painter, square, 3, seriesInk(series));
        else
            strokeRounded(painter, square, 3, theme().line.control, 1.5);
    }

    static void drawSpark(QPainter& painter, const QRect& cell, const QModelIndex& index) {
        const auto values = index.data(RunsModel::SparkRole).value<std::vector<double>>();
        if (values.size() < 2) return;
        const auto [low, high] = std::ranges::minmax(values);
        const QRectF room = QRectF(cell).adjusted(8, 7, -8, -6);
        QPainterPath path;
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double x =
                room.left() + room.width() * static_cast<double>(i) / static_cast<double>(values.size() - 1);
            const QPointF at(x, room.bottom() - room.height() * (high > low ? (values[i] - low) / (high - low) : 0.5));
            i == 0 ? path.moveTo(at) : path.lineTo(at);
        }
        const int series = index.data(RunsModel::SeriesRole).toInt();
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(series >= 0 ? seriesInk(series) : theme().text.secondary, 1.25));
        painter.drawPath(path);
        painter.restore();
    }
};

} // namespace

RunsPanel::RunsPanel(const RunWatcher& watcher, QWidget* parent) : PanelFrame(tr("Runs"), parent) {
    auto* title = addTitle(tr("Runs"));
    auto* folder = new IconButton(QStringLiteral("folder"), tr("Watch another folder of runs"), {}, this);
    folder->setSmall();
    title->add(folder);
    model_ = new RunsModel(watcher, this);
    table_ = new QTableView(this);
    table_->setModel(model_);
    dressTable(*table_, tr("Runs"));
    table_->setItemDelegate(new RunRowDelegate(table_));
    table_->viewport()->installEventFilter(this);
    sizeColumns();
    pages_ = new QStackedWidget(this);
    pages_->addWidget(table_);
    pages_->addWidget(new EmptyState(QStringLiteral("train"), tr("No runs yet"),
                                     tr("Each training run is a line here, with its loss and its best checkpoint. "
                                        "Runs started from a terminal appear by themselves."),
                                     this));
    add(pages_, 1);
    connect(folder, &IconButton::clicked, this, &RunsPanel::chooseFolder);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& row) {
        const auto id = row.data(RunsModel::IdRole).toString();
        if (id.isEmpty() || id == chosen_) return;
        chosen_ = id;
        Q_EMIT runChosen(id);
    });
    connect(model_, &QAbstractItemModel::modelReset, this, [this] { showTableOrEmpty(), select(chosen_); });
    showTableOrEmpty();
}

/// Words share what the figures leave.
void RunsPanel::sizeColumns() {
    auto* header = table_->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::Stretch);
    for (const int column : {RunsModel::Size, RunsModel::Step, RunsModel::Best, RunsModel::Time}) {
        header->setSectionResizeMode(column, QHeaderView::Fixed);
        header->resizeSection(column, theme().px(84));
    }
    header->setSectionResizeMode(RunsModel::Loss, QHeaderView::Fixed);
    header->resizeSection(RunsModel::Loss, theme().px(120));
}

void RunsPanel::showTableOrEmpty() { pages_->setCurrentIndex(model_->rowCount() > 0 ? 0 : 1); }

void RunsPanel::select(const QString& id) {
    chosen_ = id;
    const int row = model_->rowOf(id);
    if (row >= 0)
        table_->selectRow(row);
    else
        table_->clearSelection();
}

void RunsPanel::chooseFolder() {
    const auto folder = QFileDialog::getExistingDirectory(this, tr("A folder of training runs, or one run"));
    if (!folder.isEmpty()) Q_EMIT folderChosen(folder);
}

bool RunsPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == table_->viewport() && event->type() == QEvent::MouseButtonPress) {
        const auto* mouse = static_cast<QMouseEvent*>(event);
        const auto cell = table_->indexAt(mouse->position().toPoint());
        const auto left = table_->visualRect(cell).left();
        if (cell.isValid() && cell.column() == RunsModel::Name && mouse->position().x() < left + kNameIndent) {
            Q_EMIT comparisonToggled(cell.data(RunsModel::IdRole).toString());
            return true;
        }
    }
    return PanelFrame::eventFilter(watched, event);
}

void RunsPanel::resizeEvent(QResizeEvent* event) {
    PanelFrame::resizeEvent(event);
    const bool narrow = width() < theme().px(900);
    table_->setColumnHidden(RunsModel::Data, narrow);
    table_->setColumnHidden(RunsModel::Loss, narrow);
}

} // namespace continuo::ui
