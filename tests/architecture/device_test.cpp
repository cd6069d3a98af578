#include "tests/architecture/source_tree.h"

#include <QTest>
#include <algorithm>
#include <array>
#include <regex>

using namespace continuo;

namespace {

/// Files that make tensors for the processor on purpose: rows become tensors there and are moved as a whole, and
/// kernels of our own are for the processor alone.
constexpr std::array kOnTheProcessor{"engine/learning/batch_tensors.cpp", "engine/learning/row_functions.cpp",
                                     "engine/learning/attention.cpp", "engine/learning/cross_entropy.cpp",
                                     "engine/learning/illegal_mass.cpp"};

/// Statements that make a tensor without saying where, so that it lands on the processor whatever the device.
QStringList placeless(const std::vector<architecture::SourceFile>& files) {
    static const std::regex maker(
        "\\bat::(zeros|ones|empty|full|arange|tensor|linspace|rand|randn|scalar_tensor|from_blob|eye)\\s*\\(");
    static const std::regex place("device|options\\(|TensorOptions|\\.to\\(|copy_\\(");
    QStringList found;
    for (const auto& file : files) {
        if (!file.path.starts_with("engine/learning/") && !file.path.starts_with("engine/cuda/")) continue;
        if (std::ranges::find(kOnTheProcessor, file.path) != kOnTheProcessor.end()) continue;
        for (auto it = std::sregex_iterator(file.text.begin(), file.text.end(), maker); it != std::sregex_iterator();
             ++it) {
            const auto at = static_cast<std::size_t>(it->position());
            const auto first = file.text.find_last_of(";{}", at) + 1;
            auto last = file.text.find(';', at);
            const auto lineEnd = file.text.find('\n', last);
            if (last != std::string::npos) last = lineEnd; // a comment behind it may say why
            const auto statement = file.text.substr(first, last - first);
            if (!std::regex_search(statement, place))
                found << QString("%1: %2").arg(file.path.c_str(), QString::fromStdString(statement).simplified());
        }
    }
    return found;
}

} // namespace

class DeviceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlantedTensorWithoutAPlaceIsFound() {
        const std::vector<architecture::SourceFile> planted{
            {"engine/learning/a.cpp", "auto mask = at::zeros({3, 4}, at::kFloat);\n"},
            {"engine/learning/b.cpp", "auto mask = at::zeros({3, 4}, x.options());\n"},
            {"engine/learning/c.cpp", "auto mask = at::zeros_like(x);\n"}};
        QCOMPARE(placeless(planted).size(), 1);
    }

    /// The same code runs on every device only if each tensor is made on that of its neighbours.
    void everyTensorOfTheTrainerSaysWhereItIs() {
        const auto found = placeless(architecture::sourceFiles({"engine"}));
        QVERIFY2(found.isEmpty(), qPrintable("\n" + found.join("\n")));
    }
};

QTEST_APPLESS_MAIN(DeviceTest)
#include "device_test.moc"
