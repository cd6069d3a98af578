#include "ui/transport/transport_bar.h"

#include "ui/shortcuts/key_labels.h"
#include "ui/theme/theme.h"
#include "ui/transport/output_display.h"
#include "ui/transport/transport_display.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmented_switch.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QSignalBlocker>

namespace continuo::ui {

TransportBar::TransportBar(ScoreDocument& document, PlaybackController& playback, QWidget* parent)
    : QWidget(parent), document_(document), playback_(playback),
      toStart_(button("to-start", "toStart", "To the start")), stop_(button("stop", "stop", "Stop")),
      play_(button("play", "play", "Play")), record_(button("record", "record", "Record what you play")),
      loop_(button("loop", "loop", "Loop")), metronome_(button("metronome", "metronome", "Metronome")),
      follow_(button("follow", "follow", "Follow the playhead")), display_(new TransportDisplay(document, this)),
      output_(new OutputDisplay(this)) {
    setAccessibleName("Transport");
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto* row = new QHBoxLayout(this);
    row->setSpacing(0);
    addButtons(*row);
    addDisplays(*row);
    applyMetrics();
    connectPlayback();
    refreshMix();
}

IconButton* TransportBar::button(const QString& icon, const QString& shortcutId, const QString& help) {
    auto* made = new IconButton(icon, help, {}, this);
    followKeys(*made, help, shortcutId);
    made->setLarge();
    made->setObjectName(shortcutId);
    return made;
}

void TransportBar::addButtons(QBoxLayout& row) {
    play_->setCheckable(true);
    play_->setCheckedLook(CheckedLook::Fill);
    play_->setInk(ink::primary);
    record_->setCheckable(true);
    record_->setCheckedLook(CheckedLook::Record);
    record_->setInk(ink::record);
    loop_->setCheckable(true);
    loop_->setCheckedLook(CheckedLook::Tool);
    metronome_->setCheckable(true);
    follow_->setCheckable(true);
    for (auto* each : {toStart_, stop_, play_, record_, loop_}) {
        row.addWidget(each);
        row.addSpacing(2);
    }
}

void TransportBar::addDisplays(QBoxLayout& row) {
    row.addSpacing(theme().px(6));
    row.addWidget(display_);
    row.addSpacing(theme().px(6));
    row.addWidget(metronome_);
    row.addSpacing(2);
    row.addWidget(follow_);
    row.addStretch(1);
    row.addWidget(output_);
    row.addSpacing(theme().px(10));
}

void TransportBar::setWorkspaces(const QStringList& names) {
    std::vector<SegmentedSwitch::Item> items;
    for (const auto& name : names) items.push_back({name, {}, helpText(name, keyText(name.toLower()))});
    workspaces_ = new SegmentedSwitch(std::move(items), "Workspace", this);
    workspaces_->setLook(SegmentedSwitch::Look::Workspace);
    workspaceMenu_ = new ChoiceBox("Workspace", this);
    workspaceMenu_->addItems(names);
    workspaceMenu_->setProperty("onFrame", true);
    auto* row = static_cast<QBoxLayout*>(layout());
    row->addWidget(workspaces_);
    row->addWidget(workspaceMenu_);
    applyMetrics();
    connect(workspaces_, &SegmentedSwitch::currentChanged, this, &TransportBar::workspaceChosen);
    connect(workspaceMenu_, &QComboBox::activated, this, &TransportBar::workspaceChosen);
    setSmall(small_);
}

void TransportBar::showWorkspace(int index) {
    const QSignalBlocker one(workspaces_), two(workspaceMenu_);
    workspaces_->setCurrent(index);
    workspaceMenu_->setCurrentIndex(index);
}

void TransportBar::showFollowing(bool following) { follow_->setChecked(following); }
void TransportBar::showRecording(bool recording) { record_->setChecked(recording); }

void TransportBar::setSmall(bool small) {
    small_ = small;
    output_->setVisible(!small && playback_.state().audible);
    follow_->setVisible(!small);
    if (!workspaces_) return;
    workspaces_->setVisible(!small);
    workspaceMenu_->setVisible(small);
}

QSize TransportBar::sizeHint() const { return {theme().px(700), theme().height.transport}; }

void TransportBar::applyMetrics() {
    layout()->setContentsMargins(theme().px(4), 0, theme().px(4), theme().px(4));
    if (workspaceMenu_) workspaceMenu_->setFixedSize(theme().px(104), theme().height.controlLarge);
}

void TransportBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::StyleChange) applyMetrics();
    QWidget::changeEvent(event);
}

void TransportBar::connectPlayback() {
    connect(toStart_, &IconButton::clicked, &playback_, &PlaybackController::toStart);
    connect(stop_, &IconButton::clicked, &playback_, &PlaybackController::stop);
    connect(play_, &IconButton::clicked, this, [this] {
        playback_.toggle();
        play_->setChecked(playback_.isPlaying());
    });
    connect(record_, &IconButton::clicked, this, &TransportBar::recordToggled);
    connect(loop_, &IconButton::clicked, &playback_, &PlaybackController::setLooping);
    connect(metronome_, &IconButton::clicked, &playback_, &PlaybackController::setMetronome);
    connect(follow_, &IconButton::clicked, this, &TransportBar::followToggled);
    connect(display_, &TransportDisplay::seekRequested, &playback_, &PlaybackController::seek);
    connect(&playback_, &PlaybackController::positionChanged, display_,
            [this](score::Tick at) { display_->setPosition(at); });
    const auto showPlayKey = [this] {
        play_->setHelp(playback_.isPlaying() ? tr("Stop") : tr("Play"), keyTexts("play"));
    };
    connect(&shortcutBook(), &ShortcutBook::changed, play_, showPlayKey);
    connect(&playback_, &PlaybackController::playingChanged, this, [this, showPlayKey](bool playing) {
        play_->setChecked(playing);
        showPlayKey();
        stop_->setEnabled(playing);
    });
    stop_->setEnabled(playback_.isPlaying());
    connect(&playback_, &PlaybackController::stateChanged, this, [this](const auto& state) {
        output_->setVisible(!small_ && state.audible);
        output_->show(state);
    });
    connect(&document_, &ScoreDocument::mixChanged, this, &TransportBar::refreshMix);
    connect(&document_, &ScoreDocument::replaced, this, &TransportBar::refreshMix);
}

void TransportBar::refreshMix() {
    loop_->setChecked(playback_.isLooping());
    metronome_->setChecked(document_.mix().metronome);
}

} // namespace continuo::ui
