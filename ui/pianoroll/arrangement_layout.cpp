#include "ui/pianoroll/arrangement_layout.h"

#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr double kCurrentRow = 2.2; // rows tall
constexpr double kFewestRows = 4;

/// As the list of tracks shows them.
std::vector<ArrangementRow> rowsOf(const ScoreDocument& document) {
    std::vector<ArrangementRow> rows;
    std::set<std::size_t> met;
    const auto& settings = document.trackSettings();
    const auto& tracks = document.score().tracks;
    for (const auto& track : tracks) {
        const auto group = settings.groupOf(track.id);
        if (!group) rows.push_back({{track.id}, track.name, false, false, 0, 0});
        if (!group || !met.insert(*group).second) continue;
        const bool folded = settings.groups[*group].folded;
        if (folded) rows.push_back({{}, settings.groups[*group].name, false, true, 0, 0});
        for (const auto& member : tracks) {
            if (settings.groupOf(member.id) != group) continue;
            if (folded)
                rows.back().tracks.push_back(member.id);
            else
                rows.push_back({{member.id}, member.name, false, true, 0, 0});
        }
    }
    return rows;
}

} // namespace

bool ArrangementRow::holds(score::TrackId track) const { return std::ranges::find(tracks, track) != tracks.end(); }

ArrangementLayout::ArrangementLayout(const ScoreDocument& document, const QRectF& music, score::Tick end)
    : left(music.left()), width(std::max(1.0, music.width())),
      ticks(static_cast<double>(std::max<std::int64_t>(1, end.fromStart))), rows(rowsOf(document)) {
    const double units = std::max(kFewestRows, static_cast<double>(rows.size()) - 1 + kCurrentRow);
    const double unit = music.height() / units;
    double top = music.top();
    for (auto& row : rows) {
        row.isCurrent = row.holds(document.currentTrack());
        row.top = top;
        row.height = row.isCurrent ? unit * kCurrentRow : unit;
        top += row.height;
    }
}

score::Tick ArrangementLayout::tickAt(double x) const {
    return {static_cast<std::int64_t>(std::clamp(ticksAt(x), 0.0, ticks))};
}

const ArrangementRow* ArrangementLayout::rowAt(double y) const {
    const auto found =
        std::ranges::find_if(rows, [&](const ArrangementRow& row) { return row.top <= y && y < row.top + row.height; });
    return found == rows.end() ? nullptr : &*found;
}

std::vector<score::TrackId> ArrangementLayout::tracksBetween(double y1, double y2) const {
    std::vector<score::TrackId> tracks;
    if (rows.empty()) return tracks;
    const double low = rows.back().top + rows.back().height - 1e-6;
    const double from = std::clamp(std::min(y1, y2), rows.front().top, low),
                 to = std::clamp(std::max(y1, y2), rows.front().top, low);
    for (const auto& row : rows)
        if (row.top <= to && from < row.top + row.height)
            tracks.insert(tracks.end(), row.tracks.begin(), row.tracks.end());
    return tracks;
}

} // namespace continuo::ui
