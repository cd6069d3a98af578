#include "ui/tracks/track_panel.h"

#include "engine/score/note_operations.h"
#include "ui/shortcuts/key_labels.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/tracks/instrument_picker.h"
#include "ui/tracks/track_delegate.h"
#include "ui/tracks/track_model.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/push_button.h"

#include <QActionGroup>
#include <QContextMenuEvent>
#include <QListView>
#include <QMenu>
#include <set>

namespace continuo::ui {

namespace {

constexpr std::uint8_t kDrumChannel = 9;

/// The first channel that no other track of the port uses; 0 where all are taken.
std::uint8_t freeChannel(const score::Score& score, const score::TrackHeader& track) {
    std::set<int> used;
    for (const auto& other : score.tracks)
        if (other.id != track.id && other.port == track.port) used.insert(other.channel);
    for (std::uint8_t channel = 0; channel < 16; ++channel)
        if (channel != kDrumChannel && !used.contains(channel)) return channel;
    return 0;
}

} // namespace

score::ScoreEdit instrumentEdit(const score::Score& score, score::TrackId id, int program, bool drums,
                                score::IdMint& mint) {
    auto edit = score::setProgram(score, id, program, mint);
    const auto* track = score::findTrack(score, id);
    if (!track || track->drums == drums) return edit;
    auto header = track->header();
    header.drums = drums;
    header.channel = drums ? kDrumChannel : freeChannel(score, header);
    auto moved = score::setHeader(score, header);
    edit.headers.insert(edit.headers.end(), moved.headers.begin(), moved.headers.end());
    return edit;
}

TrackPanel::TrackPanel(ScoreDocument& document, PortLister ports, QWidget* parent)
    : PanelFrame("Tracks", parent), document_(document), ports_(std::move(ports)),
      model_(new TrackModel(document, this)), delegate_(new TrackDelegate(*model_, this)), list_(new QListView(this)),
      empty_(new EmptyState("piano", "No tracks",
                            "A track holds the notes of one instrument. Add one, or drop a MIDI file here.", this)) {
    build();
    connect(delegate_, &TrackDelegate::armPressed, this,
            [this](const QModelIndex& index) { document_.setCurrentTrack(model_->trackAt(index)); });
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (index.isValid()) document_.setCurrentTrack(model_->trackAt(index));
    });
    connect(&document_, &ScoreDocument::currentTrackChanged, this, &TrackPanel::showCurrent);
    connect(model_, &TrackModel::modelReset, this, &TrackPanel::showCurrent);
    showCurrent();
}

void TrackPanel::build() {
    setMinimumWidth(theme().px(180));
    auto* title = addTitle("Tracks");
    auto* add = new IconButton("add", "Add a track", {}, this);
    followKeys(*add, "Add a track", "addTrack");
    add->setSmall();
    add->setObjectName("addTrack");
    connect(add, &IconButton::clicked, this, &TrackPanel::addTrack);
    title->add(add);
    list_->setModel(model_);
    list_->setItemDelegate(delegate_);
    list_->setAccessibleName("Tracks");
    list_->setProperty("place", "tracks");
    list_->setUniformItemSizes(true);
    list_->setMouseTracking(true);
    list_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    PanelFrame::add(list_, 1);
    auto* first = new PushButton("Add a track", ButtonKind::Normal, empty_);
    first->setIconName("add");
    connect(first, &PushButton::clicked, this, &TrackPanel::addTrack);
    empty_->addButton(first);
    PanelFrame::add(empty_, 1);
}

void TrackPanel::showCurrent() {
    const bool any = model_->rowCount() > 0;
    list_->setVisible(any);
    empty_->setVisible(!any);
    const auto index = model_->indexOf(document_.currentTrack());
    if (index == list_->currentIndex()) return;
    list_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    list_->scrollTo(index);
}

QPoint TrackPanel::belowRow() const {
    const auto row = list_->visualRect(list_->currentIndex());
    return list_->viewport()->mapToGlobal(
        QPoint(theme().px(12), row.isValid() ? row.bottom() : theme().height.panelHeader));
}

