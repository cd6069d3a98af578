#include "engine/base/files.h"
#include "engine/midi/midi_file_reader.h"
#include "engine/project/project_file.h"
#include "tests/engine/project/sample_projects.h"
#include "tests/ui/window/studio_fixture.h"

using namespace continuo;
using namespace continuo::ui;
using continuo::ui::test::StudioFixture;

namespace {

/// The first note of the piece becomes muted, which no MIDI file can say.
void muteFirstNote(ScoreDocument& document) {
    const auto& track = document.score().tracks[0];
    auto muted = track.notes[0];
    muted.marks = muted.marks | score::NoteMarks::Muted;
    score::ScoreEdit edit;
    edit.contents.push_back({track.id, {{track.notes[0]}, {muted}}, {}});
    document.perform(edit, QStringLiteral("Mute note"));
}

} // namespace

class ProjectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installStudioLook(); }

    void aProjectKeepsWhatAMidiFileCannot() {
        StudioFixture studio;
        const auto file = studio.folder.filePath("piece.continuo");
        studio.window.file().open(studio.demo());
        muteFirstNote(studio.document);
        studio.document.markSaved(file.toStdString());
        const auto score = studio.document.score();

        studio.window.file().save();
        QVERIFY(!studio.sheet());
        studio.window.file().open(studio.demo("morning-walk.mid"));
        studio.window.file().open(file);

        QVERIFY(studio.document.score().tracks == score.tracks);
        QVERIFY(*studio.document.score().source == *score.source);
        QVERIFY(!studio.document.isModified());
        QVERIFY(studio.window.windowTitle().startsWith("piece"));
    }

    void whatElseAProjectHoldsIsWrittenAgain() {
        StudioFixture studio;
        const auto file = studio.folder.filePath("rich.continuo");
        auto project = project::test::sampleProject(3);
        QVERIFY(project::saveProject(file.toStdString(), project));
        studio.window.file().open(file);
        studio.rename("Renamed in the studio");

        studio.window.file().save();

        const auto opened = project::openProject(file.toStdString());
        QVERIFY(opened);
        project.score.tracks[0].name = "Renamed in the studio";
        QVERIFY(project::isSame(*opened, project));
    }

    void anotherPieceDoesNotInheritIt() {
        StudioFixture studio;
        const auto rich = studio.folder.filePath("rich.continuo"), plain = studio.folder.filePath("plain.continuo");
        QVERIFY(project::saveProject(rich.toStdString(), project::test::sampleProject(3)));
        studio.window.file().open(rich);
        studio.window.file().open(studio.demo());
        studio.document.markSaved(plain.toStdString());
        studio.window.file().save();
        const auto opened = project::openProject(plain.toStdString());
        QVERIFY(opened);
        QVERIFY(opened->revisions.empty() && opened->takes.empty() && opened->training.empty());
    }

    void aMidiFileStaysAMidiFile() {
        StudioFixture studio;
        const auto file = studio.demo();
        studio.window.file().open(file);
        muteFirstNote(studio.document);
        studio.window.file().save();
        QVERIFY(midi::readFile(file.toStdString()));
        QVERIFY(studio.sheet()); // says what it cannot hold, and offers a project
        QVERIFY(studio.answer("OK"));
    }

    void aDamagedProjectIsExplainedAndThePieceStays() {
        StudioFixture studio;
        studio.window.file().open(studio.demo());
        const auto before = studio.document.score();
        const auto file = studio.folder.filePath("damaged.continuo");
        auto bytes = project::writeProject(project::test::sampleProject(1)).value();
        bytes.resize(bytes.size() / 2);
        QVERIFY(base::saveFile(file.toStdString(), bytes));
        studio.window.file().open(file);
        QVERIFY(studio.sheet());
        QVERIFY(studio.document.score() == before);
    }
};

QTEST_MAIN(ProjectTest)
#include "project_test.moc"
