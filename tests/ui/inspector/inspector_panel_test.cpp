#include "ui/inspector/inspector_panel.h"

#include "tests/engine/score/operations/operation_laws.h"
#include "ui/inspector/change_field.h"
#include "ui/theme/studio_style.h"
#include "ui/widgets/label.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QTest>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;
using score::NoteMarks;
using score::Tick;
using score::Ticks;

namespace {

/// C4 E4 G4 together in bar 2, velocities 60 70 80, and a note of another track.
score::Score aChord() {
    auto piece = oneTrack({{.onset = Tick{3840}, .length = Ticks{480}, .pitch = 60, .velocity = 60},
                           {.onset = Tick{3840}, .length = Ticks{480}, .pitch = 64, .velocity = 70},
                           {.onset = Tick{3840}, .length = Ticks{480}, .pitch = 67, .velocity = 80}});
    score::IdMint mint(piece);
    score::Track other;
    other.id = mint.track();
    other.name = "Bass";
    other.channel = 3;
    other.notes = {{.id = mint.note(), .onset = Tick{0}, .length = Ticks{960}, .pitch = 36}};
    piece.tracks.push_back(other);
    return piece;
}

/// The inspector of a piece with the chord selected.
struct InspectorFixture {
    ScoreDocument document{aChord()};
    InspectorPanel panel{document};

    InspectorFixture() {
        panel.resize(316, 420);
        panel.show();
        panel.activateWindow();
        (void)QTest::qWaitForWindowActive(&panel, 1000);
        document.selection().select(score::allNotes(document.score().tracks[0]));
        panel.showNow();
    }
    QLineEdit& line(const char* name) {
        for (auto* line : panel.findChildren<QLineEdit*>())
            if (line->accessibleName() == QLatin1String(name)) return *line;
        qFatal("no field %s", name);
    }
    ChangeField& field(const char* name) { return static_cast<ChangeField&>(*line(name).parentWidget()); }
    void type(const char* name, const QString& text) {
        auto& edit = line(name);
        edit.setFocus();
        edit.selectAll();
        QTest::keyClicks(&edit, text);
    }
    void enter(const char* name) { QTest::keyClick(&line(name), Qt::Key_Return); }
    QString message() { return panel.findChild<Label*>("inspectorMessage")->text(); }
    std::vector<int> velocities(const score::Score& score) {
        std::vector<int> all;
        for (const auto& note : score.tracks[0].notes) all.push_back(note.velocity);
        return all;
    }
    bool says(const QString& text) {
        for (auto* label : panel.findChildren<Label*>())
            if (label->text() == text) return true;
        return false;
    }
};

} // namespace

class InspectorPanelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void itSaysWhatIsSelected() {
        InspectorFixture inspector;
        QVERIFY(inspector.says("3 notes"));
        QVERIFY(inspector.says("C"));
        QVERIFY(inspector.says("C4 to G4, bar 2, mean velocity 70"));
        QCOMPARE(inspector.line("Start").text(), QString("2.1.000"));
        QCOMPARE(inspector.line("Length").text(), QString("0|480"));
        QCOMPARE(inspector.line("Pitch").text(), QString());
        QCOMPARE(inspector.line("Pitch").placeholderText(), QString("mixed, C4 to G4"));
        inspector.document.selection().clear();
        inspector.panel.showNow();
        QVERIFY(inspector.says("No notes selected"));
    }

    void whatIsTypedIsTriedAndEnterMakesItOneStep_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QList<int>>("expected");
        QTest::newRow("absolute") << "90" << QList<int>{90, 90, 90};
        QTest::newRow("more") << "+5" << QList<int>{65, 75, 85};
        QTest::newRow("less") << "-5" << QList<int>{55, 65, 75};
        QTest::newRow("times") << "*1.2" << QList<int>{72, 84, 96};
        QTest::newRow("divided") << "/2" << QList<int>{30, 35, 40};
        QTest::newRow("span") << "=40..100" << QList<int>{40, 70, 100};
    }
    void whatIsTypedIsTriedAndEnterMakesItOneStep() {
        QFETCH(QString, text);
        QFETCH(QList<int>, expected);
        InspectorFixture inspector;
        const std::vector<int> wanted(expected.begin(), expected.end());
        inspector.type("Velocity", text);
        QVERIFY(inspector.document.trial().has_value());
        QCOMPARE(inspector.velocities(inspector.document.heard()), wanted);
        QCOMPARE(inspector.document.history().count(), 0);
        inspector.enter("Velocity");
        QVERIFY(!inspector.document.trial());
        QCOMPARE(inspector.velocities(inspector.document.score()), wanted);
        QCOMPARE(inspector.document.history().count(), 1);
        QCOMPARE(inspector.document.history().undoText(), QString("Change velocity"));
        inspector.document.history().undo();
        QVERIFY(inspector.document.score() == aChord());
    }

    void everyFieldTakesItsOwnWords() {
        InspectorFixture inspector;
        const auto set = [&](const char* name, const QString& text) {
            inspector.type(name, text);
            inspector.enter(name);
        };
        set("Pitch", "=C3..C4");
        set("Start", "3.2.010");
        set("Length", "1/8");
        set("Release", "12");
        const auto notes = inspector.document.score().tracks[0].notes;
        QCOMPARE(int{notes[0].pitch}, 48);
        QCOMPARE(int{notes[2].pitch}, 60);
        QCOMPARE(notes[1].onset.fromStart, 2 * 3840 + 960 + 10);
        QCOMPARE(notes[1].length.count, 480);
        set("Start", "-1/4");
        set("Length", "1|010");
        set("Pitch", "eb4");
        const auto now = inspector.document.score().tracks[0].notes;
        QCOMPARE(now[1].onset.fromStart, 2 * 3840 + 10);
        QCOMPARE(now[1].length.count, 970);
        QCOMPARE(int{now[0].pitch}, 63);
        QCOMPARE(int{now[1].release}, 12);
        QCOMPARE(inspector.document.history().count(), 6); // a length of 1/8 is what they had
    }

    void escPutsBackAndNothingHappened() {
        InspectorFixture inspector;
        inspector.type("Start", "5");
        QVERIFY(inspector.document.trial().has_value());
        QTest::keyClick(&inspector.line("Start"), Qt::Key_Escape);
        QVERIFY(!inspector.document.trial());
        QCOMPARE(inspector.line("Start").text(), QString("2.1.000"));
        QCOMPARE(inspector.document.history().count(), 0);
        QVERIFY(inspector.document.score() == aChord());
    }

    void wrongWordsAreSaidAndChangeNothing() {
        InspectorFixture inspector;
        inspector.type("Pitch", "H9");
        QVERIFY(!inspector.document.trial());
        QVERIFY2(inspector.message().contains("H9") && inspector.message().contains("E4"),
                 qPrintable(inspector.message()));
        QVERIFY(inspector.line("Pitch").property("wrong").toBool());
        inspector.enter("Pitch");
        QCOMPARE(inspector.document.history().count(), 0);
        QVERIFY(inspector.message().contains("H9"));
        QVERIFY(!inspector.line("Pitch").property("wrong").toBool());
    }

    void leavingTheFieldKeepsWhatWasTyped() {
        InspectorFixture inspector;
        inspector.type("Velocity", "99");
        inspector.line("Pitch").setFocus();
        QCOMPARE(inspector.velocities(inspector.document.score()), (std::vector{99, 99, 99}));
        QCOMPARE(inspector.document.history().count(), 1);
    }

    void dragOnTheLabelScrubsAndIsOneStep() {
        InspectorFixture inspector;
        auto& field = inspector.field("Velocity");
        const auto send = [&](QEvent::Type type, double x, Qt::KeyboardModifiers modifiers = {}) {
            const QPointF at(x, 10);
            QMouseEvent event(type, at, field.mapToGlobal(at),
                              type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                              type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, modifiers);
            QApplication::sendEvent(&field, &event);
        };
        send(QEvent::MouseButtonPress, 10);
        send(QEvent::MouseMove, 30);
        QCOMPARE(inspector.velocities(inspector.document.heard()), (std::vector{65, 75, 85}));
        send(QEvent::MouseMove, 50);
        QCOMPARE(inspector.document.history().count(), 0);
        send(QEvent::MouseButtonRelease, 50);
        QCOMPARE(inspector.velocities(inspector.document.score()), (std::vector{70, 80, 90}));
        QCOMPARE(inspector.document.history().count(), 1);

        send(QEvent::MouseButtonPress, 10);
        send(QEvent::MouseMove, 50);
        QTest::keyClick(&inspector.line("Velocity"), Qt::Key_Escape);
        send(QEvent::MouseMove, 60);
        send(QEvent::MouseButtonRelease, 60);
        QVERIFY(!inspector.document.trial());
        QCOMPARE(inspector.document.history().count(), 1);
    }

    void marksAreSetForAll() {
        InspectorFixture inspector;
        QCheckBox* muted = nullptr;
        QCheckBox* locked = nullptr;
        for (auto* box : inspector.panel.findChildren<QCheckBox*>()) (box->text() == "Muted" ? muted : locked) = box;
        inspector.document.selection().select({inspector.document.score().tracks[0].notes[0].id});
        inspector.panel.showNow();
        muted->click();
        inspector.document.selection().select(score::allNotes(inspector.document.score().tracks[0]));
        inspector.panel.showNow();
        QCOMPARE(muted->checkState(), Qt::PartiallyChecked);
        muted->click();
        QCOMPARE(muted->checkState(), Qt::Checked);
        locked->click();
        QCOMPARE(inspector.document.history().count(), 3);
        QCOMPARE(inspector.message(), QString("3 locked notes stay as they are"));
        inspector.type("Velocity", "99");
        inspector.enter("Velocity");
        QCOMPARE(inspector.document.history().count(), 3);
        locked->click();
        QCOMPARE(locked->checkState(), Qt::Unchecked);
    }

    void notesGoToTheChosenTrack() {
        InspectorFixture inspector;
        auto* track = inspector.panel.findChild<QComboBox*>();
        QCOMPARE(track->currentIndex(), 0);
        QCOMPARE(track->itemText(1), QString("Bass, channel 4"));
        track->setCurrentIndex(1);
        Q_EMIT track->activated(1);
        QCOMPARE(inspector.document.score().tracks[1].notes.size(), std::size_t{4});
        QCOMPARE(inspector.document.history().undoText(), QString("Move to another track"));
        inspector.document.selection().select(score::allNotes(inspector.document.score()));
        inspector.document.history().undo();
        inspector.panel.showNow();
        QCOMPARE(track->currentIndex(), -1);
    }

    void aHiddenInspectorLeavesNoTrial() {
        InspectorFixture inspector;
        inspector.type("Velocity", "99");
        inspector.panel.hide();
        QVERIFY(!inspector.document.trial());
    }
};

QTEST_MAIN(InspectorPanelTest)
#include "inspector_panel_test.moc"
