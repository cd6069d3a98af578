#include "ui/pianoroll/rows/sign_row.h"

#include "engine/score/operations/tempo_curve.h"
#include "ui/pianoroll/rows/scale_names.h"
#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QPainter>
#include <array>
#include <map>

namespace continuo::ui {
namespace {

constexpr TimeRow::Names kKeyNames{
    "keys", QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Key"), QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Key"),
    "Keys and scales. Left and Right choose one, Enter types a name, Delete removes it."};
constexpr TimeRow::Names kMeterNames{"meters", QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Meter"),
                                     QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Meter"),
                                     "Meters. Left and Right choose one, Enter types one, Delete removes it."};
constexpr TimeRow::Names kAllNames{"signs", QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Key, tempo"),
                                   QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Key"),
                                   "Keys, meters and tempos. Left and Right choose a flag, Enter types it over."};
constexpr std::array kMeters{"2/4", "3/4", "4/4", "5/4", "7/4", "2/2", "3/2",
                             "3/8", "5/8", "6/8", "7/8", "9/8", "12/8"};

const TimeRow::Names& namesOf(int signs) {
    return signs == kKeySign ? kKeyNames : signs == kMeterSign ? kMeterNames : kAllNames;
}

struct Gathered {
    QStringList texts;
    std::vector<score::EventId> ids;
};

void gatherTempos(const score::Score& times, std::map<score::Tick, Gathered>& all) {
    const auto points = score::tempoPointsOf(times);
    std::map<score::Tick, std::vector<score::EventId>> ids;
    for (const auto& tempo : times.tempos) ids[tempo.at].push_back(tempo.id);
    for (std::size_t i = 0; i < points.size(); ++i) {
        auto& there = all[points[i].at];
        const bool goesOn = points[i].ramp && i + 1 < points.size();
        there.texts << (goesOn ? TimeRow::tr("%1 to %2").arg(tempoText(points[i].bpm), tempoText(points[i + 1].bpm))
                               : tempoText(points[i].bpm));
        if (goesOn || (i > 0 && points[i - 1].ramp)) continue; // the ends of ramps move in the row of the tempo
        for (const auto id : ids[points[i].at]) there.ids.push_back(id);
    }
}

} // namespace

SignRow::SignRow(RollState& state, int gutter, int signs, QWidget* parent)
    : FlagRow(state, gutter, namesOf(signs), Look::Words, parent), signs_(signs) {}

QString SignRow::noun() const {
    return signs_ == kKeySign ? tr("key") : signs_ == kMeterSign ? tr("meter") : tr("sign");
}

/// Keys and meters stand at bar lines; Alt: anywhere, but for meters.
score::Tick SignRow::snappedTick(double x, Qt::KeyboardModifiers modifiers) const {
    const auto at = tickAt(x);
    if (modifiers.testFlag(Qt::AltModifier) && !(signs_ & kMeterSign)) return at;
    const auto& meters = document().meterMap();
    const auto bar = meters.barAt(at), next = meters.barStart(meters.positionAt(at).bar + 1);
    return next - at < at - bar ? next : bar;
}

score::Tick SignRow::neighbour(score::Tick at, int direction) const {
    const auto& meters = document().meterMap();
    return meters.barStart(std::max<std::int64_t>(0, meters.positionAt(at).bar + direction));
}

std::vector<FlagRow::Flag> SignRow::flagsOf(const score::Score& times) const {
    std::map<score::Tick, Gathered> all;
    if (signs_ & kKeySign)
        for (const auto& flag : score::keyFlagsOf(times)) {
            all[flag.at].texts << QString::fromStdString(flag.name);
            for (const auto id : flag.ids) all[flag.at].ids.push_back(id);
        }
    if (signs_ & kMeterSign)
        for (const auto& meter : times.meters) {
            all[meter.at].texts << QStringLiteral("%1/%2").arg(meter.numerator).arg(meter.denominator());
            all[meter.at].ids.push_back(meter.id);
        }
    if (signs_ & kTempoSign) gatherTempos(times, all);
    std::vector<Flag> flags;
    for (auto& [at, there] : all) {
        if (!flags.empty()) flags.back().range.end = at;
        there.texts.removeDuplicates();
        flags.push_back({{at, score::Tick{INT64_MAX / 4}}, there.texts.join(tr(", ")), there.ids, {}, false, false});
    }
    return flags;
}

