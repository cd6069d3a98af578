#pragma once

#include "ui/pianoroll/rows/chord_row.h"
#include "ui/pianoroll/rows/section_row.h"
#include "ui/pianoroll/rows/sign_row.h"
#include "ui/pianoroll/rows/tempo_row.h"

class QVBoxLayout;

namespace continuo::ui {

/// The rows between ruler and roll, each of which can be hidden. Wide and small windows remember their own.
class TimeRows : public QWidget {
    Q_OBJECT

public:
    TimeRows(RollState& state, int gutter, QWidget* parent = nullptr);

    void setGutter(int gutter);
    void setSmall(bool small);
    bool isShown(const TimeRow& row) const;
    void show(const TimeRow& row, bool shown);
    /// A toggle a row, for the View menu and for the menus of the rows.
    void fillMenu(QMenu& menu);
    const std::vector<TimeRow*>& all() const { return rows_; }

    SectionRow& sections() { return *sections_; }
    ChordRow& chords() { return *chords_; }
    SignRow& signs() { return *signs_; }
    TempoRow& tempo() { return *tempo_; }
    SignRow& meters() { return *meters_; }
    SignRow& keys() { return *keys_; }

    enum class Insert { Section, Cue, Tempo, Meter, Key, Chord };
    /// Shows the row of what is to stand at `at`, and its field.
    void insert(Insert what, score::Tick at);

    /// Ids of the rows that are shown, in wide and in small windows, to be remembered.
    QStringList shownIds(bool small) const;
    void setShownIds(bool small, const QStringList& ids);

Q_SIGNALS:
    void shownChanged();
    void loopChosen(score::TickRange loop);
    void auditionRequested(score::TrackId track, int pitch, int velocity);
    void auditionEnded();
    void refused(const QString& sentence);

private:
    void add(TimeRow* row);
    void apply();

    std::vector<TimeRow*> rows_;
    SectionRow* sections_;
    ChordRow* chords_;
    SignRow *signs_, *keys_, *meters_;
    TempoRow* tempo_;
    QVBoxLayout* column_;
    bool small_ = false;
    QStringList wide_{QStringLiteral("sections"), QStringLiteral("chords"), QStringLiteral("signs")};
    QStringList narrow_{QStringLiteral("chords")};
};

} // namespace continuo::ui
