#pragma once

#include "ui/pianoroll/rows/flag_row.h"
#include "ui/pianoroll/rows/sign_text.h"

namespace continuo::ui {

/// Flags of key and scale, of meter, or of both with the tempo: where each changes, as words that can be typed over.
class SignRow : public FlagRow {
    Q_OBJECT

public:
    /// `signs`: a sum of Sign.
    SignRow(RollState& state, int gutter, int signs, QWidget* parent = nullptr);

    /// The field for a scale that the music up to the next flag is moved to.
    void rescaleAt(score::Tick at);
    void editAt(score::Tick at) override;
    score::Rebar rebar() const { return rebar_; }
    void setRebar(score::Rebar rebar) { rebar_ = rebar; }

protected:
    score::Tick snappedTick(double x, Qt::KeyboardModifiers modifiers) const override;
    score::Tick neighbour(score::Tick at, int direction) const override;
    std::vector<Flag> flagsOf(const score::Score& times) const override;
    QString noun() const override;
    QString typedAt(score::Tick at, const QString& text) override;
    void paintFlag(QPainter& painter, const Flag& flag, const QRectF& box, bool isChosen) override;
    void fillFlagMenu(QMenu& menu, score::Tick at, const Flag* flag) override;
    QString hint() const override;

private:
    QString rescaleTo(score::Tick at, const QString& text);
    void fillScales(QMenu& menu, score::Tick at);
    void fillMeters(QMenu& menu, score::Tick at);
    void type(score::Tick at, const QString& text);

    int signs_;
    score::Rebar rebar_ = score::Rebar::KeepTime;
    std::optional<score::Tick> rescaling_;
};

} // namespace continuo::ui
