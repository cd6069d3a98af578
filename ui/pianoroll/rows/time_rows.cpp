#include "ui/pianoroll/rows/time_rows.h"

#include <QMenu>
#include <QVBoxLayout>

namespace continuo::ui {

TimeRows::TimeRows(RollState& state, int gutter, QWidget* parent)
    : QWidget(parent), sections_(new SectionRow(state, gutter, this)), chords_(new ChordRow(state, gutter, this)),
      signs_(new SignRow(state, gutter, kKeySign | kMeterSign | kTempoSign, this)),
      keys_(new SignRow(state, gutter, kKeySign, this)), meters_(new SignRow(state, gutter, kMeterSign, this)),
      tempo_(new TempoRow(state, gutter, this)), column_(new QVBoxLayout(this)) {
    column_->setContentsMargins(0, 0, 0, 0);
    column_->setSpacing(0);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (TimeRow* row : std::initializer_list<TimeRow*>{sections_, chords_, signs_, keys_, meters_, tempo_}) add(row);
    connect(sections_, &SectionRow::loopChosen, this, &TimeRows::loopChosen);
    apply();
}

void TimeRows::add(TimeRow* row) {
    rows_.push_back(row);
    column_->addWidget(row);
    connect(row, &TimeRow::auditionRequested, this, &TimeRows::auditionRequested);
    connect(row, &TimeRow::auditionEnded, this, &TimeRows::auditionEnded);
    connect(row, &TimeRow::refused, this, &TimeRows::refused);
    connect(row, &TimeRow::menuRequested, this,
            [this](QMenu& menu, score::Tick) { fillMenu(*menu.addMenu(tr("Rows"))); });
}

void TimeRows::setGutter(int gutter) {
    for (auto* row : rows_) row->setGutter(gutter);
}

void TimeRows::setSmall(bool small) {
    if (small == small_) return;
    small_ = small;
    apply();
}

bool TimeRows::isShown(const TimeRow& row) const {
    return (small_ ? narrow_ : wide_).contains(QString::fromLatin1(row.id()));
}

void TimeRows::show(const TimeRow& row, bool shown) {
    if (shown == isShown(row)) return;
    auto& ids = small_ ? narrow_ : wide_;
    const auto id = QString::fromLatin1(row.id());
    if (shown)
        ids << id;
    else
        ids.removeAll(id);
    apply();
    Q_EMIT shownChanged();
}

void TimeRows::apply() {
    for (auto* row : rows_) row->setVisible(isShown(*row));
    updateGeometry();
}

void TimeRows::fillMenu(QMenu& menu) {
    const auto title = [&](const TimeRow& row) {
        if (&row == signs_) return tr("Key, meter and tempo");
        if (&row == keys_) return tr("Key and scale");
        return &row == tempo_ ? tr("Tempo curve") : row.name();
    };
    for (auto* row : rows_) {
        auto* action = menu.addAction(title(*row));
        action->setObjectName(QStringLiteral("row.") + QString::fromLatin1(row->id()));
        action->setCheckable(true);
        action->setChecked(isShown(*row));
        connect(action, &QAction::toggled, this, [this, row](bool on) { show(*row, on); });
    }
}

void TimeRows::insert(Insert what, score::Tick at) {
    TimeRow* row = sections_;
    if (what == Insert::Chord) row = chords_;
    if (what == Insert::Tempo) row = isShown(*tempo_) ? static_cast<TimeRow*>(tempo_) : signs_;
    if (what == Insert::Meter) row = isShown(*meters_) ? meters_ : signs_;
    if (what == Insert::Key) row = isShown(*keys_) ? keys_ : signs_;
    show(*row, true);
    if (what == Insert::Cue) return sections_->addCueAt(at);
    row->editAt(at);
}

QStringList TimeRows::shownIds(bool small) const { return small ? narrow_ : wide_; }

void TimeRows::setShownIds(bool small, const QStringList& ids) {
    (small ? narrow_ : wide_) = ids;
    apply();
}

} // namespace continuo::ui
