#pragma once

#include <QWidget>

namespace continuo::ui {

/// What is done of how much, in counts and measured rates; stripes and "estimating" while nobody can know; never a
/// guess.
class HonestProgress : public QWidget {
    Q_OBJECT
public:
    enum class Ink { Plain, Net, Done };

    explicit HonestProgress(const QString& name, QWidget* parent = nullptr);

    /// The title at the left, and at the right what is left ("18 min left", "412 of 1,471").
    void setTexts(const QString& title, const QString& right);
    /// Under the bar; empty: no line.
    void setCaption(const QString& caption);
    /// 0..1.
    void setPart(double part);
    void setEstimating();
    void setInk(Ink ink);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString title_, right_, caption_;
    double part_ = 0;
    bool estimating_ = false;
    Ink ink_ = Ink::Plain;
};

} // namespace continuo::ui
