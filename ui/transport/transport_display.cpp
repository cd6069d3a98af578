#include "ui/transport/transport_display.h"

#include "engine/base/text.h"
#include "engine/score/note_operations.h"
#include "engine/score/operations/time_flags.h"
#include "ui/theme/drawing.h"
#include "ui/theme/theme.h"
#include "ui/transport/display_cell.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>
#include <cmath>

namespace continuo::ui {

namespace {

constexpr double kSlowest = 10, kFastest = 400; // beats a minute

struct MeterChoice {
    int numerator, power;
};
constexpr std::array kMeters{MeterChoice{2, 2}, MeterChoice{3, 2}, MeterChoice{4, 2}, MeterChoice{5, 2},
                             MeterChoice{7, 2}, MeterChoice{2, 1}, MeterChoice{3, 3}, MeterChoice{5, 3},
                             MeterChoice{6, 3}, MeterChoice{7, 3}, MeterChoice{9, 3}, MeterChoice{12, 3}};

} // namespace

QString positionText(score::Tick at, const score::MeterMap& meters) {
    const auto position = meters.positionAt(at);
    return QString("%1.%2.%3").arg(position.bar + 1).arg(position.beat + 1).arg(position.tick.count, 3, 10, QChar('0'));
}

std::optional<score::Tick> readPosition(const QString& text, const score::MeterMap& meters) {
    const auto words = text.trimmed().toStdString();
    std::vector<std::int64_t> numbers;
    for (const auto part : base::split(words, '.')) {
        const auto number = base::parseInteger(base::trimmed(part));
        if (!number || *number < 0 || *number > 1'000'000) return std::nullopt;
        numbers.push_back(*number);
    }
    if (numbers.empty() || numbers.size() > 3 || numbers[0] < 1) return std::nullopt;
    const auto bar = meters.barStart(numbers[0] - 1);
    const auto beat = numbers.size() > 1 ? std::max<std::int64_t>(numbers[1], 1) - 1 : 0;
    if (beat >= meters.numeratorAt(bar)) return std::nullopt;
    return bar + meters.beatLengthAt(bar) * beat + score::Ticks{numbers.size() > 2 ? numbers[2] : 0};
}

QString clockText(double seconds) {
    const auto tenths = static_cast<std::int64_t>(std::floor(seconds * 10 + 1e-6));
    const auto minutes = tenths / 600;
    return QString("%1:%2.%3").arg(minutes).arg(tenths / 10 % 60, 2, 10, QChar('0')).arg(tenths % 10);
}

TransportDisplay::TransportDisplay(ScoreDocument& document, QWidget* parent)
    : QWidget(parent), document_(document),
      counter_(
          new DisplayCell("Position, bar, beat and tick", DisplayCell::Look::Counter, DisplayCell::Entry::Typed, this)),
      tempo_(new DisplayCell("Tempo", DisplayCell::Look::Value, DisplayCell::Entry::Typed, this)),
      meter_(new DisplayCell("Meter", DisplayCell::Look::Value, DisplayCell::Entry::Menu, this)),
      key_(new DisplayCell("Key", DisplayCell::Look::Value, DisplayCell::Entry::Menu, this)) {
    setAccessibleName("Transport display");
    counter_->setObjectName("counter");
    tempo_->setObjectName("tempo");
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    for (auto* cell : {counter_, tempo_, meter_, key_}) row->addWidget(cell);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    counter_->setWidest("100.4.000", "00:00.0");
    tempo_->setWidest("120.00", {});
    key_->setWidest("E♭ major", {});
    connect(counter_, &DisplayCell::typed, this, &TransportDisplay::typePosition);
    connect(counter_, &DisplayCell::stepped, this, [this](int steps) {
        const auto& meters = document_.meterMap();
        const auto bar = std::max<std::int64_t>(0, meters.positionAt(position_).bar + steps);
        Q_EMIT seekRequested(meters.barStart(bar));
    });
    connect(tempo_, &DisplayCell::typed, this, &TransportDisplay::typeTempo);
    connect(tempo_, &DisplayCell::stepped, this, &TransportDisplay::stepTempo);
    connect(meter_, &DisplayCell::menuRequested, this, &TransportDisplay::chooseMeter);
    connect(key_, &DisplayCell::menuRequested, this, &TransportDisplay::chooseKey);
    connect(&document_, &ScoreDocument::scoreChanged, this, &TransportDisplay::refresh);
    connect(&document_, &ScoreDocument::replaced, this, &TransportDisplay::refresh);
    refresh();
}

void TransportDisplay::setPosition(score::Tick at) {
    position_ = at;
    refresh();
}

void TransportDisplay::refresh() {
    const auto& meters = document_.meterMap();
    counter_->setContent(positionText(position_, meters), clockText(document_.tempoMap().secondsAt(position_)));
    tempo_->setContent(QString::fromStdString(base::formatFixed(document_.tempoMap().bpmAt(position_), 2)), "bpm");
    meter_->setContent(QString("%1/%2").arg(meters.numeratorAt(position_)).arg(meters.denominatorAt(position_)),
                       "meter");
    std::string key;
    for (const auto& flag : score::keyFlagsOf(document_.score()))
        if (flag.at <= position_) key = flag.name;
    key_->setContent(key.empty() ? QString("not set") : QString::fromStdString(key), "key");
}

void TransportDisplay::typePosition(const QString& text) {
    if (const auto at = readPosition(text, document_.meterMap())) Q_EMIT seekRequested(*at);
}

void TransportDisplay::setTempo(double bpm) {
    if (std::abs(bpm - document_.tempoMap().bpmAt(position_)) < 0.005) return;
    document_.perform(score::setTempo(document_.score(), position_, bpm, document_.mint()),
                      tr("Tempo %1").arg(QString::fromStdString(base::formatFixed(bpm, 2))));
}

void TransportDisplay::typeTempo(const QString& text) {
    const auto bpm = base::parseReal(base::trimmed(QString(text).replace(',', '.').toStdString()));
    if (bpm && *bpm >= kSlowest && *bpm <= kFastest) setTempo(*bpm);
}

void TransportDisplay::stepTempo(int steps) {
    setTempo(std::clamp(std::round(document_.tempoMap().bpmAt(position_)) + steps, kSlowest, kFastest));
}

void TransportDisplay::chooseMeter(const QPoint& below) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const auto& choice : kMeters) {
        auto* action = menu->addAction(QString("%1/%2").arg(choice.numerator).arg(1 << choice.power));
        action->setCheckable(true);
        action->setChecked(action->text() == meter_->value());
        connect(action, &QAction::triggered, this, [this, choice] {
            const auto bar = document_.meterMap().barAt(position_);
            document_.perform(score::setMeter(document_.score(), bar, choice.numerator, choice.power, document_.mint()),
                              tr("Meter"));
        });
    }
    menu->popup(below);
}

