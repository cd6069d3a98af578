#pragma once

#include "engine/score/operations/value_change.h"
#include "ui/pianoroll/lanes/lane.h"

#include <unordered_map>

namespace continuo::ui {

/// Velocities, or release velocities, of the current track as stems. A stem is dragged by its head, with the whole
/// selection where it belongs to it; a drag across the lane paints.
class NoteValueLane : public Lane {
    Q_OBJECT

public:
    NoteValueLane(const LaneContext& context, LaneSubject subject, QWidget* parent);

    int naturalHeight(bool small) const override;
    score::NoteField field() const { return field_; }
    int valueOf(const score::Note& note) const;
    int valueAt(double y) const;
    double yOfValue(int value) const { return yOf(value / 127.0); }

    struct Stem {
        score::Note note;
        double x = 0;
        bool selected = false;
    };
    /// What is drawn: of a chord the first few and all selected ones, none where there are too many to tell apart.
    std::vector<Stem> stems() const;
    std::optional<Stem> stemAt(QPointF at) const;
    /// "Change velocity of 3 notes"
    QString undoName(std::size_t notes) const;

protected:
    void paintValues(QPainter& painter, QSizeF area) override;
    void paintScale(QPainter& painter, QRectF area) const override;
    std::unique_ptr<LaneGesture> makeGesture(const Pointer& pointer, Qt::MouseButton button) override;
    void rightClicked(const Pointer& pointer) override;
    bool wheeled(const Pointer& pointer, int notches) override;
    QString hintAt(const Pointer& pointer) const override;
    Qt::CursorShape cursorAt(const Pointer& pointer) const override;
    bool knows(const QKeyEvent& event) const override;
    bool handle(const QKeyEvent& event) override;
    void addActions(QMenu& menu) override;
    QString described() const override;

private:
    std::optional<int> stepOf(const QKeyEvent& event) const;
    void change(const std::vector<score::NoteId>& notes, int by);
    std::size_t visibleNotes() const;
    void paintColumns(QPainter& painter);
    void paintFromFar(QPainter& painter, const score::Track& track);
    std::vector<std::uint8_t> loudestOf(const score::Track& track, double pixel) const;
    void paintStem(QPainter& painter, const Stem& stem) const;
    void paintCandidates(QPainter& painter) const;

    score::NoteField field_;
};

} // namespace continuo::ui
