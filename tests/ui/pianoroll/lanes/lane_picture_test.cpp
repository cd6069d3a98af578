#include "tests/ui/pianoroll/lanes/lane_fixture.h"

#include "ui/theme/theme.h"

#include <set>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::ui::test;

namespace {

int countOf(QWidget* lane, const QColor& colour) {
    const auto picture = lane->grab().toImage().convertToFormat(QImage::Format_RGB32);
    int count = 0;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            count += (picture.pixel(x, y) & 0xffffffu) == (colour.rgb() & 0xffffffu);
    return count;
}

/// A phrase with a lane of each kind.
score::Score phrase() {
    auto piece = newPiece();
    score::IdMint mint(piece);
    auto& track = piece.tracks[0];
    for (int i = 0; i < 64; ++i) {
        track.notes.push_back(noteAt(mint, i * 240, 55 + i * 7 % 17, 220));
        track.notes.back().velocity = static_cast<std::uint8_t>(50 + i * 13 % 60);
        if (i % 4 == 0) track.notes.push_back(noteAt(mint, i * 240, 48, 900));
    }
    std::sort(track.notes.begin(), track.notes.end(), score::NoteOrder{});
    for (int bar = 0; bar < 4; ++bar)
        for (const auto& [at, value] : {std::pair{60, 127}, {3700, 0}})
            track.events.push_back(
                score::eventOf(score::ControlLine::controller(64), mint.event(), {bar * 3840 + at}, value));
    for (int i = 0; i < 24; ++i)
        track.events.push_back(
            score::eventOf(score::ControlLine::controller(1), mint.event(), {i * 600}, 40 + (i * 29) % 80));
    for (int i = 0; i < 40; ++i)
        track.events.push_back(score::eventOf(score::ControlLine::pitchBend(), mint.event(), {4000 + i * 40},
                                              static_cast<int>(4000 * std::sin(i * 0.4))));
    track.events.push_back(score::eventOf(score::ControlLine::program(), mint.event(), {7680}, 40));
    std::sort(track.events.begin(), track.events.end(), score::EventOrder{});
    return piece;
}

} // namespace

class LanePictureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCurveIsBrassAndItsSelectedPointsAreSquares() {
        LaneFixture lane(LaneSubject::control(score::ControlLine::controller(1)), phrase());
        QVERIFY(countOf(lane.lane, theme().accent.mark) > 500);
        const int before = countOf(lane.lane, theme().roll.selectedOutline);
        lane.key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(countOf(lane.lane, theme().roll.selectedOutline) > before + 18 * 30);
    }

    void aHangingPedalGoesOnToTheEdgeAndIsHatched() {
        auto piece = phrase();
        const auto isPedal = [](const score::ChannelEvent& event) { return event.first == 64; };
        auto& events = piece.tracks[0].events;
        events.erase(std::find_if(events.begin(), events.end(), isPedal) + 1, events.end());
        LaneFixture lane(LaneSubject::control(score::ControlLine::controller(64)), piece);
        const auto picture = lane.lane->grab().toImage();
        std::set<QRgb> inks;
        for (int x = picture.width() - 20; x < picture.width(); ++x)
            inks.insert(picture.pixel(x, picture.height() / 2));
        QVERIFY(!inks.contains(theme().roll.rowBlack.rgb()));
        QVERIFY(inks.size() > 1);
    }

    /// LANES_PICTURES=folder keeps them, to be looked at.
    void allLanesInAllThemesAndSizes() {
        for (const auto& theme : {QStringLiteral("dark"), QStringLiteral("light"), QStringLiteral("high-contrast")}) {
            QVERIFY(Theme::use(theme));
            for (const auto size : {QSize(1180, 900), QSize(800, 620)}) {
                RollFixture roll(phrase());
                roll.panel.resize(size);
                for (const auto& subject : {LaneSubject::control(score::ControlLine::controller(64)),
                                            LaneSubject::control(score::ControlLine::controller(1)),
                                            LaneSubject::control(score::ControlLine::pitchBend()),
                                            LaneSubject::control(score::ControlLine::program())})
                    roll.panel.lanes().addLane(subject);
                roll.document.selection().select({roll.notes()[9].id, roll.notes()[10].id});
                QCoreApplication::processEvents();
                const auto picture = roll.panel.grab().toImage();
                QVERIFY(!picture.isNull());
                if (const auto folder = qEnvironmentVariable("LANES_PICTURES"); !folder.isEmpty())
                    QVERIFY(picture.save(QStringLiteral("%1/%2-%3.png").arg(folder, theme).arg(size.width())));
            }
        }
        QVERIFY(Theme::use(QStringLiteral("dark")));
    }
};

QTEST_MAIN(LanePictureTest)
#include "lane_picture_test.moc"
