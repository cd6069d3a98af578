#include "ui/events/event_panel.h"

#include "engine/score/operations/operation.h"
#include "ui/clipboard/clip_mime.h"
#include "ui/events/event_table.h"
#include "ui/theme/theme.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"
#include "ui/widgets/list_rows.h"
#include "ui/widgets/segmented_switch.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <algorithm>
#include <array>

namespace continuo::ui {
namespace {

constexpr EventKinds kNotes = setOf(EventKind::Note), kControllers = setOf(EventKind::Controller),
                     kBends = setOf(EventKind::PitchBend) | setOf(EventKind::ChannelPressure) |
                              setOf(EventKind::KeyPressure),
                     kPrograms = setOf(EventKind::Program),
                     kStage = setOf(EventKind::Tempo) | setOf(EventKind::Meter) | setOf(EventKind::Key),
                     kNames = setOf(EventKind::Chord) | setOf(EventKind::Section) | setOf(EventKind::Cue);

std::uint64_t newIdIn(const score::ScoreEdit& edit, const score::Score& score, EventKind kind) {
    const auto number = [](auto id) { return static_cast<std::uint64_t>(id); };
    if (isOfThePiece(kind))
        return inList(score, kind, [&](const auto&, auto member) { return number((edit.*member).added.front().id); });
    const auto& part = edit.contents.front();
    return kind == EventKind::Note ? number(part.notes.added.front().id) : number(part.events.added.front().id);
}

} // namespace

EventPanel::EventPanel(ScoreDocument& document, QWidget* parent)
    : PanelFrame(tr("Event list"), parent), document_(document), model_(new EventListModel(document, this)),
      table_(new EventTable(this)),
      scope_(new SegmentedSwitch({{tr("Track"), {}, tr("All events of the current track")},
                                  {tr("Selection"), {}, tr("The selected notes and what lies between them")}},
                                 tr("Events of"), this)),
      kinds_(new ChoiceBox(tr("Kinds of events"), this)),
      add_(new IconButton(QStringLiteral("add"), tr("Add an event at the insert cursor"), QStringLiteral("Ins"), this)),
      remove_(new IconButton(QStringLiteral("erase"), tr("Delete the chosen events"), QStringLiteral("Del"), this)),
      told_(new Label({}, TextSize::Caption, Weight::Regular, ink::secondary, this)),
      empty_(new EmptyState(QStringLiteral("filter"), tr("Nothing of that kind"),
                            tr("The track holds no such events. Choose another kind above, or add one."), this)) {
    build();
    connectParts();
}

void EventPanel::build() {
    auto* title = addTitle(tr("Events"));
    const std::vector<std::pair<QString, EventKinds>> choices{
        {tr("Everything"), kAllEvents},      {tr("Notes"), kNotes},       {tr("Controllers"), kControllers},
        {tr("Bends and pressure"), kBends},  {tr("Programs"), kPrograms}, {tr("Tempo, meter, key"), kStage},
        {tr("Chords and sections"), kNames},
    };
    for (const auto& [name, kinds] : choices) kinds_->addItem(name, static_cast<int>(kinds));
    title->add(told_);
    title->add(scope_);
    title->add(kinds_);
    told_->setObjectName(QStringLiteral("eventsTold"));
    for (auto* button : {add_, remove_}) {
        button->setSmall();
        title->add(button);
    }
    table_->setModel(model_);
    dressTable(*table_, tr("Events"));
    table_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::AnyKeyPressed);
    table_->setTabKeyNavigation(false);
    sizeColumns();
    add(table_, 1);
    add(empty_, 1);
}

void EventPanel::sizeColumns() {
    auto* header = table_->horizontalHeader();
    const std::array widths{96, 110, 180, 84, 84, 84};
    for (int column = 0; column < kEventColumns; ++column) {
        header->setSectionResizeMode(column, QHeaderView::Fixed);
        header->resizeSection(column, theme().px(widths.at(static_cast<std::size_t>(column))));
    }
    header->setSectionResizeMode(static_cast<int>(EventColumn::Number), QHeaderView::Stretch);
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
}

