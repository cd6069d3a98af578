#include "ui/tracks/track_model.h"

#include "engine/base/text.h"
#include "engine/score/note_operations.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"

namespace continuo::ui {

namespace {

QString outputOf(const score::Track& track, const sound::Mix& mix) {
    const auto route = mix.routes.find(track.id);
    if (route == mix.routes.end() || route->second.port.empty()) return {};
    return QString("%1, channel %2").arg(QString::fromStdString(route->second.port)).arg(route->second.channel + 1);
}

template <typename Set>
void toggle(Set& set, score::TrackId track) {
    if (!set.erase(track)) set.insert(track);
}

} // namespace

QString trackTitle(const score::Track& track) {
    const auto name = base::trimmed(track.name);
    return name.empty() ? instrumentName(score::mainProgram(track), track.drums)
                        : QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

TrackModel::TrackModel(ScoreDocument& document, QObject* parent) : QAbstractListModel(parent), document_(document) {
    connect(&document_, &ScoreDocument::tracksChanged, this, &TrackModel::refresh);
    connect(&document_, &ScoreDocument::replaced, this, &TrackModel::refresh);
    connect(&document_, &ScoreDocument::currentTrackChanged, this, &TrackModel::refresh);
    connect(&document_, &ScoreDocument::mixChanged, this, &TrackModel::refresh);
    connect(&document_, &ScoreDocument::visibilityChanged, this, &TrackModel::refresh);
    refresh();
}

void TrackModel::refresh() {
    const int rows = static_cast<int>(document_.score().tracks.size());
    if (rows != rows_) {
        beginResetModel();
        rows_ = rows;
        endResetModel();
    } else if (rows > 0) {
        Q_EMIT dataChanged(index(0), index(rows - 1));
    }
}

int TrackModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : rows_; }

score::TrackId TrackModel::trackAt(const QModelIndex& index) const {
    const auto& tracks = document_.score().tracks;
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < tracks.size() ? tracks[row].id : score::TrackId{};
}

QModelIndex TrackModel::indexOf(score::TrackId track) const {
    const auto& tracks = document_.score().tracks;
    for (std::size_t i = 0; i < tracks.size(); ++i)
        if (tracks[i].id == track && static_cast<int>(i) < rows_) return index(static_cast<int>(i));
    return {};
}

QVariant TrackModel::data(const QModelIndex& index, int role) const {
    const auto* track = score::findTrack(document_.score(), trackAt(index));
    if (!track) return {};
    const auto& mix = document_.mix();
    const int program = score::mainProgram(*track);
    switch (role) {
    case Qt::DisplayRole:
        return trackTitle(*track);
    case Qt::EditRole:
        return QString::fromStdString(track->name);
    case Qt::AccessibleTextRole:
        return QString("%1, %2%3%4")
            .arg(trackTitle(*track), instrumentName(program, track->drums),
                 mix.muted.contains(track->id) ? ", muted" : "", mix.soloed.contains(track->id) ? ", solo" : "");
    case Instrument:
        return instrumentName(program, track->drums);
    case Icon:
        return instrumentIcon(program, track->drums);
    case Colour:
        return document_.colourOf(track->id);
    case Muted:
        return mix.muted.contains(track->id);
    case Soloed:
        return mix.soloed.contains(track->id);
    case Visible:
        return document_.isVisible(track->id);
    case Current:
        return document_.currentTrack() == track->id;
    case Sounds:
        return mix.sounds(track->id);
    case Output:
        return outputOf(*track, mix);
    default:
        return {};
    }
}

bool TrackModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    const auto* track = score::findTrack(document_.score(), trackAt(index));
    const auto name = value.toString().trimmed().toStdString();
    if (!track || role != Qt::EditRole || name == track->name) return false;
    auto header = track->header();
    header.name = name;
    document_.perform(score::setHeader(document_.score(), header), tr("Rename track"));
    return true;
}

Qt::ItemFlags TrackModel::flags(const QModelIndex& index) const {
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsEditable : Qt::NoItemFlags;
}

void TrackModel::toggleMuted(score::TrackId track) {
    auto mix = document_.mix();
    toggle(mix.muted, track);
    document_.setMix(std::move(mix));
}

void TrackModel::toggleSoloed(score::TrackId track) {
    auto mix = document_.mix();
    toggle(mix.soloed, track);
    document_.setMix(std::move(mix));
}

void TrackModel::toggleVisible(score::TrackId track) { document_.setVisible(track, !document_.isVisible(track)); }

} // namespace continuo::ui
