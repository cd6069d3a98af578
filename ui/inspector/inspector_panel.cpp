#include "ui/inspector/inspector_panel.h"

#include "engine/score/note_operations.h"
#include "engine/score/operations/move_to_track.h"
#include "engine/score/value_text.h"
#include "ui/clipboard/note_transfer.h"
#include "ui/clipboard/selection_drag.h"
#include "ui/inspector/change_field.h"
#include "ui/widgets/choice_box.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_button.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace continuo::ui {
namespace {

constexpr int kMargin = 12, kLabelWidth = 84;

QString words(const std::string& text) { return QString::fromStdString(text); }

} // namespace

InspectorPanel::InspectorPanel(ScoreDocument& document, QWidget* parent)
    : PanelFrame(tr("Inspector"), parent), document_(document), pages_(new QStackedWidget(this)),
      export_(new IconButton(QStringLiteral("export"),
                             tr("Drag the selected notes from here to another program, or click to save them"), {},
                             this)),
      drag_(new SelectionDrag(document, *export_)) {
    auto* title = addTitle(tr("Inspector"));
    export_->setSmall();
    export_->setObjectName(QStringLiteral("exportSelection"));
    title->add(export_);
    pages_->addWidget(new EmptyState(QStringLiteral("select"), tr("No notes selected"),
                                     tr("Select notes in the roll to see their values here and change them together."),
                                     pages_));
    pages_->addWidget(buildForm());
    add(pages_, 1);
    later_.setSingleShot(true);
    later_.setInterval(0);
    connect(&later_, &QTimer::timeout, this, &InspectorPanel::showNow);
    connect(export_, &IconButton::clicked, this, &InspectorPanel::exportRequested);
    for (auto signal : {&ScoreDocument::selectionChanged, &ScoreDocument::tracksChanged, &ScoreDocument::replaced})
        connect(&document, signal, this, &InspectorPanel::refresh);
    connect(&document, &ScoreDocument::scoreChanged, this, &InspectorPanel::refresh);
    showNow();
}

QWidget* InspectorPanel::buildForm() {
    auto* form = new QWidget(pages_);
    auto* column = new QVBoxLayout(form);
    column->setContentsMargins(kMargin, 2, kMargin, kMargin);
    column->setSpacing(theme().px(4));
    auto* head = new QHBoxLayout;
    count_ = new Label({}, TextSize::Title, Weight::Semibold, ink::primary, form);
    chord_ = new Label({}, TextSize::Title, Weight::Medium, ink::secondary, form);
    head->addWidget(count_);
    head->addStretch();
    head->addWidget(chord_);
    column->addLayout(head);
    rest_ = Label::caption({}, form);
    rest_->setWordWrap(true);
    column->addWidget(rest_);
    column->addSpacing(theme().px(4));
    using enum score::NoteField;
    addRow(*column, Pitch, tr("Pitch"), tr("E4 or 64 for all, +2, -12, =C3..G4"), QT_TR_NOOP("Change pitch"));
    addRow(*column, Onset, tr("Start"), tr("10.3.115 for all, +1/8, -120 ticks"), QT_TR_NOOP("Change start"));
    addRow(*column, Length, tr("Length"), tr("1/8 or 1|240 for all, +60, *1.5, /2"), QT_TR_NOOP("Change length"));
    addRow(*column, Velocity, tr("Velocity"), tr("80 for all, +5, -5, *1.2, =60..90"), QT_TR_NOOP("Change velocity"));
    addRow(*column, Release, tr("Release"), tr("64 for all, +5, -5, *1.2, =40..70"),
           QT_TR_NOOP("Change release velocity"));
    auto* trackRow = new QHBoxLayout;
    auto* trackLabel = new Label(tr("Track"), TextSize::Body, Weight::Regular, ink::secondary, form);
    trackLabel->setFixedWidth(theme().px(kLabelWidth));
    track_ = new ChoiceBox(tr("Track of the notes"), form);
    track_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    track_->setMinimumContentsLength(6);
    track_->setPlaceholderText(tr("mixed"));
    trackRow->setSpacing(0);
    trackRow->addWidget(trackLabel);
    trackRow->addWidget(track_, 1);
    column->addLayout(trackRow);
    auto* marks = new QHBoxLayout;
    marks->setSpacing(theme().px(16));
    marks->addSpacing(theme().px(kLabelWidth) - theme().px(16));
    muted_ =
        addMark(*marks, tr("Muted"), score::NoteMarks::Muted, QT_TR_NOOP("Mute notes"), QT_TR_NOOP("Unmute notes"));
    locked_ =
        addMark(*marks, tr("Locked"), score::NoteMarks::Locked, QT_TR_NOOP("Lock notes"), QT_TR_NOOP("Unlock notes"));
    marks->addStretch();
    column->addLayout(marks);
    message_ = new Label({}, TextSize::Caption, Weight::Regular, ink::secondary, form);
    message_->setObjectName(QStringLiteral("inspectorMessage"));
    message_->setWordWrap(true);
    column->addWidget(message_);
    column->addStretch();
    connect(track_, &QComboBox::activated, this, [this] {
        const auto target = score::TrackId{track_->currentData().toULongLong()};
        perform(score::moveToTrack(document_.score(), ids_, target), QT_TR_NOOP("Move to another track"));
    });
    auto* area = new QScrollArea(pages_);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    form->setMinimumWidth(1); // narrower than its words where the dock is
    area->setWidget(form);
    return area;
}

