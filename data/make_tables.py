"""Writes the tables beside it, but for digits.csv, from Debian 12's packages.

    mkdir /tmp/packages && cd /tmp/packages
    apt-get download weka r-cran-mlbench r-cran-kernlab r-cran-palmerpenguins
    apt-get download python3-sklearn libfann-doc
    for package in *.deb; do dpkg -x $package .; done
    /usr/bin/python3 data/make_tables.py /tmp/packages    # with Debian's package python3-rdata

The packages keep these tables in other forms: ARFF, R's, or features and targets apart. This brings
them back to the form in which they were published, where that form is known to the byte, or else to
CSV with a header. No value is changed. README.md has the checksums.
"""

import csv
import gzip
import hashlib
import io
import pathlib
import re
import sys
import warnings

FOLDER = pathlib.Path(__file__).parent
PACKAGES = pathlib.Path(sys.argv[1])
WEKA = PACKAGES / "usr/share/doc/weka/examples"
R = PACKAGES / "usr/lib/R/site-library"
SKLEARN = PACKAGES / "usr/lib/python3/dist-packages/sklearn/datasets"
FANN = PACKAGES / "usr/share/doc/libfann-dev/examples/datasets"


def write(name, text):
    data = text.encode()
    (FOLDER / name).write_bytes(data)
    print(hashlib.sha256(data).hexdigest(), name)


def arff_rows(text):
    lines = text.splitlines()
    start = [line.strip().lower() for line in lines].index("@data") + 1
    return [line for line in lines[start:] if line and not line.startswith("%")]


def r_table(path):
    """Column names, and rows of text; whole numbers without decimals."""
    import rdata

    warnings.simplefilter("ignore")
    (table,) = rdata.conversion.convert(rdata.parser.parse_file(R / f"{path}.rda")).values()
    rows = table.astype(object).to_numpy()
    return list(table.columns), [[str(cell).removesuffix(".0") for cell in row] for row in rows]


def arff_table(name):
    """Column names, and rows of text; a gap is a question mark, as there."""
    text = (WEKA / f"{name}.arff").read_text()
    names = re.findall(r"^@attribute\s+'?([^'\s]+)", text, re.IGNORECASE | re.MULTILINE)
    return names, list(csv.reader(arff_rows(text), quotechar="'", skipinitialspace=True))


def write_csv(name, names, rows):
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerows([names, *rows])
    write(name, file.getvalue())


def iris():
    """UCI's iris.data ends with an empty line."""
    write("iris.data", "\n".join(arff_rows((WEKA / "iris.arff").read_text())) + "\n\n")


def wine():
    """UCI's wine.data has the class first, counted from 1, and no 0 before a decimal point."""
    lines = []
    for line in (SKLEARN / "data/wine_data.csv").read_text().splitlines()[1:]:
        *values, label = line.split(",")
        values = [value[1:] if value.startswith("0.") else value for value in values]
        # Three colour intensities end with a 0 there.
        values[9] += "0" if values[9] in ("8.6", "8.9", "9.4") else ""
        lines.append(",".join([str(int(label) + 1), *values]) + "\n")
    write("wine.data", "".join(lines))


def breast_cancer():
    """UCI's breast-cancer-wisconsin.data calls the classes 2 (benign) and 4, and a gap `?`."""
    import rdata

    warnings.simplefilter("ignore")
    parsed = rdata.parser.parse_file(R / "mlbench/data/BreastCancer.rda")
    table = rdata.conversion.convert(parsed)["BreastCancer"]
    lines = []
    for *values, label in table.astype(object).to_numpy():
        cells = ["?" if value != value else str(value) for value in values]
        lines.append(",".join([*cells, {"benign": "2", "malignant": "4"}[label]]) + "\n")
    write("breast-cancer-wisconsin.data", "".join(lines))


def titanic():
    """The columns and rows of titanic3.csv: a gap is an empty cell."""
    path = SKLEARN / "tests/data/openml/id_40945/data-v1-dl-16826755.arff.gz"
    text = gzip.decompress(path.read_bytes()).decode()
    names = [
        line.split("'")[1] for line in text.splitlines() if line.lower().startswith("@attribute")
    ]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(names)
    for row in csv.reader(arff_rows(text)):
        writer.writerow(["" if cell == "?" else cell for cell in row])
    write("titanic.csv", file.getvalue())


def penguins():
    """As it is there."""
    write("penguins.csv", (R / "palmerpenguins/extdata/penguins.csv").read_text())


def diabetes():
    """The authors' diabetes.tab.txt: tabs, names in capitals, no decimals of whole numbers."""
    features = gzip.decompress((SKLEARN / "data/diabetes_data_raw.csv.gz").read_bytes()).decode()
    targets = gzip.decompress((SKLEARN / "data/diabetes_target.csv.gz").read_bytes()).decode()
    lines = ["AGE\tSEX\tBMI\tBP\tS1\tS2\tS3\tS4\tS5\tS6\tY\n"]
    for values, target in zip(features.splitlines(), targets.splitlines(), strict=True):
        cells = [cell.removesuffix(".0") for cell in values.split()]
        lines.append("\t".join([*cells, f"{float(target):g}"]) + "\n")
    write("diabetes.tab.txt", "".join(lines))


def thyroid():
    """UCI's form, with spaces and the class last; rows and parts as in Proben1, half and half."""
    for part in ("train", "test"):
        lines = (FANN / f"thyroid.{part}").read_text().splitlines()[1:]
        lines = [line.split() for line in lines if line.strip()]
        rows = []
        for values, outputs in zip(lines[::2], lines[1::2], strict=True):
            cells = [value.rstrip("0").rstrip(".") if "." in value else value for value in values]
            rows.append(" ".join([*cells, str(outputs.index("1") + 1)]) + "\n")
        write(f"thyroid-{part}.data", "".join(rows))


def letter():
    """UCI's letter-recognition.data."""
    _, rows = r_table("mlbench/data/LetterRecognition")
    write("letter-recognition.data", "".join(",".join(row) + "\n" for row in rows))


def segment():
    """The two parts in one file."""
    names, rows = arff_table("segment-challenge")
    more_names, more_rows = arff_table("segment-test")
    assert more_names == names
    write_csv("segment.csv", names, rows + more_rows)


def others():
    """Names, rows and values as there."""
    for name in ("Vehicle", "Vowel", "Ionosphere", "Satellite"):
        write_csv(f"{name.lower()}.csv", *r_table(f"mlbench/data/{name}"))
    write_csv("spam.csv", *r_table("kernlab/data/spam"))
    for name in ("credit-g", "soybean", "vote"):
        write_csv(f"{name}.csv", *arff_table(name))


for table in (
    iris,
    wine,
    breast_cancer,
    titanic,
    penguins,
    diabetes,
    thyroid,
    letter,
    segment,
    others,
):
    table()
