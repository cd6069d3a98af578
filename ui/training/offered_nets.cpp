#include "ui/training/offered_nets.h"
#include "engine/base/text.h"

#include <QCoreApplication>

namespace continuo::ui {

QString OfferedNet::facts() const {
    auto text = QCoreApplication::translate("OfferedNet", "%1, step %2")
                    .arg(size, QString::fromStdString(base::formatCount(step)));
    if (validationLoss)
        text += QCoreApplication::translate("OfferedNet", ", validation %1").arg(lossText(*validationLoss));
    return inTraining ? text + QCoreApplication::translate("OfferedNet", ", in training") : text;
}

std::vector<OfferedNet> offeredNets(const std::vector<std::unique_ptr<RunRecord>>& runs) {
    std::vector<OfferedNet> nets;
    for (const auto& run : runs) {
        const auto* best = run->best();
        if (!best) continue;
        nets.push_back({run->name(), sizeName(run->status.network), best->step, best->validationLoss, run->isActive(),
                        best->path, run->started()});
    }
    return nets;
}

} // namespace continuo::ui