QString SignRow::typedAt(score::Tick at, const QString& text) {
    if (rescaling_ == at) return rescaleTo(at, text);
    auto edit = signsEdit(document(), at, text, signs_, rebar_);
    if (!edit) return QString::fromStdString(edit.error().message);
    perform(std::move(*edit), signs_ == kMeterSign ? tr("Meter %1").arg(text)
                              : signs_ == kKeySign ? tr("Key %1").arg(text)
                                                   : tr("Set %1").arg(text));
    return {};
}

void SignRow::type(score::Tick at, const QString& text) {
    rescaling_.reset();
    if (const auto why = typedAt(at, text); !why.isEmpty()) Q_EMIT refused(why);
}

void SignRow::editAt(score::Tick at) {
    rescaling_.reset();
    FlagRow::editAt(at);
}

void SignRow::rescaleAt(score::Tick at) {
    editAt(at);
    rescaling_ = at;
}

QString SignRow::rescaleTo(score::Tick at, const QString& text) {
    const auto scale = score::readScaleName(text.toStdString(), scaleNames().table);
    if (!scale) return QString::fromStdString(scale.error().message);
    rescaling_.reset();
    auto result = score::rescaleFrom(document().score(), at, *scale, document().mint());
    perform(std::move(result.edit), tr("Rescale to %1").arg(QString::fromStdString(scale->name())));
    if (result.locked > 0) Q_EMIT refused(tr("%1 locked notes stayed as they were").arg(result.locked));
    return {};
}

void SignRow::fillScales(QMenu& menu, score::Tick at) {
    if (const auto& fault = scaleNames().fault; !fault.isEmpty()) Q_EMIT refused(fault);
    const auto root = score::scaleAt(document().score(), at).root;
    const auto tonic = QString::fromStdString(score::ScaleTable::standard().rootName(root, state().prefersFlats()));
    auto* scales = menu.addMenu(tr("Scale on %1").arg(tonic));
    for (const auto& kind : scaleNames().table.kinds()) {
        const auto name = tonic + " " + QString::fromStdString(kind.name);
        scales->addAction(QString::fromStdString(kind.name), this, [this, at, name] { type(at, name); });
    }
}

void SignRow::fillMeters(QMenu& menu, score::Tick at) {
    auto* meters = menu.addMenu(tr("Meter"));
    for (const char* meter : kMeters) meters->addAction(meter, this, [this, at, meter] { type(at, meter); });
    auto* follows = menu.addAction(tr("Later meters move to a bar line"));
    follows->setCheckable(true);
    follows->setChecked(rebar_ == score::Rebar::MoveFollowing);
    connect(follows, &QAction::toggled, this,
            [this](bool on) { rebar_ = on ? score::Rebar::MoveFollowing : score::Rebar::KeepTime; });
}

void SignRow::fillFlagMenu(QMenu& menu, score::Tick at, const Flag* flag) {
    const auto start = flag ? flag->range.start : at;
    menu.addSeparator();
    if (signs_ & kKeySign) {
        fillScales(menu, start);
        menu.addAction(tr("Rescale the music to…"), this, [this, start] { rescaleAt(start); });
    }
    if (signs_ & kMeterSign) fillMeters(menu, at);
    if (signs_ & kTempoSign)
        menu.addAction(tr("Fit the tempo to the selected notes"), this, [this] {
            if (const auto told = fitTempoToSelection(document()); !told.isEmpty()) Q_EMIT refused(told);
        });
}

QString SignRow::hint() const {
    return signs_ == kMeterSign ? tr("Double-click types a meter   Drag moves it to another bar line")
           : signs_ == kKeySign
               ? tr("Double-click types a key or a scale   Drag moves it   Right-click rescales the music")
               : tr("Double-click types key, meter and tempo, as E♭ major, 4/4, 72   Drag moves them");
}

void SignRow::paintFlag(QPainter& painter, const Flag& flag, const QRectF& box, bool isChosen) {
    const auto& t = theme();
    const QFontMetricsF metrics(painter.font());
    const double x = snapped(painter, box.left());
    painter.fillRect(QRectF(x, t.px(3), hairline(painter), height() - t.px(3)), t.line.strong);
    if (metrics.horizontalAdvance(flag.text) + t.px(8) > box.width()) return;
    if (isChosen && hasFocus())
        strokeRounded(painter, QRectF(x + 2, 2, metrics.horizontalAdvance(flag.text) + t.px(10), height() - 5),
                      t.radius.note + 1, t.focus, 1.5);
    painter.setPen(t.text.secondary);
    painter.drawText(QPointF(x + t.px(6), (height() - 1 + metrics.capHeight()) / 2), flag.text);
}

} // namespace continuo::ui
