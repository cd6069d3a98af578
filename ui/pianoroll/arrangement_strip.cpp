#include "ui/pianoroll/arrangement_strip.h"

#include "engine/base/stopwatch.h"
#include "ui/pianoroll/playhead.h"
#include "ui/theme/colours.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <vector>

namespace continuo::ui {
namespace {

constexpr double kTop = 18, kFoot = 8;
constexpr double kCurrentRow = 2.2; // rows tall
constexpr double kSmallestRow = 3;
constexpr int kNamesFrom = 70; // px of gutter
constexpr int kPauseMs = 120;
constexpr double kLongMs = 4; // to paint the music
constexpr double kFrameFill = 0.05, kFrameEdge = 0.55, kTargetWash = 0.22;

/// Marks the columns in which a pitch sounds.
void inkCells(const NoteSummary::Level& level, int pitch, double columnsPerCell, int columns, std::uint8_t* line) {
    const auto* cells = level.row(pitch);
    for (std::size_t cell = 0; cell < level.cells; ++cell) {
        if (!cells[cell]) continue;
        const auto start = cell;
        while (cell + 1 < level.cells && cells[cell + 1]) ++cell;
        const int left = static_cast<int>(static_cast<double>(start) * columnsPerCell);
        const int right = static_cast<int>(static_cast<double>(cell + 1) * columnsPerCell - 0.2);
        std::fill(line + std::min(left, columns), line + std::min(std::max(right, left + 1), columns), std::uint8_t{1});
    }
}

std::vector<std::pair<int, int>> runsOf(const std::uint8_t* line, int columns) {
    std::vector<std::pair<int, int>> runs;
    for (int x = 0; x < columns; ++x) {
        if (!line[x]) continue;
        const int from = x;
        while (x < columns && line[x]) ++x;
        runs.emplace_back(from, x);
    }
    return runs;
}

} // namespace

ArrangementStrip::ArrangementStrip(RollState& state, int gutter, QWidget* parent)
    : QWidget(parent), state_(state), gutter_(gutter) {
    setMouseTracking(true);
    setAccessibleName(tr("Arrangement"));
    setProperty("place", QStringLiteral("arrangement"));
    setAccessibleDescription(tr("The whole piece in miniature. Click to jump, drag the frame to scroll."));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto& document = state.document();
    connect(&document, &ScoreDocument::scoreChanged, this, &ArrangementStrip::forget);
    connect(&document, &ScoreDocument::tracksChanged, this, &ArrangementStrip::forget);
    connect(&document, &ScoreDocument::replaced, this, &ArrangementStrip::forget);
    connect(&document, &ScoreDocument::currentTrackChanged, this, &ArrangementStrip::forget);
    connect(&document, &ScoreDocument::mixChanged, this, &ArrangementStrip::forget);
    connect(&document.candidates(), &Candidates::changed, this, &ArrangementStrip::forget);
    connect(&document, &ScoreDocument::selectionChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::viewChanged, this, qOverload<>(&QWidget::update));
    connect(&state, &RollState::playheadMoved, this, [this](score::Tick from, score::Tick to) {
        for (const auto at : {from, to}) update(static_cast<int>(toX(at)) - 3, 0, 7, height());
    });
    connect(&themeSignals(), &ThemeSignals::changed, this, &ArrangementStrip::forget);
}

void ArrangementStrip::setGutter(int gutter) {
    gutter_ = gutter;
    later_.setSingleShot(true);
    later_.setInterval(kPauseMs);
    connect(&later_, &QTimer::timeout, this, qOverload<>(&QWidget::update));
    forget();
}

QSize ArrangementStrip::sizeHint() const { return {300, theme().height.arrangement}; }

/// A picture that takes long is made anew when edits pause; until then the old one stands.
void ArrangementStrip::forget() {
    stale_ = true;
    if (tookLong_ && !later_.isActive()) later_.start();
    update();
}

void ArrangementStrip::resizeEvent(QResizeEvent*) { forget(); }

double ArrangementStrip::toX(score::Tick at) const {
    return gutter_ +
           static_cast<double>(at.fromStart) / static_cast<double>(state_.contentEnd().fromStart) * musicWidth();
}

double ArrangementStrip::toTicks(double x) const {
    return (x - gutter_) / musicWidth() * static_cast<double>(state_.contentEnd().fromStart);
}

std::vector<ArrangementStrip::Row> ArrangementStrip::rows() const {
    std::vector<Row> rows;
    const auto& document = state_.document();
    const auto& tracks = document.score().tracks;
    const double unit = std::max(kSmallestRow, (height() - kTop - kFoot) /
                                                   std::max(4.0, static_cast<double>(tracks.size()) - 1 + kCurrentRow));
    double top = kTop + 2;
    for (const auto& track : tracks) {
        const double tall = track.id == document.currentTrack() ? unit * kCurrentRow : unit;
        rows.push_back({&track, top, tall});
        top += tall;
    }
    return rows;
}

void ArrangementStrip::paintMusic() {
    const base::Stopwatch watch;
    const double ratio = devicePixelRatioF();
    music_ = QImage(size() * ratio, QImage::Format_RGB32);
    music_.setDevicePixelRatio(ratio);
    music_.fill(theme().surface.panel);
    QPainter painter(&music_);
    const auto& meters = state_.document().meterMap();
    const auto bars = meters.positionAt(state_.contentEnd()).bar;
    std::int64_t every = 1;
    while (musicWidth() / static_cast<double>(std::max<std::int64_t>(1, bars)) * static_cast<double>(every) < 40)
        every *= 2;
    painter.setFont(textFont(TextSize::Micro));
    for (std::int64_t bar = 0; bar <= bars; bar += every) {
        const double x = toX(meters.barStart(bar));
        drawVerticalHairline(painter, x, kTop, height(), theme().line.weak);
        painter.setPen(theme().text.secondary);
        const auto number = QString::number(bar + 1);
        if (x + 4 + painter.fontMetrics().horizontalAdvance(number) > width()) continue; // half a number misleads
        painter.drawText(QPointF(x + 4, kTop - 5), number);
    }
    for (const auto& row : rows()) {
        if (row.top > height() - kFoot) break;
        paintRow(painter, row);
        paintName(painter, row);
    }
    stale_ = false;
    tookLong_ = watch.seconds() * 1e3 > kLongMs;
    drawnEnd_ = state_.contentEnd();
}

void ArrangementStrip::paintRow(QPainter& painter, const Row& row) {
    const auto& index = state_.indexes().indexOf(*row.track);
    if (row.track->notes.empty()) return;
    const bool heard = state_.document().mix().sounds(row.track->id);
    auto ink = theme().trackColour(static_cast<std::size_t>(state_.document().colourOf(row.track->id)));
    ink = withOpacity(ink, heard ? 0.95 : theme().opacity.mutedTrack);
    const auto [low, high] = index.pitchSpan();
    const double hair = hairline(painter), pixels = 1 / hair;
    const int columns = static_cast<int>(std::ceil(musicWidth() * pixels)),
              lines = std::max(1, static_cast<int>(row.height * pixels));
    const int thick = std::clamp(lines / std::max(6, high - low + 1), 1, static_cast<int>(2 * pixels));
    const auto end = static_cast<double>(std::max<std::int64_t>(1, state_.contentEnd().fromStart));
    const auto& level = index.summary(row.track->notes).levelFor(end / columns);
    const double columnsPerCell = static_cast<double>(level.ticks) / end * columns;
    std::vector<std::uint8_t> inked(static_cast<std::size_t>(columns) * static_cast<std::size_t>(lines)); // by line
    for (int pitch = low; pitch <= high; ++pitch) {
        const int room = std::max(0, lines - static_cast<int>(2 * pixels) - thick);
        const int line = high == low ? lines / 2 : (high - pitch) * room / (high - low);
        inkCells(level, pitch, columnsPerCell, columns, inked.data() + static_cast<std::ptrdiff_t>(line) * columns);
    }
    for (int line = 0; line < lines; ++line)
        for (const auto& [from, to] : runsOf(inked.data() + static_cast<std::ptrdiff_t>(line) * columns, columns))
            painter.fillRect(QRectF(gutter_ + from * hair, row.top + line * hair, (to - from) * hair, thick * hair),
                             ink);
}

void ArrangementStrip::paintName(QPainter& painter, const Row& row) {
    const auto& document = state_.document();
    if (gutter_ < kNamesFrom || row.height < 9) {
        const auto colour = theme().trackColour(static_cast<std::size_t>(document.colourOf(row.track->id)));
        painter.fillRect(QRectF(gutter_ - 14, row.top + 1, 6, std::max(1.0, row.height - 2)), colour);
        return;
    }
    const bool current = row.track->id == document.currentTrack();
    painter.setFont(textFont(TextSize::Micro));
    painter.setPen(current                                ? theme().text.primary
                   : document.mix().sounds(row.track->id) ? theme().text.secondary
                                                          : theme().text.disabled);
    drawElided(painter, {4, row.top + row.height / 2 - 8, gutter_ - 12.0, 14}, Qt::AlignRight | Qt::AlignVCenter,
               QString::fromStdString(row.track->name));
}

void ArrangementStrip::paintMarks(QPainter& painter) {
    const auto& document = state_.document();
    const auto range =
        document.candidates().isEmpty() ? document.selection().range() : std::optional(document.candidates().target());
    if (range) {
        const double left = toX(range->start), right = toX(range->end);
        painter.fillRect(QRectF(left, kTop, right - left, height() - kTop),
                         withOpacity(theme().model.base, kTargetWash));
        painter.fillRect(QRectF(left, height() - 4, right - left, 3), theme().model.base);
    }
    const auto visible = state_.geometry().visibleTicks(state_.viewSize().width());
    const QRectF frame =
        snapped(painter, QRectF(QPointF(toX(visible.start), kTop),
                                QPointF(std::min<double>(toX(visible.end), width() - 1), height() - 1)));
    fillRounded(painter, frame, 3, withOpacity(theme().text.primary, kFrameFill));
    strokeRounded(painter, frame, 3, withOpacity(theme().text.primary, kFrameEdge));
    drawPlayhead(painter, toX(state_.playhead()), kTop - 2, height());
}

void ArrangementStrip::paintEvent(QPaintEvent*) {
    const bool fits = music_.size() == size() * devicePixelRatioF();
    const bool stale = stale_ || drawnEnd_ != state_.contentEnd();
    if (!fits || (stale && !later_.isActive())) paintMusic();
    QPainter painter(this);
    painter.drawImage(0, 0, music_);
    paintMarks(painter);
}

void ArrangementStrip::centreViewOn(double tick) {
    auto moved = state_.geometry();
    moved.scrollX = tick * moved.pixelsPerTick;
    state_.setGeometry(moved);
}

void ArrangementStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const double at = toTicks(event->position().x());
    const auto visible = state_.geometry().visibleTicks(state_.viewSize().width());
    const bool inFrame =
        at >= static_cast<double>(visible.start.fromStart) && at < static_cast<double>(visible.end.fromStart);
    for (const auto& row : rows())
        if (!inFrame && event->position().y() >= row.top && event->position().y() < row.top + row.height) {
            state_.document().setCurrentTrack(row.track->id);
            break;
        }
    grip_ =
        inFrame ? at - static_cast<double>(visible.start.fromStart) : static_cast<double>(visible.length().count) / 2;
    centreViewOn(at - *grip_);
}

void ArrangementStrip::mouseMoveEvent(QMouseEvent* event) {
    if (grip_) return centreViewOn(toTicks(event->position().x()) - *grip_);
    Q_EMIT state_.hintChanged(tr("Click jumps there   Drag the frame to scroll   Ctrl and wheel zoom"));
}

void ArrangementStrip::mouseReleaseEvent(QMouseEvent*) { grip_.reset(); }

void ArrangementStrip::leaveEvent(QEvent*) { Q_EMIT state_.hintChanged({}); }

void ArrangementStrip::wheelEvent(QWheelEvent* event) {
    event->accept();
    auto view = state_.geometry();
    const double notches = (event->angleDelta().y() + event->angleDelta().x()) / 120.0;
    if (event->modifiers().testFlag(Qt::ControlModifier))
        view = view.timeZoomedAt(state_.viewSize().width() / 2, std::pow(1.15, notches));
    else
        view.scrollX -= notches * state_.viewSize().width() / 4;
    state_.setGeometry(view);
}

} // namespace continuo::ui
