#include "ui/clipboard/selection_drag.h"

#include "engine/midi/midi_file_reader.h"
#include "tests/engine/score/operations/operation_laws.h"
#include "ui/clipboard/clip_mime.h"
#include "ui/clipboard/piece_files.h"

#include <QApplication>
#include <QFileInfo>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>

using namespace continuo;
using namespace continuo::ui;
using namespace continuo::score::laws;

namespace {

/// A button with a drag of the selection on it, and what was dragged.
struct DragFixture {
    ScoreDocument document{randomScore(4, {.lockedIn = 0})};
    QPushButton handle;
    SelectionDrag drag{document, handle};
    std::vector<std::unique_ptr<QMimeData>> dragged;

    DragFixture() {
        drag.carryOut = [this](std::unique_ptr<QMimeData> data) { dragged.push_back(std::move(data)); };
        handle.resize(80, 30);
        handle.show();
    }
    void pull(int by) {
        QTest::mousePress(&handle, Qt::LeftButton, {}, {10, 10});
        QMouseEvent move(QEvent::MouseMove, QPointF(10 + by, 10), handle.mapToGlobal(QPointF(10 + by, 10)),
                         Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&handle, &move);
        QTest::mouseRelease(&handle, Qt::LeftButton, {}, {10 + by, 10});
    }
};

} // namespace

class SelectionDragTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSelectionLeavesAsAFileAndAsMusic() {
        DragFixture fixture;
        fixture.document.selection().select(someNotes(fixture.document.score(), 1));
        fixture.pull(40);
        QCOMPARE(fixture.dragged.size(), std::size_t{1});
        const auto& data = *fixture.dragged[0];
        QVERIFY(data.hasFormat(QStringLiteral("audio/midi")));
        QCOMPARE(data.urls().size(), 1);
        const auto file = data.urls()[0].toLocalFile();
        QVERIFY2(QFileInfo(file).fileName().startsWith("Untitled bars"), qPrintable(file));
        const auto read = midi::readFile(file.toStdString());
        QVERIFY(read);
        QCOMPARE(score::noteCount(read->score), fixture.document.selection().notes().size());
    }

    void aClickStaysAClick() {
        DragFixture fixture;
        fixture.document.selection().select(someNotes(fixture.document.score(), 1));
        QSignalSpy clicked(&fixture.handle, &QPushButton::clicked);
        QTest::mouseClick(&fixture.handle, Qt::LeftButton);
        QCOMPARE(clicked.size(), 1);
        fixture.pull(2);
        QCOMPARE(clicked.size(), 2);
        QVERIFY(fixture.dragged.empty());
        fixture.pull(40);
        QCOMPARE(clicked.size(), 2);
        QVERIFY(!fixture.handle.isDown());
    }

    void withoutASelectionNothingLeaves() {
        DragFixture fixture;
        fixture.pull(40);
        QVERIFY(fixture.dragged.empty());
        QVERIFY(!fixture.drag.data());
    }

    void whatWasDraggedIsReceivedWhole() {
        DragFixture fixture;
        fixture.document.selection().select(someNotes(fixture.document.score(), 1));
        const auto data = fixture.drag.data();
        QVERIFY(holdsPiece(*data));
        const auto received = readPieces(*data);
        QVERIFY(received.problems.isEmpty());
        QCOMPARE(received.clip().noteCount(), fixture.document.selection().notes().size());

        QMimeData asFile; // what a file manager passes on
        asFile.setUrls(data->urls());
        QVERIFY(holdsPiece(asFile));
        QCOMPARE(readPieces(asFile).clip().noteCount(), fixture.document.selection().notes().size());
    }

    void aFileThatIsNoneIsTold() {
        QTemporaryDir folder;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(folder.filePath("absent.mid"))});
        QVERIFY(holdsPiece(data));
        QCOMPARE(readPieces(data).problems.size(), 1);
        data.setUrls(
            {QUrl::fromLocalFile(folder.filePath("letter.txt")), QUrl(QStringLiteral("https://example.org/a.mid"))});
        QVERIFY(!holdsPiece(data));
    }
};

QTEST_MAIN(SelectionDragTest)
#include "selection_drag_test.moc"
