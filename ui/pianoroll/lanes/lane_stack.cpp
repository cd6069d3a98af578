#include "ui/pianoroll/lanes/lane_stack.h"

#include "ui/pianoroll/lanes/curve_lane.h"
#include "ui/pianoroll/lanes/lane_picker.h"
#include "ui/pianoroll/lanes/note_value_lane.h"
#include "ui/pianoroll/lanes/program_lane.h"
#include "ui/pianoroll/lanes/switch_lane.h"
#include "ui/theme/theme.h"

#include <QPointer>
#include <algorithm>
#include <set>

namespace continuo::ui {
namespace {

constexpr std::size_t kMostKeys = 12; // of selected notes, offered for key pressure

std::vector<int> keysOf(const std::vector<score::Note>& notes) {
    std::set<int> keys;
    for (const auto& note : notes)
        if (keys.size() < kMostKeys) keys.insert(note.pitch);
    return {keys.begin(), keys.end()};
}

} // namespace

LaneStack::LaneStack(RollState& state, RollCommands& commands, int gutter, QWidget* parent)
    : QWidget(parent), state_(state), commands_(commands), gutter_(gutter), path_(state.document().path()),
      places_(initialPlaces()) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&state.document(), &ScoreDocument::replaced, this, &LaneStack::restore);
    connect(&themeSignals(), &ThemeSignals::changed, this, &LaneStack::arrange);
    build();
}

std::vector<LaneStack::Place> LaneStack::initialPlaces() const {
    std::vector<Place> places{{LaneSubject::velocity()}};
    if (!small_) places.push_back({LaneSubject::control(score::ControlLine::controller(64))});
    return places;
}

void LaneStack::restore() {
    if (changed_) remembered_[path_] = places_;
    path_ = state_.document().path();
    const auto found = remembered_.find(path_);
    changed_ = found != remembered_.end();
    places_ = changed_ ? found->second : initialPlaces();
    build();
}

void LaneStack::changedByHand() { changed_ = true; }

Lane* LaneStack::makeLane(const LaneSubject& subject) {
    const LaneContext context{state_, commands_, tools_, services_};
    Lane* lane = nullptr;
    if (subject.isOfNotes())
        lane = new NoteValueLane(context, subject, this);
    else if (subject.line == score::ControlLine::program())
        lane = new ProgramLane(context, subject, this);
    else if (score::isSwitch(subject.line))
        lane = new SwitchLane(context, subject, this);
    else
        lane = new CurveLane(context, subject, this);
    lane->setGutter(gutter_);
    connect(lane, &Lane::heightWanted, this, [this, lane](int height) { setHeight(lane, height); });
    connect(lane, &Lane::foldWanted, this, [this, lane](bool folded) { setFolded(lane, folded); });
    connect(lane, &Lane::closeWanted, this, [this, lane] { closeLane(lane); });
    connect(lane, &Lane::addWanted, this,
            [this, lane] { openPicker(lane->mapToGlobal(QPoint(theme().px(4), theme().px(24)))); });
    connect(lane, &Lane::pickerWanted, this, [this, lane](QPoint below) {
        pick(below, [this, lane = QPointer(lane)](const LaneSubject& chosen) {
            if (lane) replaceLane(lane, chosen);
        });
    });
    return lane;
}

void LaneStack::build() {
    for (auto* lane : lanes_) {
        lane->hide();
        lane->deleteLater(); // it may be the one that asked
    }
    lanes_.clear();
    for (const auto& place : places_) {
        auto* lane = makeLane(place.subject);
        lane->setFolded(place.folded);
        lane->show();
        lanes_.push_back(lane);
    }
    for (std::size_t i = 1; i < lanes_.size(); ++i) setTabOrder(lanes_[i - 1], lanes_[i]);
    arrange();
}

int LaneStack::wantedHeight(std::size_t index) const {
    const auto& place = places_[index];
    if (place.folded) return Lane::foldedHeight();
    return std::max(Lane::leastHeight(), place.height > 0 ? place.height : lanes_[index]->naturalHeight(small_));
}

void LaneStack::arrange() {
    int sum = 0;
    for (std::size_t i = 0; i < lanes_.size(); ++i) sum += wantedHeight(i);
    const double part = sum > room_ ? static_cast<double>(room_) / sum : 1;
    int top = 0;
    for (std::size_t i = 0; i < lanes_.size(); ++i) {
        const int height = std::max(Lane::foldedHeight(), static_cast<int>(wantedHeight(i) * part));
        lanes_[i]->setGeometry(0, top, width(), height);
        top += height;
    }
    setFixedHeight(top);
}

void LaneStack::resizeEvent(QResizeEvent*) { arrange(); }

void LaneStack::setGutter(int gutter) {
    gutter_ = gutter;
    for (auto* lane : lanes_) lane->setGutter(gutter);
}

void LaneStack::setSmall(bool small) {
    if (small == small_) return;
    small_ = small;
    if (changed_) return arrange();
    places_ = initialPlaces();
    build();
}

void LaneStack::setRoom(int height) {
    if (height == room_) return;
    room_ = height;
    arrange();
}

void LaneStack::setServices(LaneServices services) {
    services_ = std::move(services);
    update();
}

void LaneStack::addLane(const LaneSubject& subject) {
    const auto found = std::ranges::find(places_, subject, &Place::subject);
    if (found == places_.end()) {
        places_.push_back({subject});
        changedByHand();
        build();
    }
    lanes_[static_cast<std::size_t>(std::ranges::find(places_, subject, &Place::subject) - places_.begin())]->setFocus(
        Qt::OtherFocusReason);
}

void LaneStack::pick(QPoint below, std::function<void(LaneSubject)> chosen) {
    auto* picker = new LanePicker(laneChoices(state_.track(), keysOf(state_.selectedNotes()), state_.prefersFlats()),
                                  std::move(chosen), this);
    picker->popUp(below);
}

void LaneStack::openPicker(QPoint below) {
    pick(below, [this](const LaneSubject& chosen) { addLane(chosen); });
}

std::size_t LaneStack::indexOf(Lane* lane) const {
    return static_cast<std::size_t>(std::ranges::find(lanes_, lane) - lanes_.begin());
}

void LaneStack::replaceLane(Lane* lane, const LaneSubject& subject) {
    const auto index = indexOf(lane);
    if (index >= places_.size() || places_[index].subject == subject) return;
    const auto other = std::ranges::find(places_, subject, &Place::subject);
    if (other != places_.end()) other->subject = places_[index].subject; // they change places
    places_[index] = {subject};
    changedByHand();
    build();
    lanes_[index]->setFocus(Qt::OtherFocusReason);
}

void LaneStack::closeLane(Lane* lane) {
    const auto index = indexOf(lane);
    if (index >= places_.size()) return;
    places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(index));
    changedByHand();
    build();
}

void LaneStack::setHeight(Lane* lane, int height) {
    const auto index = indexOf(lane);
    if (index >= places_.size() || places_[index].folded) return;
    int others = 0;
    for (std::size_t i = 0; i < lanes_.size(); ++i)
        if (i != index) others += wantedHeight(i);
    places_[index].height = std::clamp(height, Lane::leastHeight(), std::max(Lane::leastHeight(), room_ - others));
    changedByHand();
    arrange();
}

void LaneStack::setFolded(Lane* lane, bool folded) {
    const auto index = indexOf(lane);
    if (index >= places_.size()) return;
    places_[index].folded = folded;
    lane->setFolded(folded);
    changedByHand();
    arrange();
}

} // namespace continuo::ui