void InspectorPanel::addRow(QVBoxLayout& column, score::NoteField field, const QString& label, const QString& help,
                            const char* name) {
    const Row row{field, new ChangeField(label, help, this), name};
    rows_.push_back(row);
    column.addWidget(row.widget);
    connectRow(row);
}

QCheckBox* InspectorPanel::addMark(QHBoxLayout& layout, const QString& label, score::NoteMarks mark, const char* on,
                                   const char* off) {
    auto* box = new QCheckBox(label, this);
    layout.addWidget(box);
    connect(box, &QCheckBox::clicked, this, [this, mark, on, off] {
        const auto having = mark == score::NoteMarks::Muted ? facts_.muted : facts_.locked;
        const bool sets = having < facts_.notes;
        perform({score::setMark(document_.score(), ids_, mark, sets), 0}, sets ? on : off);
        showNow();
    });
    return box;
}

void InspectorPanel::connectRow(const Row& row) {
    connect(row.widget, &ChangeField::edited, this, [this, row](const QString& text) { tryOut(row, text); });
    connect(row.widget, &ChangeField::committed, this, [this, row](const QString& text) { commit(row, text); });
    connect(row.widget, &ChangeField::cancelled, this, [this] {
        endTrial();
        showNow();
    });
    connect(row.widget, &ChangeField::scrubbed, this, [this, row](int steps, bool fine) { scrub(row, steps, fine); });
    connect(row.widget, &ChangeField::scrubEnded, this, [this, row] {
        auto done = std::move(trial_);
        endTrial();
        perform(std::move(done), row.name);
    });
}

void InspectorPanel::showEvent(QShowEvent* event) {
    PanelFrame::showEvent(event);
    showNow();
}

void InspectorPanel::hideEvent(QHideEvent* event) {
    for (const auto& row : rows_) row.widget->putBack();
    endTrial();
    PanelFrame::hideEvent(event);
}

void InspectorPanel::refresh() {
    if (isVisible() && !later_.isActive()) later_.start();
}

void InspectorPanel::showNow() {
    later_.stop();
    ids_ = selectedIds(document_);
    facts_ = factsOf(document_.score(), ids_);
    export_->setEnabled(facts_.notes > 0);
    pages_->setCurrentIndex(facts_.notes > 0 ? 1 : 0);
    if (facts_.notes == 0) {
        for (const auto& row : rows_) row.widget->putBack();
        return endTrial();
    }
    showFacts();
    for (const auto& row : rows_) {
        showRow(row);
        if (row.widget->isTyping()) tryOut(row, row.widget->typed());
    }
    showTracks();
    const auto show = [&](QCheckBox* box, std::size_t having) {
        const auto share = facts_.share(having);
        box->setTristate(share == Share::Some);
        box->setCheckState(share == Share::None  ? Qt::Unchecked
                           : share == Share::All ? Qt::Checked
                                                 : Qt::PartiallyChecked);
    };
    show(muted_, facts_.muted);
    show(locked_, facts_.locked);
    if (std::ranges::none_of(rows_, [](const Row& row) { return row.widget->isTyping(); }))
        tell(lockedText(facts_.locked), false);
}

QString InspectorPanel::lockedText(std::size_t locked) const {
    if (locked == 0) return {};
    return locked == 1 ? tr("1 locked note stays as it is") : tr("%1 locked notes stay as they are").arg(locked);
}

