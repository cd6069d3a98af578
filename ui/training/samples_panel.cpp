#include "ui/training/samples_panel.h"
#include "engine/base/text.h"
#include "engine/midi/midi_file_reader.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/score_thumbnail.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QMouseEvent>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <set>

namespace continuo::ui {

namespace {

constexpr int kColumns = 3, kRows = 4, kMargin = 12;

QString stepText(std::int64_t step) {
    return SamplesPanel::tr("step %1").arg(QString::fromStdString(base::formatCount(step)));
}

/// All violet: every note of a sample is the net's.
void draw(ScoreThumbnail& picture, const score::Score& sample) {
    std::vector<ThumbnailNote> notes;
    for (const auto& track : sample.tracks)
        for (const auto& note : track.notes) notes.push_back({note.range(), note.pitch, ink::net});
    picture.setNotes(std::move(notes), {score::Tick{0}, score::lastTick(sample)});
}

} // namespace

SamplesPanel::SamplesPanel(QWidget* parent) : PanelFrame(tr("Samples"), parent) {
    addTitle(tr("Samples"));
    pages_ = new QStackedWidget(this);
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(kMargin, 0, kMargin, kMargin);
    column->setSpacing(8);
    gridBox_ = new QWidget(content);
    column->addWidget(gridBox_);
    column->addWidget(new Rule(content));
    auto* head = new QHBoxLayout;
    title_ = new Label({}, TextSize::Body, Weight::Semibold, ink::primary, content);
    caption_ = new Label({}, TextSize::Body, Weight::Regular, ink::secondary, content);
    play_ = new IconButton(QStringLiteral("play"), tr("Play this sample"), {}, content);
    play_->setSmall();
    open_ = new PushButton(tr("Open in roll"), ButtonKind::Normal, content);
    open_->setSize(ButtonSize::Small);
    open_->setIconName(QStringLiteral("jump"));
    head->addWidget(title_);
    head->addWidget(caption_);
    head->addStretch();
    head->addWidget(play_);
    head->addWidget(open_);
    column->addLayout(head);
    large_ = new ScoreThumbnail(tr("The chosen sample"), content);
    large_->setMinimumHeight(120);
    column->addWidget(large_, 1);
    pages_->addWidget(content);
    pages_->addWidget(new EmptyState(QStringLiteral("samples"), tr("Nothing written yet"),
                                     tr("While it trains, the net writes a short piece at each validation. "
                                        "See here how it gets better, play it, or open it in the roll."),
                                     this));
    add(pages_, 1);
    connect(open_, &PushButton::clicked, this,
            [this] { Q_EMIT openRequested(QString::fromStdString(chosen_.string())); });
    connect(play_, &IconButton::clicked, this, [this] {
        if (playing_)
            Q_EMIT stopRequested();
        else
            Q_EMIT playRequested(QString::fromStdString(chosen_.string()));
    });
    showRun(nullptr);
}

void SamplesPanel::setPlayhead(std::optional<score::Tick> at) {
    playing_ = at.has_value();
    play_->setIconName(playing_ ? QStringLiteral("stop") : QStringLiteral("play"));
    play_->setHelp(playing_ ? tr("Stop") : tr("Play this sample"), {});
    large_->setPlayhead(at);
}

void SamplesPanel::showRun(const RunRecord* run) {
    const auto samples = run ? run->samples : std::vector<std::filesystem::path>{};
    pages_->setCurrentIndex(samples.empty() ? 1 : 0);
    if (samples == samples_) return;
    const bool wasNewest = samples_.empty() || chosen_ == samples_.back();
    samples_ = samples;
    if (samples_.empty()) return;
    rebuild();
    const bool gone = std::ranges::find(samples_, chosen_) == samples_.end();
    choose(wasNewest || gone ? samples_.back() : chosen_);
}

void SamplesPanel::rebuild() {
    cells_.clear();
    delete gridBox_->layout();
    qDeleteAll(gridBox_->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly));
    grid_ = new QGridLayout(gridBox_);
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(6);
    std::set<std::int64_t> steps;
    for (const auto& sample : samples_) steps.insert(*sampleStep(sample));
    auto step = steps.end();
    for (std::size_t i = 0; i < std::min<std::size_t>(kColumns, steps.size()); ++i) --step;
    for (int column = 0; step != steps.end(); ++step, ++column) addColumn(*step, column);
    for (int column = 0; column < kColumns; ++column) grid_->setColumnStretch(column, 1);
}

void SamplesPanel::addColumn(std::int64_t step, int column) {
    grid_->addWidget(Label::caption(stepText(step), gridBox_), 0, column);
    int row = 1;
    for (const auto& sample : samples_) {
        if (sampleStep(sample) != step || row > kRows) continue;
        const auto read = midi::readFile(sample);
        if (!read) continue;
        auto* picture = new ScoreThumbnail(stepText(step), gridBox_);
        picture->setFixedHeight(56);
        picture->setCursor(Qt::PointingHandCursor);
        picture->installEventFilter(this);
        draw(*picture, read->score);
        grid_->addWidget(picture, row++, column);
        cells_.push_back({sample, picture});
    }
}

void SamplesPanel::choose(const std::filesystem::path& file) {
    chosen_ = file;
    for (const auto& cell : cells_) cell.picture->setChosen(cell.file == file);
    title_->setText(stepText(*sampleStep(file)));
    const auto read = midi::readFile(file);
    open_->setEnabled(read.has_value());
    play_->setEnabled(read.has_value());
    if (!read) return caption_->setText(QString::fromStdString(read.error().message));
    caption_->setText(tr("%1 notes").arg(score::noteCount(read->score)));
    draw(*large_, read->score);
}

void SamplesPanel::chooseNear(double step) {
    if (samples_.empty()) return;
    choose(*std::ranges::min_element(
        samples_, {}, [&](const auto& sample) { return std::abs(static_cast<double>(*sampleStep(sample)) - step); }));
}

bool SamplesPanel::eventFilter(QObject* watched, QEvent* event) {
    const auto cell =
        std::ranges::find(cells_, watched, [](const Cell& candidate) -> QObject* { return candidate.picture; });
    if (cell == cells_.end()) return PanelFrame::eventFilter(watched, event);
    if (event->type() == QEvent::MouseButtonPress) {
        choose(cell->file);
        if (playing_) Q_EMIT playRequested(QString::fromStdString(chosen_.string()));
    }
    if (event->type() == QEvent::MouseButtonDblClick) Q_EMIT openRequested(QString::fromStdString(cell->file.string()));
    return PanelFrame::eventFilter(watched, event);
}

} // namespace continuo::ui