void TrackPanel::addTrack() {
    auto* picker = new InstrumentPicker(
        {0, false},
        [this](Instrument chosen) {
            const auto name = instrumentName(chosen.program, chosen.drums);
            auto edit =
                score::addTrack(document_.score(), name.toStdString(), chosen.program, chosen.drums, document_.mint());
            const auto id = edit.lists.empty() ? score::TrackId{} : edit.lists.back().track.id;
            document_.perform(std::move(edit), tr("Add track %1").arg(name));
            document_.setCurrentTrack(id);
        },
        this);
    picker->popUp(mapToGlobal(QPoint(width() - picker->width() - 8, theme().height.panelHeader)));
}

void TrackPanel::renameTrack() {
    const auto index = model_->indexOf(document_.currentTrack());
    if (index.isValid()) list_->edit(index);
}

void TrackPanel::chooseInstrument() {
    const auto* track = document_.currentTrackContent();
    if (!track) return;
    auto* picker = new InstrumentPicker(
        {score::mainProgram(*track), track->drums},
        [this, id = track->id](Instrument chosen) { setInstrument(id, chosen.program, chosen.drums); }, this);
    picker->popUp(belowRow());
}

void TrackPanel::setInstrument(score::TrackId track, int program, bool drums) {
    auto edit = instrumentEdit(document_.score(), track, program, drums, document_.mint());
    document_.perform(std::move(edit), tr("Instrument %1").arg(instrumentName(program, drums)));
}

void TrackPanel::deleteTrack() {
    const auto* track = document_.currentTrackContent();
    if (!track) return;
    const auto name = trackTitle(*track);
    document_.perform(score::removeTrack(document_.score(), track->id), tr("Delete track %1").arg(name));
}

void TrackPanel::toggleMuted() {
    if (document_.currentTrackContent()) model_->toggleMuted(document_.currentTrack());
}

void TrackPanel::toggleSoloed() {
    if (document_.currentTrackContent()) model_->toggleSoloed(document_.currentTrack());
}

void TrackPanel::setRoute(score::TrackId track, std::optional<sound::Route> route) {
    auto mix = document_.mix();
    mix.routes.erase(track);
    if (route) mix.routes[track] = *route;
    document_.setMix(std::move(mix));
}

void TrackPanel::fillOutputMenu(QMenu& menu) {
    const auto* track = document_.currentTrackContent();
    menu.clear();
    if (!track) return;
    const auto id = track->id;
    const auto found = document_.mix().routes.find(id);
    const sound::Route now = found == document_.mix().routes.end() ? sound::Route{{}, track->channel} : found->second;
    auto* built = menu.addAction(tr("Synthesizer"), this, [this, id] { setRoute(id, std::nullopt); });
    built->setCheckable(true);
    built->setChecked(now.port.empty());
    const auto ports = ports_ ? ports_() : sound::PortList{};
    for (const auto& port : ports.outputs) {
        auto* action = menu.addAction(QString::fromStdString(port), this, [this, id, port, now] {
            setRoute(id, sound::Route{port, now.channel});
        });
        action->setCheckable(true);
        action->setChecked(now.port == port);
    }
    if (!ports.unavailable.empty()) menu.addAction(QString::fromStdString(ports.unavailable))->setEnabled(false);
    if (now.port.empty()) return;
    auto* channels = menu.addMenu(tr("Channel"));
    for (int channel = 0; channel < 16; ++channel) {
        auto* action = channels->addAction(QString::number(channel + 1), this, [this, id, now, channel] {
            setRoute(id, sound::Route{now.port, channel});
        });
        action->setCheckable(true);
        action->setChecked(channel == now.channel);
    }
}

void TrackPanel::contextMenuEvent(QContextMenuEvent* event) {
    const auto index = list_->indexAt(list_->viewport()->mapFromGlobal(event->globalPos()));
    if (index.isValid()) document_.setCurrentTrack(model_->trackAt(index));
    QMenu menu(this);
    const auto add = [&](const QString& id, auto function) {
        auto* action = menu.addAction(shortcut(id).name, this, function);
        if (!shortcut(id).keys.isEmpty()) action->setText(action->text() + "\t" + keyText(id));
        return action;
    };
    if (index.isValid()) {
        add("renameTrack", [this] { renameTrack(); });
        add("instrument", [this] { chooseInstrument(); });
        fillOutputMenu(*menu.addMenu(tr("Output")));
        menu.addSeparator();
    }
    add("addTrack", [this] { addTrack(); });
    if (index.isValid()) add("deleteTrack", [this] { deleteTrack(); });
    menu.exec(event->globalPos());
}

} // namespace continuo::ui