void InspectorPanel::showFacts() {
    const auto& meters = document_.meterMap();
    count_->setText(facts_.notes == 1 ? tr("1 note") : tr("%L1 notes").arg(facts_.notes));
    chord_->setText(facts_.chord ? words(facts_.chord->name(prefersFlats())) : QString());
    const auto& pitch = facts_.of(score::NoteField::Pitch);
    const auto low = valueText(score::NoteField::Pitch, pitch.least),
               high = valueText(score::NoteField::Pitch, pitch.most);
    const auto bar = meters.positionAt(facts_.range.start).bar + 1;
    const auto lastBar = meters.positionAt(score::Tick{facts_.of(score::NoteField::Onset).most}).bar + 1;
    QStringList parts{pitch.isOne() ? low : tr("%1 to %2").arg(low, high),
                      bar == lastBar ? tr("bar %1").arg(bar) : tr("bars %1 to %2").arg(bar).arg(lastBar),
                      tr("mean velocity %1").arg(std::lround(facts_.meanVelocity))};
    if (facts_.fromNet > 0) parts << tr("%1 from the net").arg(facts_.fromNet);
    rest_->setText(parts.join(QStringLiteral(", ")));
}

/// By the key in force where the selection begins.
bool InspectorPanel::prefersFlats() const {
    bool flats = false;
    for (const auto& key : document_.score().keys)
        if (key.at <= facts_.range.start) flats = key.sharps < 0;
    return flats;
}

QString InspectorPanel::valueText(score::NoteField field, std::int64_t value) const {
    switch (field) {
    case score::NoteField::Pitch:
        return words(score::pitchName(static_cast<int>(value), prefersFlats()));
    case score::NoteField::Onset:
        return words(score::positionText(score::Tick{value}, document_.meterMap()));
    case score::NoteField::Length:
        return words(score::lengthText(score::Ticks{value}, document_.score().division));
    default:
        return QString::number(value);
    }
}

void InspectorPanel::showRow(const Row& row) {
    const auto& span = facts_.of(row.field);
    if (row.widget->isScrubbing()) return;
    if (span.isOne())
        row.widget->showValue(valueText(row.field, span.least));
    else
        row.widget->showMixed(tr("%1 to %2").arg(valueText(row.field, span.least), valueText(row.field, span.most)));
}

void InspectorPanel::showTracks() {
    track_->clear();
    for (const auto& track : document_.score().tracks)
        track_->addItem(
            tr("%1, channel %2").arg(track.name.empty() ? tr("Track") : words(track.name)).arg(track.channel + 1),
            static_cast<qulonglong>(track.id));
    track_->setCurrentIndex(facts_.track ? track_->findData(static_cast<qulonglong>(*facts_.track)) : -1);
}

void InspectorPanel::tryOut(const Row& row, const QString& text) {
    const auto change =
        score::parseFieldChange(text.toStdString(), row.field, document_.meterMap(), document_.score().division);
    row.widget->showWrong(!change && !text.trimmed().isEmpty());
    if (!change) {
        endTrial();
        return tell(text.trimmed().isEmpty() ? QString() : words(change.error().message), true);
    }
    trial_ = score::changeValues(document_.score(), ids_, row.field, *change);
    showingTrial_ = true;
    tell(trial_.edit.isEmpty() ? tr("Nothing would change") : lockedText(trial_.locked), false);
    document_.setTrial(trial_.edit);
}

void InspectorPanel::commit(const Row& row, const QString& text) {
    const auto change =
        score::parseFieldChange(text.toStdString(), row.field, document_.meterMap(), document_.score().division);
    endTrial();
    row.widget->putBack();
    if (!change) return tell(text.trimmed().isEmpty() ? QString() : words(change.error().message), true);
    perform(score::changeValues(document_.score(), ids_, row.field, *change), row.name);
    showNow();
}

void InspectorPanel::scrub(const Row& row, int steps, bool fine) {
    const bool isTime = row.field == score::NoteField::Onset || row.field == score::NoteField::Length;
    const auto sixteenth = std::max<std::int64_t>(1, document_.score().division.quarter() / 4);
    const double step = isTime && !fine ? static_cast<double>(sixteenth) : 1;
    trial_ = score::changeValues(document_.score(), ids_, row.field, {score::ValueChange::Kind::Add, steps * step, 0});
    showingTrial_ = true;
    const auto signedSteps = QStringLiteral("%1%2").arg(steps < 0 ? QString() : QStringLiteral("+")).arg(steps * step);
    row.widget->showValue(signedSteps);
    document_.setTrial(trial_.edit);
}

void InspectorPanel::perform(score::OperationResult result, const char* name) {
    document_.perform(std::move(result.edit), tr(name));
    showNow();
}

void InspectorPanel::endTrial() {
    trial_ = {};
    if (std::exchange(showingTrial_, false)) document_.setTrial(std::nullopt);
}

void InspectorPanel::tell(const QString& sentence, bool problem) {
    message_->setInk(problem ? ink::error : ink::secondary);
    message_->setText(sentence);
}

} // namespace continuo::ui