void TransportDisplay::chooseKey(const QPoint& below) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const bool minor : {false, true}) {
        auto* part = menu->addMenu(minor ? tr("Minor") : tr("Major"));
        for (int sharps = -7; sharps <= 7; ++sharps) {
            score::KeyEvent key;
            key.sharps = static_cast<std::int8_t>(sharps);
            key.minor = minor;
            auto* action = part->addAction(QString::fromStdString(score::keyName(key)));
            action->setCheckable(true);
            action->setChecked(action->text() == key_->value());
            connect(action, &QAction::triggered, this, [this, sharps, minor] {
                score::Tick at{0};
                for (const auto& flag : score::keyFlagsOf(document_.score()))
                    if (flag.at <= position_) at = flag.at;
                document_.perform(score::setKey(document_.score(), at, sharps, minor, document_.mint()), tr("Key"));
            });
        }
    }
    menu->popup(below);
}

void TransportDisplay::paintEvent(QPaintEvent*) {
    const auto& t = theme();
    QPainter painter(this);
    fillRounded(painter, rect(), t.radius.panel, t.surface.panel);
    if (t.panelEdge != t.surface.panel) strokeRounded(painter, rect(), t.radius.panel, t.panelEdge);
    for (const auto* cell : {tempo_, meter_, key_})
        drawVerticalHairline(painter, cell->x(), 1, height() - 1, t.line.weak);
}

} // namespace continuo::ui
