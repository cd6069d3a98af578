#pragma once

#include "ui/document/candidates.h"
#include "ui/live/phrase_capture.h"

#include <QTimer>
#include <QWidget>
#include <functional>
#include <map>

namespace continuo::ui {

/// The stage of Live: what you play flows by in brass, the answer of the net stands in violet. With the keyboard focus
/// the letters of the computer's keyboard play, too.
class LiveStage : public QWidget {
    Q_OBJECT

public:
    struct Answer {
        std::vector<PlayedNote> phrase, notes; // in seconds from the start of the phrase
        double divider = 0, end = 0;           // seconds
        bool writing = false;
    };

    /// `now` is the clock of the messages.
    LiveStage(const PhraseCapture& capture, std::function<double()> now, QWidget* parent = nullptr);

    /// Something was played: the stage flows for a while, an answer leaves it.
    void notePlayed();
    void showAnswer(Answer answer);
    bool showsAnswer() const { return answer_.has_value(); }

Q_SIGNALS:
    /// From the letters.
    void messagePlayed(const continuo::sound::LiveMessage& message);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct View {
        double start = 0, end = 1; // seconds
        int low = 48, high = 84;   // pitches
    };
    double x(const View& view, double seconds) const;
    QRectF box(const View& view, const PlayedNote& note, double now) const;
    void drawRows(QPainter& painter, const View& view) const;
    void drawNotes(QPainter& painter, const View& view, const std::vector<PlayedNote>& notes, bool net) const;
    void drawFlow(QPainter& painter) const;
    void drawAnswer(QPainter& painter) const;
    void drawHint(QPainter& painter) const;
    void releaseLetters();
    void send(std::uint8_t status, int pitch);

    const PhraseCapture& capture_;
    std::function<double()> now_;
    QTimer flow_;
    std::optional<Answer> answer_;
    std::map<int, int> heldLetters_; // key, pitch
};

/// The pitch that a letter plays: two octaves from Z (48) and Q (60) up, black keys in the row above; nothing for
/// others.
std::optional<int> pitchOfLetter(int key);

} // namespace continuo::ui
