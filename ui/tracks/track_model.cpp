#include "ui/tracks/track_model.h"

#include "engine/base/text.h"
#include "engine/score/note_operations.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"

#include <algorithm>

namespace continuo::ui {

namespace {

QString outputOf(const score::Track& track, const sound::Mix& mix) {
    const auto route = mix.routes.find(track.id);
    if (route == mix.routes.end() || route->second.port.empty()) return {};
    return QString("%1, channel %2").arg(QString::fromStdString(route->second.port)).arg(route->second.channel + 1);
}

void toggleAll(std::set<score::TrackId>& set, const std::vector<score::TrackId>& tracks) {
    const bool all = std::ranges::all_of(tracks, [&](score::TrackId id) { return set.contains(id); });
    for (const auto id : tracks) all ? void(set.erase(id)) : void(set.insert(id));
}

bool areAllIn(const std::set<score::TrackId>& set, const std::vector<score::TrackId>& tracks) {
    return std::ranges::all_of(tracks, [&](score::TrackId id) { return set.contains(id); });
}

} // namespace

QString trackTitle(const score::Track& track) {
    const auto name = base::trimmed(track.name);
    return name.empty() ? instrumentName(score::mainProgram(track), track.drums)
                        : QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString trackIcon(const ScoreDocument& document, const score::Track& track) {
    const auto chosen = document.trackSettings().icons.find(track.id);
    return chosen == document.trackSettings().icons.end() ? instrumentIcon(score::mainProgram(track), track.drums)
                                                          : QString::fromStdString(chosen->second);
}

QString roleText(NetRole role) {
    return role == NetRole::Writes  ? TrackModel::tr("writes")
           : role == NetRole::Hears ? TrackModel::tr("hears")
                                    : TrackModel::tr("off");
}

TrackModel::TrackModel(ScoreDocument& document, QObject* parent) : QAbstractListModel(parent), document_(document) {
    for (const auto signal :
         {&ScoreDocument::tracksChanged, &ScoreDocument::replaced, &ScoreDocument::currentTrackChanged,
          &ScoreDocument::mixChanged, &ScoreDocument::visibilityChanged, &ScoreDocument::trackSettingsChanged})
        connect(&document_, signal, this, &TrackModel::refresh);
    refresh();
}

void TrackModel::refresh() {
    problems_ = channelProblems(document_);
    auto rows = this->rows();
    if (rows != rows_) {
        beginResetModel();
        rows_ = std::move(rows);
        endResetModel();
    } else if (!rows_.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

void TrackModel::search(const QString& text) {
    search_ = text.trimmed();
    refresh();
}

bool TrackModel::isFound(const score::Track& track) const {
    if (search_.isEmpty()) return true;
    const auto group = document_.trackSettings().groupOf(track.id);
    const auto words = trackTitle(track) + QLatin1Char(' ') + instrumentName(score::mainProgram(track), track.drums) +
                       QLatin1Char(' ') +
                       (group ? QString::fromStdString(document_.trackSettings().groups[*group].name) : QString());
    return words.contains(search_, Qt::CaseInsensitive);
}

std::vector<TrackModel::Row> TrackModel::rows() const {
    std::vector<Row> rows;
    std::set<std::size_t> shown;
    const auto& settings = document_.trackSettings();
    for (const auto& track : document_.score().tracks) {
        const auto group = settings.groupOf(track.id);
        if (!group) {
            if (isFound(track)) rows.push_back({track.id, std::nullopt, false});
            continue;
        }
        if (!shown.insert(*group).second) continue;
        std::vector<Row> members;
        for (const auto& member : document_.score().tracks)
            if (settings.groupOf(member.id) == group && isFound(member)) members.push_back({member.id, group, false});
        if (members.empty()) continue;
        rows.push_back({{}, group, true});
        if (!settings.groups[*group].folded || !search_.isEmpty())
            rows.insert(rows.end(), members.begin(), members.end());
    }
    return rows;
}

int TrackModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

const TrackModel::Row* TrackModel::rowAt(const QModelIndex& index) const {
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < rows_.size() ? &rows_[row] : nullptr;
}

score::TrackId TrackModel::trackAt(const QModelIndex& index) const {
    const auto* row = rowAt(index);
    return row ? row->track : score::TrackId{};
}

std::optional<std::size_t> TrackModel::groupAt(const QModelIndex& index) const {
    const auto* row = rowAt(index);
    const bool isThere = row && row->isHeading && *row->group < document_.trackSettings().groups.size();
    return isThere ? row->group : std::nullopt;
}

std::vector<score::TrackId> TrackModel::tracksAt(const QModelIndex& index) const {
    if (const auto track = trackAt(index); track != score::TrackId{}) return {track};
    std::vector<score::TrackId> tracks;
    if (const auto group = groupAt(index))
        for (const auto& track : document_.score().tracks)
            if (document_.trackSettings().groupOf(track.id) == group) tracks.push_back(track.id);
    return tracks;
}

QModelIndex TrackModel::indexOf(score::TrackId track) const {
    if (track == score::TrackId{}) return {};
    const auto found = std::ranges::find(rows_, track, &Row::track);
    return found == rows_.end() ? QModelIndex() : index(static_cast<int>(found - rows_.begin()));
}

const ChannelProblem* TrackModel::problemOf(score::TrackId track) const {
    const auto found = problems_.find(track);
    return found == problems_.end() ? nullptr : &found->second;
}

QVariant TrackModel::data(const QModelIndex& index, int role) const {
    if (const auto group = groupAt(index)) return groupData(document_.trackSettings().groups[*group], index, role);
    const auto* track = score::findTrack(document_.score(), trackAt(index));
    if (!track) return {};
    if (role == Indented) return rowAt(index)->group.has_value();
    return trackData(*track, role);
}

QVariant TrackModel::groupData(const TrackGroup& group, const QModelIndex& index, int role) const {
    const auto tracks = tracksAt(index);
    const auto name = QString::fromStdString(group.name);
    const auto& mix = document_.mix();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return name;
    case Qt::AccessibleTextRole:
        return tr("Group %1, %2 tracks%3").arg(name).arg(tracks.size()).arg(group.folded ? tr(", folded") : QString());
    case IsGroup:
        return true;
    case Folded:
        return group.folded;
    case Count:
        return static_cast<int>(tracks.size());
    case Muted:
        return areAllIn(mix.muted, tracks);
    case Soloed:
        return areAllIn(mix.soloed, tracks);
    case Sounds:
        return std::ranges::any_of(tracks, [&](score::TrackId id) { return mix.sounds(id); });
    case Current:
        return group.folded && std::ranges::find(tracks, document_.currentTrack()) != tracks.end();
    case Part: {
        const auto first = tracks.empty() ? NetRole::Writes : document_.trackSettings().roleOf(tracks.front());
        const bool same = std::ranges::all_of(
            tracks, [&](score::TrackId id) { return document_.trackSettings().roleOf(id) == first; });
        return same ? roleText(first) : QString();
    }
    default:
        return {};
    }
}

QVariant TrackModel::trackData(const score::Track& track, int role) const {
    const auto& mix = document_.mix();
    const auto& settings = document_.trackSettings();
    const int program = score::mainProgram(track);
    switch (role) {
    case Qt::DisplayRole:
        return trackTitle(track);
    case Qt::EditRole:
        return QString::fromStdString(track.name);
    case Qt::AccessibleTextRole:
        return tr("%1, %2%3%4%5, the net: %6")
            .arg(trackTitle(track), instrumentName(program, track.drums),
                 mix.muted.contains(track.id) ? tr(", muted") : QString(),
                 mix.soloed.contains(track.id) ? tr(", solo") : QString(),
                 settings.locked.contains(track.id) ? tr(", locked") : QString(), roleText(settings.roleOf(track.id)));
    case Instrument:
        return instrumentName(program, track.drums);
    case Icon:
        return trackIcon(document_, track);
    case Colour:
        return document_.colourOf(track.id);
    case Muted:
        return mix.muted.contains(track.id);
    case Soloed:
        return mix.soloed.contains(track.id);
    case Visible:
        return document_.isVisible(track.id);
    case Current:
        return document_.currentTrack() == track.id;
    case Sounds:
        return mix.sounds(track.id);
    case Output:
        return outputOf(track, mix);
    case Locked:
        return settings.locked.contains(track.id);
    case Part:
        return roleText(settings.roleOf(track.id));
    case Problem:
        return problemOf(track.id) ? problemOf(track.id)->sentence : QString();
    case IsGroup:
        return false;
    default:
        return {};
    }
}

bool TrackModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const auto name = value.toString().trimmed().toStdString();
    if (role != Qt::EditRole) return false;
    if (const auto group = groupAt(index)) {
        auto settings = document_.trackSettings();
        settings.groups[*group].name = name;
        document_.setTrackSettings(std::move(settings));
        return true;
    }
    const auto* track = score::findTrack(document_.score(), trackAt(index));
    if (!track || name == track->name) return false;
    auto header = track->header();
    header.name = name;
    document_.perform(score::setHeader(document_.score(), header), tr("Rename track"));
    return true;
}

Qt::ItemFlags TrackModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable : Qt::NoItemFlags;
}

void TrackModel::toggleMuted(const std::vector<score::TrackId>& tracks) {
    auto mix = document_.mix();
    toggleAll(mix.muted, tracks);
    document_.setMix(std::move(mix));
}

void TrackModel::toggleSoloed(const std::vector<score::TrackId>& tracks) {
    auto mix = document_.mix();
    toggleAll(mix.soloed, tracks);
    document_.setMix(std::move(mix));
}

void TrackModel::toggleVisible(const std::vector<score::TrackId>& tracks) {
    const bool all = std::ranges::all_of(tracks, [&](score::TrackId id) { return document_.isVisible(id); });
    for (const auto id : tracks) document_.setVisible(id, !all);
}

void TrackModel::toggleLocked(const std::vector<score::TrackId>& tracks) {
    auto settings = document_.trackSettings();
    toggleAll(settings.locked, tracks);
    document_.setTrackSettings(std::move(settings));
}

void TrackModel::setRole(const std::vector<score::TrackId>& tracks, NetRole role) {
    auto settings = document_.trackSettings();
    for (const auto id : tracks) settings.roles[id] = role;
    document_.setTrackSettings(std::move(settings));
}

void TrackModel::setFolded(std::size_t group, bool folded) {
    auto settings = document_.trackSettings();
    if (group >= settings.groups.size()) return;
    settings.groups[group].folded = folded;
    document_.setTrackSettings(std::move(settings));
}

} // namespace continuo::ui
