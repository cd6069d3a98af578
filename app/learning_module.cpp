#include "app/learning_module.h"

#include "engine/base/places.h"

#include <array>
#include <dlfcn.h>

namespace continuo::app {
namespace {

constexpr const char* kName = "libcontinuo_learning.so";

base::Error missing() {
    return {base::ErrorCode::Unsupported,
            std::string("this build cannot train: ") + kName +
                " is not beside the program. Composing, playing and generating work without it; "
                "`packaging/run` builds the program with it"};
}

} // namespace

base::Result<int (*)(const ContinuoLearningCall*)> learningModule() {
    const auto folder = base::programFolder();
    for (const auto& path : std::array{folder / kName, folder.parent_path() / "lib/continuo" / kName}) {
        std::error_code ignored;
        if (!std::filesystem::exists(path, ignored)) continue;
        void* module = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (!module)
            return base::failure(base::ErrorCode::Unsupported, std::string("the training module cannot be loaded: ") +
                                                                   ::dlerror() +
                                                                   ". Run packaging/libtorch and build again");
        void* door = ::dlsym(module, "continuoLearning");
        if (!door)
            return base::failure(base::ErrorCode::Unsupported,
                                 path.string() + " is not a training module of this program; build again");
        return reinterpret_cast<int (*)(const ContinuoLearningCall*)>(door);
    }
    return base::failure(missing());
}

} // namespace continuo::app
