#pragma once

#include "ui/pianoroll/rows/time_row.h"

namespace continuo::ui {

/// A row of names in time. Each can be chosen, dragged, typed over and deleted, with the mouse and with the keyboard;
/// where names last (spans), their ends can be dragged too.
class FlagRow : public TimeRow {
    Q_OBJECT

public:
    struct Flag {
        score::TickRange range; // to the next one
        QString text;
        std::vector<score::EventId> ids;   // empty: nobody wrote it, it is only a guess
        std::optional<score::EventId> end; // what begins where it ends
        bool endsItself = false;           // that is nothing but its end
        bool isPoint = false;
    };

    /// Left to right.
    const std::vector<Flag>& flags() {
        ensure();
        return flags_;
    }
    /// The flag that the keyboard acts on; -1 for none.
    int chosen() const { return chosen_; }
    void choose(int index);
    void editAt(score::Tick at) override;

protected:
    /// How far a flag goes on screen: its words, also where the next is far away; a span, which has an end to drag; a
    /// tab, which is full up to its end.
    enum class Look { Words, Span, Tab };

    FlagRow(RollState& state, int gutter, const Names& names, Look look, QWidget* parent)
        : TimeRow(state, gutter, names, parent), look_(look) {}

    virtual std::vector<Flag> flagsOf(const score::Score& times) const = 0;
    /// "section", for the names of undo steps.
    virtual QString noun() const = 0;
    virtual QString typedAt(score::Tick at, const QString& text) = 0;
    /// What is in the field when it opens.
    virtual QString wordsOf(const Flag& flag) const { return flag.text; }
    /// The edit that ends a span at `at` where nothing follows it.
    virtual score::ScoreEdit endingAt(score::Tick at) {
        static_cast<void>(at);
        return {};
    }
    virtual void paintFlag(QPainter& painter, const Flag& flag, const QRectF& box, bool isChosen) = 0;
    virtual void pressed(const Flag&) {}
    virtual void released() {}
    virtual void fillFlagMenu(QMenu& menu, score::Tick at, const Flag* flag) = 0;
    const Flag* flagAt(score::Tick at) const;
    void removeChosen();

    QSize sizeHint() const override;
    QString typed(const QString& text) override;
    void timesChanged() override;
    void cancelDrag() override;
    void fillMenu(QMenu& menu, score::Tick at) override;
    void paintTimes(QPainter& painter) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Part { None, Body, Start, End };
    struct Hit {
        int index = -1;
        Part part = Part::None;
    };
    Hit hitAt(QPointF at) const;
    QRectF boxOf(std::size_t index) const;
    bool isOnWords(std::size_t index, double x) const;
    bool hasEnds() const { return look_ != Look::Words; }
    score::ScoreEdit dragged(double x, Qt::KeyboardModifiers modifiers);
    bool beginsAt(score::Tick at) const;
    void moveChosen(int steps);
    void choosePlace(score::EventId id);

    Look look_;
    std::vector<Flag> flags_;
    int chosen_ = -1;
    Part drag_ = Part::None;
    bool moved_ = false;
    Flag held_;
    QPointF press_;
    score::Tick editing_;
};

} // namespace continuo::ui
