#include "ui/operations/select_desk.h"

#include "ui/clipboard/note_transfer.h"
#include "ui/operations/operation_fields.h"
#include "ui/operations/operation_panel.h"

#include <QAction>
#include <QMenu>

namespace continuo::ui {
namespace {

using score::Select;

SelectDesk::Row row(Select what, const char* name, const char* purpose, bool compares = false,
                    std::vector<OperationField> fields = {}) {
    SelectDesk::Row made{what, {}, compares};
    made.words.id = made.words.name = name;
    made.words.group = "";
    made.words.purpose = purpose;
    made.words.fields = std::move(fields);
    return made;
}

score::SelectSettings settingsOf(const ScoreDocument& document, const SelectDesk::Row& row,
                                 const OperationValues& values, const std::vector<score::NoteId>& like) {
    score::SelectSettings settings;
    settings.what = row.what;
    const double value = values.empty() ? 0 : values[0];
    const auto at = like.empty() ? document.insertCursor() : score::selectedNotes(document.score(), like).range().start;
    settings.scale = score::scaleAt(document.score(), at);
    if (row.what == Select::SameVelocity) settings.velocityBand = static_cast<int>(value);
    if (row.what == Select::EveryNth) settings.nth = static_cast<int>(value);
    if (row.what == Select::ShorterThan || row.what == Select::LongerThan)
        settings.length = score::Ticks{std::max<std::int64_t>(
            1, static_cast<std::int64_t>(value * static_cast<double>(document.score().division.quarter()) / 16))};
    return settings;
}

} // namespace

const std::vector<SelectDesk::Row>& SelectDesk::table() {
    static const std::vector<Row> rows{
        row(Select::SameVelocity, "Select similar velocity", "Notes about as loud as the selected ones.", true,
            {field::number("At most apart", 8, 0, 127)}),
        row(Select::ShorterThan, "Select shorter than", "Notes shorter than a length.", false,
            {field::number("Length", 4, 1, 1024, 1, "/64")}),
        row(Select::LongerThan, "Select longer than", "Notes longer than a length.", false,
            {field::number("Length", 16, 1, 1024, 1, "/64")}),
        row(Select::EveryNth, "Select every n-th",
            "Of notes in order of time, the first included; chords count as one.", false,
            {field::number("Every", 2, 1, 64)}),
        row(Select::Muted, "Select muted notes", "Notes that do not sound."),
        row(Select::Locked, "Select locked notes", "Notes that nothing changes."),
    };
    return rows;
}

SelectDesk::SelectDesk(ScoreDocument& document, QWidget& host) : QObject(&host), document_(document), slot_(host) {
    connect(&document, &ScoreDocument::replaced, this, [this] { end(/*keeps=*/true); });
}

void SelectDesk::run(const Row& row) {
    end(/*keeps=*/true);
    before_ = selectedIds(document_);
    if (!row.words.fields.empty()) return open(row);
    choose(row, {});
}

void SelectDesk::choose(const Row& row, const OperationValues& values) {
    const auto* track = document_.currentTrackContent();
    if (!track) return;
    const auto everything = score::allNotes(*track);
    const auto& among = row.compares || before_.size() < 2 ? everything : before_;
    const auto found =
        score::selectNotes(document_.score(), among, before_, settingsOf(document_, row, values, before_));
    document_.selection().select(found);
    auto sentence = row.compares && before_.empty() ? tr("Select the notes to compare with first")
                    : found.empty()                 ? tr("No such notes")
                    : found.size() == 1             ? tr("1 note selected")
                                                    : tr("%1 notes selected").arg(found.size());
    if (panel()) panel()->showOutcome(sentence, !found.empty());
    Q_EMIT told(tr("%1: %2").arg(tr(row.words.name), sentence));
}

void SelectDesk::open(const Row& row) {
    slot_.open(row.words, initialValues(row.words),
               {[this, &row] { choose(row, panel()->values()); }, [this] { document_.selection().select(before_); },
                [this] { end(/*keeps=*/true); }, [this] { end(/*keeps=*/false); }});
}

void SelectDesk::end(bool keeps) {
    if (slot_.close() && !keeps) document_.selection().select(before_);
}

void SelectDesk::fillMenu(QMenu& menu) {
    for (const auto& row : table()) {
        auto* action =
            menu.addAction(row.words.fields.empty() ? tr(row.words.name) : tr("%1…").arg(tr(row.words.name)));
        action->setToolTip(tr(row.words.purpose));
        connect(action, &QAction::triggered, this, [this, &row] { run(row); });
    }
}

} // namespace continuo::ui
