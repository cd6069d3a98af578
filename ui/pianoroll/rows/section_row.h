#pragma once

#include "engine/score/operations/time_flags.h"
#include "ui/pianoroll/rows/flag_row.h"

namespace continuo::ui {

/// Sections as spans with names and a colour each, the same for the same name; cues as points.
class SectionRow : public FlagRow {
    Q_OBJECT

public:
    SectionRow(RollState& state, int gutter, QWidget* parent = nullptr);

    void editAt(score::Tick at) override;
    /// Every note that begins in a section.
    void selectNotesIn(score::TickRange section);
    void loopOver(score::TickRange section);
    /// The field for the name of a cue.
    void addCueAt(score::Tick at);

Q_SIGNALS:
    void loopChosen(score::TickRange loop);

protected:
    score::Tick snappedTick(double x, Qt::KeyboardModifiers modifiers) const override;
    score::Tick neighbour(score::Tick at, int direction) const override;
    std::vector<Flag> flagsOf(const score::Score& times) const override;
    QString noun() const override { return tr("section"); }
    QString typedAt(score::Tick at, const QString& text) override;
    score::ScoreEdit endingAt(score::Tick at) override;
    void paintFlag(QPainter& painter, const Flag& flag, const QRectF& box, bool isChosen) override;
    void fillFlagMenu(QMenu& menu, score::Tick at, const Flag* flag) override;
    QString hint() const override;

private:
    score::MarkerEvent::Kind kindAt(score::Tick at);
    score::MarkerEvent::Kind adding_ = score::MarkerEvent::Kind::Section;
};

} // namespace continuo::ui