void EventPanel::connectParts() {
    connect(scope_, &SegmentedSwitch::currentChanged, this, [this](int index) {
        model_->setScope(index == 0 ? EventListModel::Scope::Track : EventListModel::Scope::Selection);
    });
    connect(kinds_, &QComboBox::currentIndexChanged, this,
            [this] { model_->setKinds(static_cast<EventKinds>(kinds_->currentData().toInt())); });
    connect(add_, &IconButton::clicked, this, [this] {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        for (int kind = 0; kind < kEventKinds; ++kind)
            menu->addAction(kindName(static_cast<EventKind>(kind)), this,
                            [this, kind] { insert(static_cast<EventKind>(kind)); });
        menu->popup(add_->mapToGlobal(QPoint(0, add_->height())));
    });
    connect(remove_, &IconButton::clicked, this, &EventPanel::removeChosen);
    connect(table_, &EventTable::removeRequested, this, &EventPanel::removeChosen);
    connect(table_, &EventTable::duplicateRequested, this, &EventPanel::duplicateChosen);
    connect(table_, &EventTable::copyRequested, this, &EventPanel::copyChosen);
    connect(table_, &EventTable::insertRequested, this, [this] {
        const auto row = table_->currentIndex().row();
        const bool isThere = row >= 0 && row < model_->rowCount();
        insert(isThere ? model_->rows()[static_cast<std::size_t>(row)].kind : EventKind::Note);
    });
    connect(table_, &EventTable::chosenByHand, this, &EventPanel::selectChosenNotes);
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
        if (now.isValid() && now.row() < model_->rowCount())
            current_ = idOf(document_.score(), model_->rows()[static_cast<std::size_t>(now.row())]);
    });
    connect(model_, &QAbstractItemModel::modelReset, this, [this] { follow(current_); });
    connect(model_, &EventListModel::refused, this, [this](const QString& sentence) {
        if (sentence.isEmpty()) return showCount();
        told_->setInk(ink::error);
        told_->setText(sentence);
    });
    connect(&document_, &ScoreDocument::selectionChanged, this, &EventPanel::showSelection);
}

void EventPanel::showEvent(QShowEvent* event) {
    PanelFrame::showEvent(event);
    model_->setActive(true);
    showSelection();
}

void EventPanel::hideEvent(QHideEvent* event) {
    model_->setActive(false);
    PanelFrame::hideEvent(event);
}

std::vector<EventRow> EventPanel::chosen() const {
    std::vector<EventRow> rows;
    for (const int row : table_->chosenRows())
        if (row < model_->rowCount()) rows.push_back(model_->rows()[static_cast<std::size_t>(row)]);
    return rows;
}

/// Rows of other kinds can be chosen, too; they are nothing to the roll.
void EventPanel::selectChosenNotes() {
    if (selecting_) return;
    std::vector<score::NoteId> ids;
    for (const auto& row : chosen())
        if (row.kind == EventKind::Note) ids.push_back(noteOf(document_.score(), row).id);
    selecting_ = true;
    if (model_->scope() == EventListModel::Scope::Track) document_.selection().select(ids);
    selecting_ = false;
    showCount();
}

void EventPanel::showSelection() {
    if (selecting_ || !isVisible()) return;
    model_->bringUpToDate();
    if (model_->scope() == EventListModel::Scope::Selection) return showCount();
    std::vector<int> rows;
    const auto& selection = document_.selection();
    if (!selection.isEmpty()) {
        const std::vector<score::NoteId> ids(selection.notes().begin(), selection.notes().end());
        const score::NoteIdSet wanted(ids);
        for (std::size_t i = 0; i < model_->rows().size(); ++i) {
            const auto& row = model_->rows()[i];
            if (row.kind == EventKind::Note && wanted.contains(noteOf(document_.score(), row).id))
                rows.push_back(static_cast<int>(i));
        }
    }
    if (const int row = model_->rowOf(current_); // a controller stays chosen while it is changed
        rows.empty() && row >= 0 && model_->rows()[static_cast<std::size_t>(row)].kind != EventKind::Note)
        rows.push_back(row);
    selecting_ = true;
    table_->choose(rows);
    if (!rows.empty() && !table_->hasFocus()) table_->scrollTo(model_->index(rows.front(), 0));
    selecting_ = false;
    showCount();
}

