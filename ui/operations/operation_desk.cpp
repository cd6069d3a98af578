#include "ui/operations/operation_desk.h"

#include "ui/operations/operation_panel.h"
#include "ui/shortcuts/key_labels.h"

#include <QAction>
#include <QMenu>
#include <unordered_set>

namespace continuo::ui {

QString outcomeText(const score::OperationResult& result) {
    int changed = 0, added = 0, removed = 0;
    for (const auto& content : result.edit.contents) {
        std::unordered_set<score::NoteId> before;
        for (const auto& note : content.notes.removed) before.insert(note.id);
        int kept = 0;
        for (const auto& note : content.notes.added) kept += static_cast<int>(before.count(note.id));
        changed += kept;
        added += static_cast<int>(content.notes.added.size()) - kept;
        removed += static_cast<int>(before.size()) - kept;
    }
    QStringList parts;
    const auto add = [&](int count, const QString& one, const QString& many) {
        if (count > 0) parts << (count == 1 ? one : many.arg(count));
    };
    add(changed, OperationDesk::tr("1 note changed"), OperationDesk::tr("%1 notes changed"));
    add(added, OperationDesk::tr("1 added"), OperationDesk::tr("%1 added"));
    add(removed, OperationDesk::tr("1 removed"), OperationDesk::tr("%1 removed"));
    add(static_cast<int>(result.edit.lists.size()), OperationDesk::tr("1 track more"),
        OperationDesk::tr("%1 tracks more"));
    auto text = parts.isEmpty() && result.edit.isEmpty() ? OperationDesk::tr("Nothing would change")
                                                         : parts.join(OperationDesk::tr(", "));
    if (result.locked > 0) text += OperationDesk::tr("; %1 locked left alone").arg(result.locked);
    return text;
}

OperationDesk::OperationDesk(ScoreDocument& document, QWidget& host, std::function<score::Grid()> grid)
    : QObject(&host), document_(document), slot_(host), grid_(std::move(grid)) {
    connect(&document, &ScoreDocument::replaced, this, &OperationDesk::close);
    for (auto signal : {&ScoreDocument::selectionChanged, &ScoreDocument::currentTrackChanged})
        connect(&document, signal, &slot_, &PanelSlot::show);
    connect(&document, &ScoreDocument::scoreChanged, &slot_, &PanelSlot::show);
}

std::vector<score::NoteId> OperationDesk::notes() const {
    std::vector<score::NoteId> ids;
    for (const auto& track : document_.selectedNotes())
        for (const auto& note : track.notes) ids.push_back(note.id);
    const auto* track = document_.currentTrackContent();
    return ids.empty() && track ? score::allNotes(*track) : ids;
}

score::OperationResult OperationDesk::result(const Operation& operation, const OperationValues& values,
                                             score::IdMint& mint) {
    const auto ids = notes();
    const auto span = score::selectedNotes(document_.score(), ids).range();
    const auto chosen = document_.selection().isEmpty() ? score::TickRange{} : span;
    return operation.run({.score = document_.score(),
                          .notes = ids,
                          .track = document_.currentTrack(),
                          .scale = score::scaleAt(document_.score(), span.start),
                          .grid = grid_(),
                          .mint = mint,
                          .cursor = document_.insertCursor(),
                          .range = document_.selection().range().value_or(chosen)},
                         values);
}

OperationValues& OperationDesk::lastValues(const Operation& operation) {
    return last_.try_emplace(operation.id, initialValues(operation)).first->second;
}

void OperationDesk::run(const Operation& operation) {
    const bool asks = !operation.fields.empty() && !operation.atOnce;
    if (asks && !last_.contains(operation.id)) return open(operation);
    close();
    perform(operation, lastValues(operation));
}

void OperationDesk::perform(const Operation& operation, const OperationValues& values) {
    const auto ids = notes();
    auto done = result(operation, values, document_.mint());
    const bool hadSelection = !document_.selection().isEmpty();
    const auto selected = score::selectionAfter(ids, done.edit);
    Q_EMIT told(tr("%1: %2").arg(tr(operation.name), outcomeText(done)));
    document_.perform(std::move(done.edit), tr(operation.name));
    if (hadSelection) document_.selection().select(selected);
}

void OperationDesk::open(const Operation& operation) {
    close();
    slot_.open(operation, lastValues(operation),
               {[this] { showTrial(); }, [this] { document_.setTrial(std::nullopt); }, [this] { apply(); },
                [this] { close(); }});
}

void OperationDesk::showTrial() {
    auto foreseen = document_.mint(); // lasting ids are given when it is applied
    auto trial = result(panel()->operation(), panel()->values(), foreseen);
    auto text = outcomeText(trial);
    if (document_.selection().isEmpty() && !panel()->operation().isOfTime)
        text = tr("No selection, so the whole track: %1").arg(text);
    panel()->showOutcome(text, !trial.edit.isEmpty());
    document_.setTrial(std::move(trial.edit));
}

void OperationDesk::apply() {
    const auto& operation = panel()->operation();
    lastValues(operation) = panel()->values();
    close();
    perform(operation, lastValues(operation));
}

void OperationDesk::close() {
    if (slot_.close()) document_.setTrial(std::nullopt);
}

void OperationDesk::addActions(QMenu& menu, const Operation& operation, bool takesKeys) {
    const auto make = [&](const QString& id, auto act) {
        auto* action = menu.addAction(shortcut(id).name);
        action->setToolTip(tr(operation.purpose));
        action->setShortcutContext(takesKeys ? Qt::WindowShortcut : Qt::WidgetShortcut); // shown only
        followKeys(*action, id);
        connect(action, &QAction::triggered, this, act);
    };
    const auto id = QString::fromLatin1(operation.id);
    const bool asks = !operation.fields.empty();
    if (!asks || operation.atOnce) make(id, [this, &operation] { run(operation); });
    if (asks) make(id + QStringLiteral(".settings"), [this, &operation] { open(operation); });
}

void OperationDesk::fillMenu(QMenu& menu, bool takesKeys) {
    std::map<std::string_view, QMenu*> groups;
    for (const auto& operation : operationTable()) {
        auto& group = groups[operation.group];
        if (!group) group = menu.addMenu(tr(operation.group));
        addActions(*group, operation, takesKeys);
    }
}

} // namespace continuo::ui
