#include "ui/pianoroll/rows/section_row.h"

#include "ui/theme/drawing.h"
#include "ui/theme/fonts.h"
#include "ui/theme/theme.h"

#include <QMenu>
#include <QPainter>
#include <algorithm>
#include <map>

namespace continuo::ui {
namespace {

using Kind = score::MarkerEvent::Kind;

constexpr TimeRow::Names kNames{"sections", QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Sections"),
                                QT_TRANSLATE_NOOP("continuo::ui::TimeRow", "Sect."),
                                "Sections of the piece. Left and Right choose one, Enter names it, Delete removes it."};

/// "Verse 2" has the colour of "Verse".
std::size_t colourOf(const QString& name) {
    auto base = name.toLower();
    while (!base.isEmpty() && (base.back().isDigit() || base.back().isSpace())) base.chop(1);
    std::size_t sum = 5;
    for (const auto letter : base) sum = sum * 31 + letter.unicode();
    return sum;
}

} // namespace

SectionRow::SectionRow(RollState& state, int gutter, QWidget* parent)
    : FlagRow(state, gutter, kNames, Look::Tab, parent) {}

/// Sections begin with bars; Alt: anywhere.
score::Tick SectionRow::snappedTick(double x, Qt::KeyboardModifiers modifiers) const {
    const auto at = tickAt(x);
    if (modifiers.testFlag(Qt::AltModifier)) return at;
    const auto& meters = document().meterMap();
    const auto bar = meters.barAt(at), next = meters.barStart(meters.positionAt(at).bar + 1);
    return next - at < at - bar ? next : bar;
}

score::Tick SectionRow::neighbour(score::Tick at, int direction) const {
    const auto& meters = document().meterMap();
    const auto bar = meters.positionAt(at).bar;
    if (direction < 0 && meters.barStart(bar) < at) return meters.barStart(bar);
    return meters.barStart(std::max<std::int64_t>(0, bar + direction));
}

std::vector<FlagRow::Flag> SectionRow::flagsOf(const score::Score& times) const {
    std::map<score::Tick, const score::MarkerEvent*> starts;
    for (const auto& marker : times.markers)
        if (marker.kind == Kind::Section) starts[marker.at] = &marker;
    std::vector<Flag> flags;
    for (const auto& section : score::sectionsOf(times)) {
        Flag flag{section.range, QString::fromStdString(section.name).simplified(), {section.id}, {}, false, false};
        if (const auto end = starts.find(section.range.end); end != starts.end()) {
            flag.end = end->second->id;
            flag.endsItself = end->second->name.empty();
        }
        flags.push_back(std::move(flag));
    }
    for (const auto& marker : times.markers)
        if (marker.kind == Kind::Cue)
            flags.push_back({{marker.at, marker.at},
                             QString::fromStdString(marker.name).simplified(),
                             {marker.id},
                             {},
                             false,
                             /*isPoint=*/true});
    std::stable_sort(flags.begin(), flags.end(),
                     [](const Flag& a, const Flag& b) { return a.range.start < b.range.start; });
    return flags;
}

Kind SectionRow::kindAt(score::Tick at) {
    for (const auto& flag : flags())
        if (flag.range.start == at) return flag.isPoint ? Kind::Cue : Kind::Section;
    return Kind::Section;
}

QString SectionRow::typedAt(score::Tick at, const QString& text) {
    if (text.isEmpty()) return tr("A section needs a name; Delete takes it away");
    const auto kind = adding_;
    const auto name = kind == Kind::Cue ? tr("Cue %1").arg(text) : tr("Section %1").arg(text);
    perform(score::setMarker(document().score(), at, kind, text.toStdString(), document().mint()), name);
    return {};
}

score::ScoreEdit SectionRow::endingAt(score::Tick at) {
    return score::setMarker(document().score(), at, Kind::Section, {}, document().mint());
}

void SectionRow::selectNotesIn(score::TickRange section) {
    std::vector<score::NoteId> ids;
    for (const auto& track : document().score().tracks)
        for (const auto& note : track.notes)
            if (section.contains(note.onset)) ids.push_back(note.id);
    document().selection().select(ids);
}

void SectionRow::loopOver(score::TickRange section) {
    auto mix = document().mix();
    mix.loop = section;
    document().setMix(std::move(mix));
    Q_EMIT loopChosen(section);
}

void SectionRow::addCueAt(score::Tick at) {
    adding_ = Kind::Cue;
    FlagRow::editAt(at);
}

void SectionRow::editAt(score::Tick at) {
    adding_ = kindAt(at);
    FlagRow::editAt(at);
}

void SectionRow::fillFlagMenu(QMenu& menu, score::Tick at, const Flag* flag) {
    menu.addAction(tr("Add a cue here…"), this, [this, at] { addCueAt(at); });
    if (!flag || flag->isPoint) return;
    const auto section = flag->range;
    if (section.start < at)
        menu.addAction(tr("End the section here"), this, [this, at] {
            perform(score::setMarker(document().score(), at, Kind::Section, {}, document().mint()),
                    tr("End of section"));
        });
    menu.addSeparator();
    menu.addAction(tr("Select all notes in it"), this, [this, section] { selectNotesIn(section); });
    menu.addAction(tr("Loop it"), this, [this, section] { loopOver(section); });
    menu.addAction(tr("Make it the target of the net"), this,
                   [this, section] { document().selection().setRange(section); });
}

QString SectionRow::hint() const {
    return tr(
        "Double-click names a section   Drag moves it   Drag an edge   Alt off the bar lines   Right-click for more");
}

void SectionRow::paintFlag(QPainter& painter, const Flag& flag, const QRectF& box, bool isChosen) {
    const auto& t = theme();
    const auto stripe = t.trackColour(colourOf(flag.text));
    const double inset = t.px(3), x = snapped(painter, box.left());
    const bool shows = isChosen && hasFocus();
    if (flag.isPoint) {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(shows ? t.focus : t.text.secondary);
        const double half = t.px(4);
        painter.drawPolygon(QPolygonF({{x - half, inset}, {x + half, inset}, {x, inset + 1.5 * half}}));
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(t.text.secondary);
        painter.drawText(QRectF(x + t.px(6), 0, t.px(120), height() - 1), Qt::AlignLeft | Qt::AlignVCenter, flag.text);
        return;
    }
    const bool startsHere = toX(flag.range.start) >= gutter();
    const QRectF tab(x + 1, inset, std::max(2.0, snapped(painter, box.right()) - x - 2), height() - inset - t.px(3));
    painter.save();
    fillRounded(painter, tab, t.radius.note + 1, t.surface.pressed);
    if (startsHere) painter.fillRect(QRectF(tab.left(), tab.top() + 1, t.px(3), tab.height() - 2), stripe);
    if (shows) strokeRounded(painter, tab, t.radius.note + 1, t.focus, 1.5);
    painter.setClipRect(tab.adjusted(t.px(4), 0, -2, 0), Qt::IntersectClip);
    painter.setPen(t.text.primary);
    painter.drawText(tab.adjusted(t.px(7), 0, t.px(400), 0), Qt::AlignLeft | Qt::AlignVCenter, flag.text);
    painter.restore();
}

} // namespace continuo::ui
