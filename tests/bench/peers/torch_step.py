"""Times training steps of regsweep's default model in PyTorch on one thread, in float32."""

import torch

from serving import serve

ROWS, WIDTHS = 1079, (64, 128, 128, 10)

torch.set_num_threads(1)
torch.manual_seed(0)


def make_step(second_activation, dropout):
    x = torch.randn(ROWS, WIDTHS[0])
    labels = torch.randint(0, WIDTHS[-1], (ROWS,))
    layers = [torch.nn.Linear(64, 128), torch.nn.ReLU(), torch.nn.Linear(128, 128)]
    if second_activation == "relu":
        layers.append(torch.nn.ReLU())
    if dropout:
        layers.append(torch.nn.Dropout(dropout))
    model = torch.nn.Sequential(*layers, torch.nn.Linear(128, 10))
    loss = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss(model(x), labels).backward()
        optimizer.step()

    return step


serve(
    f"PyTorch {torch.__version__}",
    {
        "relu, identity": make_step("identity", 0),
        "relu, identity, dropout 0.025": make_step("identity", 0.025),
        "relu, identity, dropout 0.2": make_step("identity", 0.2),
        "relu, relu": make_step("relu", 0),
        "relu, relu, dropout 0.2": make_step("relu", 0.2),
    },
)
