#pragma once

#include "app/studio_builder.h"
#include "engine/score/note_operations.h"
#include "ui/theme/studio_style.h"
#include "ui/widgets/push_button.h"
#include "ui/widgets/sheet.h"

#include <QAction>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

namespace continuo::ui::test {

/// The studio with folders of its own and no sound device, shown and in front.
struct StudioFixture {
    QTemporaryDir folder;
    app::Studio studio;
    MainWindow& window = studio.window();
    ScoreDocument& document = studio.document();

    /// None: training and reading folders is asked of a program that is not there, and says so.
    enum class Program { Built, None };

    explicit StudioFixture(Program program = Program::Built) : studio(optionsIn(folder.path().toStdString(), program)) {
        window.resize(1600, 1000);
        window.show();
        window.activateWindow();
        (void)QTest::qWaitForWindowActive(&window, 2000);
    }

    static app::StudioOptions optionsIn(const std::filesystem::path& root, Program program = Program::Built) {
        const auto executable =
            program == Program::Built ? std::filesystem::path(CONTINUO_BINARY_DIR "/continuo") : root / "no-program";
        return {.driver = "none",
                .places = {executable, root / "runs", root / "datasets"},
                .settings = root / "studio.json",
                .journals = root / "journals"};
    }

    /// A copy of a piece of the demo that may be written over.
    QString demo(const QString& name = QStringLiteral("chorale.mid")) {
        const auto copy = folder.filePath(name);
        if (!QFileInfo::exists(copy)) QFile::copy(CONTINUO_SOURCE_DIR "/resources/demo/" + name, copy);
        QFile::setPermissions(copy, QFile::ReadOwner | QFile::WriteOwner);
        return copy;
    }
    void rename(const std::string& name) {
        auto header = document.score().tracks[0].header();
        header.name = name;
        document.perform(score::setHeader(document.score(), header), QStringLiteral("Rename track"));
    }
    QAction* action(const char* id) { return window.findChild<QAction*>(QLatin1String(id)); }
    Sheet* sheet() { return Sheet::over(window); }
    /// Presses a button of the sheet with the mouse.
    bool answer(const QString& text) {
        auto* open = sheet();
        for (auto* button : open ? open->findChildren<PushButton*>() : QList<PushButton*>())
            if (button->text() == text) return QTest::mouseClick(button, Qt::LeftButton), true;
        return false;
    }
};

} // namespace continuo::ui::test
