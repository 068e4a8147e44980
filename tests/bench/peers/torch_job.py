"""The whole job in PyTorch, one thread a process: see job.py."""

from job import CLASSES, JOB, run_all, split

import torch


def train_run(cell, seed):
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    x, y, validation_x, validation_y = (torch.from_numpy(part) for part in split(seed))
    widths = [x.shape[1], *JOB["hidden"], CLASSES]
    layers = []
    for i, o in zip(widths, widths[1:]):
        layer = torch.nn.Linear(i, o)
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        torch.nn.init.zeros_(layer.bias)
        layers += [layer, torch.nn.ReLU()]
    model = torch.nn.Sequential(*layers[:-1])
    weights = [p for p in model.parameters() if p.dim() == 2]
    biases = [p for p in model.parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD(
        [{"params": weights, "weight_decay": cell["l2"]}, {"params": biases}], lr=JOB["rate"]
    )
    loss = torch.nn.CrossEntropyLoss()
    curve = []
    for step in range(JOB["steps"] + 1):
        if step % JOB["evaluate_every"] == 0 or step == JOB["steps"]:
            with torch.no_grad():
                for rows, labels in ((x, y), (validation_x, validation_y)):
                    z = model(rows)
                    curve.append((loss(z, labels).item(), (z.argmax(1) == labels).float().mean().item()))
        if step == JOB["steps"]:
            return curve[-1][1]
        optimizer.zero_grad(set_to_none=True)
        value = loss(model(x), y)
        if cell["l1"]:
            value = value + cell["l1"] * sum(w.abs().sum() for w in weights)
        value.backward()
        optimizer.step()


if __name__ == "__main__":
    run_all(train_run)
