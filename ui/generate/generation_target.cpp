#include "ui/generate/generation_target.h"

#include "engine/score/operations/time_flags.h"

#include <QCoreApplication>
#include <algorithm>

namespace continuo::ui {

namespace {

QString words(const char* text) { return QCoreApplication::translate("GenerationTarget", text); }

score::Tick endOf(const std::vector<TrackNotes>& selected) {
    score::Tick end;
    for (const auto& part : selected)
        for (const auto& note : part.notes) end = std::max(end, note.end());
    return end;
}

score::Tick endOfMusic(const score::Score& score) {
    score::Tick end;
    for (const auto& track : score.tracks)
        for (const auto& note : track.notes) end = std::max(end, note.end());
    return end;
}

GenerationTarget barsFrom(const score::MeterMap& meters, score::Tick from, int bars, GenerationTarget::Reason reason) {
    const auto first = meters.positionAt(from).bar;
    return {from, bars, {from, meters.barStart(first + bars)}, reason};
}

} // namespace

GenerationTarget generationTarget(const ScoreDocument& document, score::Tick playhead, int bars) {
    using Reason = GenerationTarget::Reason;
    const auto& meters = document.meterMap();
    if (const auto& range = document.selection().range()) {
        const auto from = meters.barAt(range->start);
        const auto count = meters.positionAt(meters.barAtOrAfter(range->end)).bar - meters.positionAt(from).bar;
        auto target = barsFrom(meters, from, std::max(1, static_cast<int>(count)), Reason::Range);
        for (const auto& section : score::sectionsOf(document.score()))
            if (section.range == target.range) target.section = QString::fromStdString(section.name);
        return target;
    }
    if (const auto selected = document.selectedNotes(); !selected.empty())
        return barsFrom(meters, meters.barAtOrAfter(endOf(selected)), bars, Reason::Selection);
    if (playhead > score::Tick{0}) return barsFrom(meters, meters.barAtOrAfter(playhead), bars, Reason::Playhead);
    const auto end = endOfMusic(document.score());
    return barsFrom(meters, meters.barAtOrAfter(end), bars, end > score::Tick{0} ? Reason::End : Reason::Start);
}

QString GenerationTarget::title(const score::MeterMap& meters) const {
    const auto first = meters.positionAt(from).bar + 1;
    const auto last = first + bars - 1;
    if (section.isEmpty()) return bars == 1 ? words("Bar %1").arg(first) : words("Bars %1 to %2").arg(first).arg(last);
    return bars == 1 ? words("%1, bar %2").arg(section).arg(first)
                     : words("%1, bars %2 to %3").arg(section).arg(first).arg(last);
}

QString GenerationTarget::reasonText() const {
    switch (reason) {
    case Reason::Range:
        return words("the selected time");
    case Reason::Selection:
        return words("after the selected notes");
    case Reason::Playhead:
        return words("after the playhead");
    case Reason::End:
        return words("after the end");
    case Reason::Start:
        return words("from the start, out of nothing");
    }
    return {};
}

} // namespace continuo::ui
