#include "ui/pianoroll/lanes/control_lane.h"

#include "ui/theme/theme.h"

#include <QKeyEvent>
#include <QMenu>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr int kLargeStep = 10;

} // namespace

ControlLane::ControlLane(const LaneContext& context, LaneSubject subject, QWidget* parent)
    : Lane(context, subject, parent) {
    const auto forget = [this] {
        stale_ = true;
        update();
    };
    const auto forgetAll = [this, forget] {
        selection_.clear();
        forgetProposal();
        forget();
    };
    connect(&document(), &ScoreDocument::scoreChanged, this, forget);
    connect(&document(), &ScoreDocument::replaced, this, forgetAll);
    connect(&document(), &ScoreDocument::currentTrackChanged, this, forgetAll);
}

const ControlIndex& ControlLane::shown() {
    if (!stale_) return index_;
    stale_ = false;
    std::vector<score::ChannelEvent> events;
    if (const auto* track = state().track()) {
        events = score::eventsOf(*track, line());
        if (proposal_) {
            score::Score scratch;
            scratch.tracks.resize(1);
            scratch.tracks[0].id = track->id;
            scratch.tracks[0].events = std::move(events);
            for (const auto& part : proposal_->contents)
                if (part.track == track->id) score::apply({.contents = {{part.track, {}, part.events}}}, scratch);
            events = std::move(scratch.tracks[0].events);
        }
    }
    index_.rebuild(std::move(events), score::initialValueOf(line()));
    return index_;
}

std::vector<score::EventId> ControlLane::selected() {
    std::vector<score::EventId> ids;
    if (selection_.empty()) return ids;
    for (const auto& event : shown().events())
        if (selection_.contains(event.id)) ids.push_back(event.id);
    return ids;
}

void ControlLane::select(std::vector<score::EventId> ids) { setSelection({ids.begin(), ids.end()}); }

void ControlLane::setSelection(std::unordered_set<score::EventId> ids) {
    selection_ = std::move(ids);
    tellDescription();
    update();
}

void ControlLane::propose(score::ScoreEdit edit) {
    proposal_ = std::move(edit);
    stale_ = true;
    update();
}

void ControlLane::forgetProposal() {
    if (!proposal_) return;
    proposal_.reset();
    stale_ = true;
    update();
}

void ControlLane::commit(const QString& name) {
    if (!proposal_) return;
    auto edit = std::move(*proposal_);
    forgetProposal();
    document().perform(std::move(edit), name);
}

QString ControlLane::counted(const QString& verb, std::size_t count) const {
    return count == 1 ? tr("%1 point").arg(verb) : tr("%1 %2 points").arg(verb).arg(count);
}

void ControlLane::copy() {
    const auto ids = selected();
    if (!ids.empty()) context().tools.setClip(score::copyPoints(document().score(), document().currentTrack(), ids));
}

void ControlLane::cut() {
    const auto ids = selected();
    copy();
    document().perform(score::removeEvents(document().score(), document().currentTrack(), ids),
                       counted(tr("Cut"), ids.size()));
}

void ControlLane::paste(const score::ControlPaste& how) {
    const auto& clip = context().tools.clip();
    if (!clip || clip->points.empty()) return;
    std::vector<score::EventId> pasted;
    document().perform(score::pastePoints(document().score(), document().currentTrack(), line(), *clip,
                                          document().insertCursor(), how, document().mint(), &pasted),
                       counted(tr("Paste"), clip->points.size()));
    select(std::move(pasted));
}

void ControlLane::remove() {
    const auto ids = selected();
    document().perform(score::removeEvents(document().score(), document().currentTrack(), ids),
                       counted(tr("Delete"), ids.size()));
}

void ControlLane::selectAll() {
    std::unordered_set<score::EventId> ids;
    for (const auto& event : shown().events()) ids.insert(event.id);
    setSelection(std::move(ids));
}

score::Tick ControlLane::snapped(double x, Qt::KeyboardModifiers modifiers) const {
    const auto at = state().geometry().tickAt(x);
    return state().grid().on && !modifiers.testFlag(Qt::AltModifier) ? state().snapper().nearest(at) : at;
}

score::Ticks ControlLane::travel(double pixels, score::Tick from, Qt::KeyboardModifiers modifiers) const {
    const score::Ticks distance{std::llround(pixels * state().geometry().ticksPerPixel())};
    return state().grid().on && !modifiers.testFlag(Qt::AltModifier) ? state().snapper().travel(distance, from)
                                                                     : distance;
}

void ControlLane::moveSelected(score::Ticks by) {
    const auto ids = selected();
    document().perform(score::movePoints(document().score(), document().currentTrack(), ids, by),
                       counted(tr("Move"), ids.size()), Nudge::Time);
}

void ControlLane::changeSelected(int by) {
    const auto ids = selected();
    document().perform(score::movePoints(document().score(), document().currentTrack(), ids, {}, by),
                       counted(tr("Change"), ids.size()), Nudge::Velocity);
}

void ControlLane::moveByGrid(int steps, bool ticks) {
    const auto ids = selected();
    if (ids.empty()) return;
    const auto& events = shown().events();
    const auto first = std::ranges::find(events, ids.front(), &score::ChannelEvent::id)->at;
    moveSelected((ticks ? score::Ticks{1} : state().snapper().step(first)) * steps);
}

