#include "engine/score/operations/operation.h"
#include "ui/shortcuts/shortcuts.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/tracks/track_model.h"
#include "ui/tracks/track_panel.h"

#include <QMenu>
#include <QPainter>
#include <algorithm>

/// The menu of the list of tracks.
namespace continuo::ui {
namespace {

constexpr std::array kIcons{"piano", "keyboard", "guitar", "bass",  "strings",   "brass",
                            "wind",  "voice",    "synth",  "drums", "soundfont", "midi-port"};
constexpr std::array kColourNames{"Teal",    "Coral", "Straw", "Periwinkle", "Rust", "Pink", "Stone", "Ocean",
                                  "Apricot", "Sky",   "Leaf",  "Mauve",      "Mint", "Gold", "Ice",   "Moss"};

QIcon swatch(const QColor& colour) {
    QPixmap picture(theme().iconSize.control, theme().iconSize.control);
    picture.fill(colour);
    return picture;
}

QAction* check(QAction* action, bool on) {
    action->setCheckable(true);
    action->setChecked(on);
    return action;
}

} // namespace

void TrackPanel::fillOutputMenu(QMenu& menu) {
    menu.clear();
    const auto* track = document_.currentTrackContent();
    if (!track) return;
    const auto tracks = chosen();
    const auto found = document_.mix().routes.find(track->id);
    const sound::Route now = found == document_.mix().routes.end() ? sound::Route{{}, track->channel} : found->second;
    check(menu.addAction(tr("Synthesizer"), this, [this, tracks] { actions_.setRoute(tracks, std::nullopt); }),
          now.port.empty());
    const auto ports = ports_ ? ports_() : sound::PortList{};
    for (const auto& port : ports.outputs)
        check(menu.addAction(QString::fromStdString(port), this,
                             [this, tracks, port, now] {
                                 actions_.setRoute(tracks, sound::Route{port, now.channel});
                             }),
              now.port == port);
    if (!ports.unavailable.empty()) menu.addAction(QString::fromStdString(ports.unavailable))->setEnabled(false);
    auto* channels = menu.addMenu(now.port.empty() ? tr("Channel in the file") : tr("Channel"));
    for (int channel = 0; channel < 16; ++channel) {
        const auto take = [this, tracks, now, channel] {
            if (now.port.empty())
                actions_.setChannel(tracks, channel);
            else
                actions_.setRoute(tracks, sound::Route{now.port, channel});
        };
        check(channels->addAction(QString::number(channel + 1), this, take), channel == now.channel);
    }
}

void TrackPanel::fillLookMenus(QMenu& menu) {
    const auto tracks = chosen();
    auto* colours = menu.addMenu(tr("Colour"));
    for (int i = 0; i < static_cast<int>(kColourNames.size()); ++i) {
        auto* action = colours->addAction(swatch(theme().trackColour(static_cast<std::size_t>(i))),
                                          tr(kColourNames[static_cast<std::size_t>(i)]), this,
                                          [this, tracks, i] { actions_.setColour(tracks, i); });
        action->setIconVisibleInMenu(true);
    }
    auto* icons = menu.addMenu(tr("Icon"));
    icons->addAction(tr("Of the instrument"), this, [this, tracks] { actions_.setIcon(tracks, {}); });
    for (const auto* name : kIcons)
        icons->addAction(menuIcon(name), QString(name).replace(QLatin1Char('-'), QLatin1Char(' ')), this,
                         [this, tracks, name] { actions_.setIcon(tracks, name); });
}

void TrackPanel::fillNetMenu(QMenu& menu) {
    const auto tracks = chosen();
    auto* net = menu.addMenu(tr("The net"));
    const auto offer = [&](const QString& text, NetRole role) {
        const bool all = std::ranges::all_of(
            tracks, [&](score::TrackId id) { return document_.trackSettings().roleOf(id) == role; });
        check(net->addAction(text, this, [this, tracks, role] { model_->setRole(tracks, role); }), all);
    };
    offer(tr("Hears and writes"), NetRole::Writes);
    offer(tr("Only hears"), NetRole::Hears);
    offer(tr("Leaves out"), NetRole::Ignores);
    const bool locked =
        std::ranges::all_of(tracks, [&](score::TrackId id) { return document_.trackSettings().locked.contains(id); });
    menu.addAction(menuIcon(locked ? "unlock" : "lock"), locked ? tr("Unlock") : tr("Lock"), this,
                   [this, tracks] { model_->toggleLocked(tracks); });
}

/// Clone, merge, split, group.
void TrackPanel::fillShapeMenus(QMenu& menu) {
    const auto tracks = chosen();
    const auto current = document_.currentTrack();
    menu.addAction(tr("Clone"), this, [this, tracks] { actions_.clone(tracks); });
    auto* merge = menu.addMenu(tr("Merge into"));
    for (const auto& track : document_.score().tracks) {
        const bool among = std::ranges::find(tracks, track.id) != tracks.end();
        if (among && tracks.size() < 2) continue;
        merge->addAction(trackTitle(track), this, [this, tracks, id = track.id] { actions_.merge(id, tracks); });
    }
    merge->setEnabled(!merge->isEmpty());
    auto* split = menu.addMenu(tr("Split"));
    const bool drums = document_.currentTrackContent() && document_.currentTrackContent()->drums;
    split->addAction(tr("By pitch…"), this, [this] { askForOperation("splitByPitch"); });
    split->addAction(tr("By voice…"), this, [this] { askForOperation("splitByVoice"); });
    split->addAction(tr("By hand"), this, [this, current] { actions_.splitHands(current); });
    split->addAction(drums ? tr("By drum") : tr("Explode: a track for each key"), this,
                     [this, current] { actions_.explode(current); });
    menu.addAction(tr("Quantize…"), this, [this] { askForOperation("quantize"); });
    menu.addAction(tr("Transpose…"), this, [this] { askForOperation("transpose"); });
    menu.addSeparator();
    menu.addAction(menuIcon("folder"), tr("Group"), this, [this, tracks] { actions_.group(tracks); });
    const bool grouped = std::ranges::any_of(
        tracks, [&](score::TrackId id) { return document_.trackSettings().groupOf(id).has_value(); });
    menu.addAction(tr("Out of the group"), this, [this, tracks] { actions_.ungroup(tracks); })->setEnabled(grouped);
}

void TrackPanel::askForOperation(const QString& id) {
    std::vector<score::NoteId> notes;
    for (const auto track : chosen())
        if (const auto* content = score::findTrack(document_.score(), track)) {
            const auto ids = score::allNotes(*content);
            notes.insert(notes.end(), ids.begin(), ids.end());
        }
    document_.selection().select(notes);
    Q_EMIT operationRequested(id);
}

void TrackPanel::fillTrackMenu(QMenu& menu) {
    const auto add = [&](const QString& id, auto function) {
        auto* action = menu.addAction(shortcut(id).name, this, function);
        if (!shortcut(id).keys.isEmpty()) action->setText(action->text() + "\t" + keyText(id));
    };
    const bool any = !chosen().empty();
    if (any) {
        add("renameTrack", [this] { renameTrack(); });
        add("instrument", [this] { chooseInstrument(); });
        fillOutputMenu(*menu.addMenu(tr("Output")));
        fillLookMenus(menu);
        fillNetMenu(menu);
        menu.addSeparator();
        fillShapeMenus(menu);
        menu.addSeparator();
    }
    add("addTrack", [this] { addTrack(); });
    if (any) add("deleteTrack", [this] { deleteTrack(); });
}

} // namespace continuo::ui
