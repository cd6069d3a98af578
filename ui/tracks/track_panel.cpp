#include "ui/tracks/track_panel.h"

#include "engine/score/note_operations.h"
#include "ui/shortcuts/key_labels.h"
#include "ui/theme/theme.h"
#include "ui/tracks/general_midi.h"
#include "ui/tracks/instrument_choice.h"
#include "ui/tracks/instrument_picker.h"
#include "ui/tracks/track_model.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/search_field.h"

#include <QContextMenuEvent>
#include <QItemSelection>
#include <QMenu>
#include <algorithm>

namespace continuo::ui {

namespace {

constexpr std::size_t kSearchFrom = 13; // tracks

} // namespace

TrackPanel::TrackPanel(ScoreDocument& document, PortLister ports, QWidget* parent)
    : PanelFrame("Tracks", parent), document_(document), actions_(document), ports_(std::move(ports)),
      model_(new TrackModel(document, this)), delegate_(new TrackDelegate(this)),
      list_(new TrackList(*model_, document, this)), search_(new SearchField(tr("Find a track"), this)),
      empty_(new EmptyState("piano", "No tracks",
                            "A track holds the notes of one instrument. Add one, or drop a MIDI file here.", this)) {
    build();
    connectList();
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
    list_->setItemDelegate(delegate_);
    list_->setProperty("place", "tracks");
    PanelFrame::add(search_);
    PanelFrame::add(list_, 1);
    auto* first = new PushButton("Add a track", ButtonKind::Normal, empty_);
    first->setIconName("add");
    connect(first, &PushButton::clicked, this, &TrackPanel::addTrack);
    empty_->addButton(first);
    PanelFrame::add(empty_, 1);
}

void TrackPanel::connectList() {
    connect(search_, &QLineEdit::textChanged, model_, &TrackModel::search);
    connect(delegate_, &TrackDelegate::partPressed, this, &TrackPanel::press);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& index) {
        if (const auto track = model_->trackAt(index); track != score::TrackId{}) document_.setCurrentTrack(track);
    });
    connect(list_, &TrackList::moveRequested, this,
            [this](const TrackPlace& place, bool keepsGroups) { actions_.move(chosen(), place, keepsGroups); });
    connect(list_, &TrackList::deleteRequested, this, &TrackPanel::deleteTrack);
    connect(list_, &TrackList::foldRequested, model_, &TrackModel::setFolded);
    connect(&document_, &ScoreDocument::currentTrackChanged, this, &TrackPanel::showCurrent);
    connect(model_, &TrackModel::modelAboutToBeReset, this, [this] { kept_ = list_->chosen(); });
    connect(model_, &TrackModel::modelReset, this, &TrackPanel::keepChosen);
}

/// Rows that stand elsewhere now are chosen as before.
void TrackPanel::keepChosen() {
    const auto kept = std::exchange(kept_, {});
    showCurrent();
    if (std::ranges::find(kept, document_.currentTrack()) == kept.end()) return;
    QItemSelection rows;
    for (const auto id : kept)
        if (const auto index = model_->indexOf(id); index.isValid()) rows.select(index, index);
    list_->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect);
}

void TrackPanel::showCurrent() {
    const bool any = !document_.score().tracks.empty();
    search_->setVisible(document_.score().tracks.size() >= kSearchFrom || !search_->text().isEmpty());
    list_->setVisible(any);
    empty_->setVisible(!any);
    const auto index = model_->indexOf(document_.currentTrack());
    if (index == list_->currentIndex()) return;
    list_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    list_->scrollTo(index);
}

std::vector<score::TrackId> TrackPanel::chosen() const {
    auto tracks = list_->chosen();
    if (tracks.empty() && document_.currentTrackContent()) tracks.push_back(document_.currentTrack());
    return tracks;
}

/// On one of several chosen rows: for all of them.
void TrackPanel::press(const QModelIndex& index, TrackDelegate::Part part) {
    auto tracks = model_->tracksAt(index);
    if (list_->selectionModel()->isSelected(index) && !model_->groupAt(index)) tracks = chosen();
    const auto own = model_->trackAt(index);
    const auto role = document_.trackSettings().roleOf(own);
    switch (part) {
    case TrackDelegate::Part::Eye:
        return model_->toggleVisible(tracks);
    case TrackDelegate::Part::Mute:
        return model_->toggleMuted(tracks);
    case TrackDelegate::Part::Solo:
        return model_->toggleSoloed(tracks);
    case TrackDelegate::Part::Arm:
        return document_.setCurrentTrack(own);
    case TrackDelegate::Part::Lock:
        return model_->toggleLocked(tracks);
    case TrackDelegate::Part::NetRole:
        return model_->setRole(tracks, role == NetRole::Writes  ? NetRole::Hears
                                       : role == NetRole::Hears ? NetRole::Ignores
                                                                : NetRole::Writes);
    case TrackDelegate::Part::Mend:
        if (const auto* problem = model_->problemOf(own)) mendChannel(document_, own, ChannelProblem(*problem));
        return;
    case TrackDelegate::Part::Fold:
        if (const auto group = model_->groupAt(index))
            model_->setFolded(*group, !document_.trackSettings().groups[*group].folded);
        return;
    case TrackDelegate::Part::None:
        return;
    }
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

void TrackPanel::chooseInstrument() {
    const auto* track = document_.currentTrackContent();
    if (!track) return;
    auto* picker = new InstrumentPicker({score::mainProgram(*track), track->drums}, {}, this);
    auto* choice = new InstrumentChoice(document_, chosen(), *picker);
    picker->setFoot(choice);
    picker->setChosen([choice](Instrument) { choice->apply(); });
    connect(choice, &InstrumentChoice::auditionRequested, this, &TrackPanel::auditionRequested);
    picker->popUp(belowRow());
}

void TrackPanel::renameTrack() {
    const auto index = model_->indexOf(document_.currentTrack());
    if (index.isValid()) list_->edit(index);
}

void TrackPanel::deleteTrack() { actions_.remove(chosen()); }

void TrackPanel::toggleMuted() { model_->toggleMuted(chosen()); }

void TrackPanel::toggleSoloed() { model_->toggleSoloed(chosen()); }

void TrackPanel::contextMenuEvent(QContextMenuEvent* event) {
    const auto index = list_->indexAt(list_->viewport()->mapFromGlobal(event->globalPos()));
    if (event->reason() != QContextMenuEvent::Keyboard && index.isValid() &&
        !list_->selectionModel()->isSelected(index))
        list_->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect);
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    fillTrackMenu(*menu);
    menu->popup(event->reason() == QContextMenuEvent::Keyboard ? belowRow() : event->globalPos());
}

} // namespace continuo::ui