void ControlLane::stepSelection(int direction) {
    const auto& events = shown().events();
    if (events.empty()) return;
    const auto ids = selected();
    const auto last = static_cast<std::ptrdiff_t>(events.size()) - 1;
    auto next = static_cast<std::ptrdiff_t>(shown().firstFrom(document().insertCursor())) - (direction > 0 ? 0 : 1);
    if (!ids.empty()) {
        const auto from = direction > 0 ? ids.back() : ids.front();
        next = std::ranges::find(events, from, &score::ChannelEvent::id) - events.begin() + direction;
    }
    const auto& event = events[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(next, 0, last))];
    select({event.id});
    const double x = state().geometry().xOf(event.at);
    if (x >= 0 && x < contentWidth()) return;
    state().scrollTo(event.at -
                     score::Ticks{static_cast<std::int64_t>(contentWidth() / 4 * state().geometry().ticksPerPixel())});
}

ControlLane::Command ControlLane::commandOf(const QKeyEvent& event) {
    const auto modifiers = event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
    const int key = event.key();
    const bool shift = modifiers == Qt::ShiftModifier, plain = modifiers == Qt::NoModifier;
    if (modifiers == Qt::ControlModifier) {
        if (key == Qt::Key_C) return &ControlLane::copy;
        if (key == Qt::Key_X) return &ControlLane::cut;
        if (key == Qt::Key_V) return [](ControlLane& lane) { lane.paste(); };
        if (key == Qt::Key_A) return &ControlLane::selectAll;
        if (key == Qt::Key_Left) return [](ControlLane& lane) { lane.stepSelection(-1); };
        if (key == Qt::Key_Right) return [](ControlLane& lane) { lane.stepSelection(1); };
        return {};
    }
    if ((key == Qt::Key_Left || key == Qt::Key_Right) && (plain || modifiers == Qt::AltModifier))
        return [steps = key == Qt::Key_Left ? -1 : 1, ticks = !plain](ControlLane& lane) {
            lane.moveByGrid(steps, ticks);
        };
    const int by = shift ? kLargeStep : 1;
    if ((plain || shift) && (key == Qt::Key_Up || key == Qt::Key_Plus || key == Qt::Key_Equal))
        return [by](ControlLane& lane) { lane.changeSelected(by); };
    if ((plain || shift) && (key == Qt::Key_Down || key == Qt::Key_Minus || key == Qt::Key_Underscore))
        return [by](ControlLane& lane) { lane.changeSelected(-by); };
    if (!plain) return {};
    if (key == Qt::Key_Delete || key == Qt::Key_Backspace) return &ControlLane::remove;
    if (key == Qt::Key_Return || key == Qt::Key_Enter) return [](ControlLane& lane) { lane.addAtCursor(); };
    return {};
}

bool ControlLane::knows(const QKeyEvent& event) const {
    return commandOf(event) != nullptr || event.key() == Qt::Key_Escape;
}

bool ControlLane::handle(const QKeyEvent& event) {
    if (event.key() == Qt::Key_Escape && !selection_.empty()) return setSelection({}), true;
    const auto command = commandOf(event);
    if (command) command(*this);
    return command != nullptr;
}

void ControlLane::addActions(QMenu& menu) {
    const bool some = !selected().empty();
    const auto& clip = context().tools.clip();
    const auto add = [&](QMenu& to, const QString& name, const QString& keys, bool enabled, auto run) {
        auto* action = to.addAction(name, this, run);
        action->setShortcut(QKeySequence(keys));
        action->setShortcutContext(Qt::WidgetShortcut); // shown only: the lane reads its keys itself
        action->setEnabled(enabled);
    };
    add(menu, tr("Cut"), QStringLiteral("Ctrl+X"), some, [this] { cut(); });
    add(menu, tr("Copy"), QStringLiteral("Ctrl+C"), some, [this] { copy(); });
    add(menu, tr("Paste"), QStringLiteral("Ctrl+V"), clip.has_value(), [this] { paste(); });
    auto* scaled = menu.addMenu(tr("Paste scaled"));
    scaled->setEnabled(clip.has_value());
    for (const auto& [name, how] : {std::pair{tr("Half as strong"), score::ControlPaste{1, 0.5}},
                                    {tr("Twice as strong"), {1, 2}},
                                    {tr("In half the time"), {0.5, 1}},
                                    {tr("In twice the time"), {2, 1}}})
        scaled->addAction(name, this, [this, how = how] { paste(how); });
    add(menu, tr("Delete"), QStringLiteral("Del"), some, [this] { remove(); });
    add(menu, tr("Select all"), QStringLiteral("Ctrl+A"), true, [this] { selectAll(); });
}

QString ControlLane::textOf(const score::ChannelEvent& event) const { return QString::number(score::valueOf(event)); }

QString ControlLane::placeOf(score::Tick at) const {
    const auto place = document().meterMap().positionAt(at);
    return tr("bar %1 beat %2").arg(place.bar + 1).arg(place.beat + 1);
}

QString ControlLane::described() const {
    auto& self = const_cast<ControlLane&>(*this);
    const auto ids = self.selected();
    const auto& events = self.shown().events();
    const auto count = events.size() == 1 ? tr("1 event") : tr("%1 events").arg(events.size());
    if (ids.empty()) return tr("%1. Ctrl Right selects the next.").arg(count);
    if (ids.size() > 1) return tr("%1, %2 selected.").arg(count).arg(ids.size());
    const auto& event = *std::ranges::find(events, ids.front(), &score::ChannelEvent::id);
    return tr("%1 at %2, 1 of %3.").arg(textOf(event), placeOf(event.at), count);
}

} // namespace continuo::ui
