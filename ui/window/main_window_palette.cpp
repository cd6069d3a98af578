#include "engine/score/operations/chords.h"
#include "ui/pianoroll/roll_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/menu_bar.h"

#include <QAction>

/// What Ctrl+K finds.
namespace continuo::ui {
namespace {

std::vector<PaletteEntry> tracksNamed(ScoreDocument& document, const QString& text) {
    std::vector<PaletteEntry> entries;
    for (const auto& track : document.score().tracks) {
        const auto name = QString::fromStdString(track.name);
        if (name.contains(text, Qt::CaseInsensitive))
            entries.push_back(
                {name, MainWindow::tr("Track"), {}, [&document, id = track.id] { document.setCurrentTrack(id); }});
    }
    return entries;
}

std::vector<PaletteEntry> chordNamed(ScoreDocument& document, const QString& text) {
    const auto chord = score::ChordTable::standard().parse(text.trimmed().toStdString());
    if (!chord || document.currentTrack() == score::TrackId{}) return {};
    const auto name = QString::fromStdString(chord->name());
    return {
        {MainWindow::tr("Write %1").arg(name), MainWindow::tr("at the insert cursor"), {}, [&document, chord = *chord] {
             const score::StampSettings stamp{.chord = chord,
                                              .length = score::Ticks{document.score().division.quarter()}};
             auto made = score::stampChord(document.score(), document.currentTrack(), document.insertCursor(), stamp,
                                           document.mint());
             document.perform(std::move(made.edit), MainWindow::tr("Write a chord"));
         }}};
}

/// Those that stand in one of the menus.
std::vector<PaletteEntry> within(std::vector<PaletteEntry> entries, const QStringList& menus) {
    std::erase_if(entries, [&](const PaletteEntry& entry) {
        return std::ranges::none_of(menus, [&](const QString& menu) { return entry.where.startsWith(menu); });
    });
    return entries;
}

} // namespace

std::vector<PaletteEntry> MainWindow::commandEntries() {
    auto entries = entriesOf(*menus_);
    if (rollActions_.empty()) rollActions_ = roll_->allActions(this);
    for (auto* action : rollActions_) {
        const auto isThere = [&](const PaletteEntry& entry) { return entry.title == action->text(); };
        if (std::ranges::none_of(entries, isThere))
            entries.push_back({action->text(), tr("Roll"), action->shortcut().toString(QKeySequence::NativeText),
                               [action] { action->trigger(); }});
    }
    return entries;
}

void MainWindow::showPalette() {
    // Gathered once: menus that are filled when they open ask the system for MIDI ports.
    const auto find = [this, commands = commandEntries()](const QString& text) {
        if (text.startsWith(QLatin1Char('@'))) return tracksNamed(document_, text.mid(1).trimmed());
        if (text.startsWith(QLatin1Char('!'))) return chordNamed(document_, text.mid(1));
        if (text.startsWith(QLatin1Char('/'))) return within(commands, {tr("File")});
        if (text.startsWith(QLatin1Char('#'))) return within(commands, {tr("View"), tr("Edit, Habits of")});
        if (text.startsWith(QLatin1Char('>'))) return within(commands, {tr("Generate")});
        return commands;
    };
    (new CommandPalette(find, this))->popUp();
}

} // namespace continuo::ui
