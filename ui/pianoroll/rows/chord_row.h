#pragma once

#include "engine/score/operations/chord_table.h"
#include "ui/pianoroll/rows/flag_row.h"

#include <QTimer>

namespace continuo::ui {

/// Chord symbols: those somebody wrote, and, in grey where there is none, what the notes say. A click lets a chord be
/// heard; double-click types a name.
class ChordRow : public FlagRow {
    Q_OBJECT

public:
    ChordRow(RollState& state, int gutter, QWidget* parent = nullptr);

    /// Writes down every chord of the piece that is only guessed so far, in one step.
    void fixAll();
    /// The notes of a chord into the current track, over its whole time.
    void writeNotes(const Flag& flag);
    /// Looks at the notes in view now instead of a little later.
    void detectNow();

protected:
    std::vector<Flag> flagsOf(const score::Score& times) const override;
    QString noun() const override { return tr("chord"); }
    QString typedAt(score::Tick at, const QString& text) override;
    score::ScoreEdit endingAt(score::Tick at) override;
    void paintFlag(QPainter& painter, const Flag& flag, const QRectF& box, bool isChosen) override;
    void pressed(const Flag& flag) override;
    void released() override;
    void fillFlagMenu(QMenu& menu, score::Tick at, const Flag* flag) override;
    QString hint() const override;
    void showEvent(QShowEvent* event) override;

private:
    std::vector<score::ChordSpan> guesses(score::TickRange range) const;
    void fix(const Flag& flag);
    void detectLater();

    std::vector<score::ChordSpan> guessed_;
    score::TickRange guessedIn_;
    bool guessedFlats_ = false;
    QTimer later_;
    bool sounding_ = false;
};

} // namespace continuo::ui