void EventPanel::showCount() {
    const int rows = model_->rowCount();
    const auto count = table_->chosenRows().size();
    told_->setInk(ink::secondary);
    told_->setText(count > 0 ? tr("%L1 of %L2 events").arg(count).arg(rows) : tr("%L1 events").arg(rows));
    remove_->setEnabled(count > 0);
    table_->setVisible(rows > 0);
    empty_->setVisible(rows == 0);
    const bool noSelection = model_->scope() == EventListModel::Scope::Selection && document_.selection().isEmpty();
    empty_->setTexts(noSelection ? tr("No notes selected") : tr("Nothing of that kind"),
                     noSelection ? tr("Select notes in the roll, or show the whole track.")
                                 : tr("The track holds no such events. Choose another kind above, or add one."));
}

void EventPanel::follow(std::uint64_t id) {
    const int row = model_->rowOf(id);
    selecting_ = true;
    if (row >= 0) table_->setCurrentIndex(model_->index(row, 0));
    selecting_ = false;
    showSelection();
}

void EventPanel::insert(EventKind kind) {
    auto edit = insertedEvent(document_, kind, document_.currentTrack(), document_.insertCursor());
    if (edit.isEmpty()) return;
    const auto id = newIdIn(edit, document_.score(), kind);
    document_.perform(std::move(edit), tr("Add %1").arg(kindName(kind).toLower()));
    current_ = id;
    if (kind == EventKind::Note) document_.selection().select({score::NoteId{id}});
    model_->bringUpToDate();
    table_->setFocus();
}

void EventPanel::removeChosen() {
    const auto rows = chosen();
    auto edit = removedEvents(document_.score(), rows);
    document_.perform(std::move(edit), rows.size() == 1 ? tr("Delete event") : tr("Delete %1 events").arg(rows.size()));
}

void EventPanel::duplicateChosen() {
    const auto rows = chosen();
    if (rows.empty()) return;
    const auto& score = document_.score();
    const auto start = timeOf(score, rows.front());
    auto end = timeOf(score, rows.back());
    for (const auto& row : rows)
        if (row.kind == EventKind::Note) end = std::max(end, noteOf(score, row).end());
    const auto beat = std::max<std::int64_t>(1, document_.meterMap().beatLengthAt(start).count);
    const auto by = std::max<std::int64_t>(1, ((end - start).count + beat - 1) / beat) * beat;
    auto edit = duplicatedEvents(score, rows, score::Ticks{by}, document_.mint());
    std::vector<score::NoteId> copies;
    for (const auto& part : edit.contents)
        for (const auto& note : part.notes.added) copies.push_back(note.id);
    document_.perform(std::move(edit),
                      rows.size() == 1 ? tr("Duplicate event") : tr("Duplicate %1 events").arg(rows.size()));
    document_.selection().select(copies);
}

void EventPanel::copyChosen() {
    const auto rows = chosen();
    if (rows.empty()) return;
    std::vector<score::NoteId> ids;
    for (const auto& row : rows)
        if (row.kind == EventKind::Note) ids.push_back(noteOf(document_.score(), row).id);
    auto* data = new QMimeData; // the clipboard owns it
    data->setText(textOf(document_, rows));
    if (!ids.empty()) {
        const ClipMimeData music(document_.score(), ids);
        for (const char* format : {kClipMimeType, kMidiMimeType})
            data->setData(QString::fromLatin1(format), music.data(QString::fromLatin1(format)));
    }
    QGuiApplication::clipboard()->setMimeData(data);
}

} // namespace continuo::ui
